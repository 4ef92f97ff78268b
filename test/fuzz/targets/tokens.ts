/** Tokens, ours and others': none is believed that was not made so. */
import { createHmac, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { createAnswerTokens } from '../../../shared/actions/answer-tokens.ts';
import { createVerifyEntraToken } from '../../../shared/identity/entra-token.ts';
import { createRedeemSetupToken } from '../../../shared/identity/setup-token.ts';
import { createSignedTokens } from '../../../shared/identity/signed-token.ts';
import { issuerRule } from '../../../shared/platform/issuers.ts';
import { nearly, nearlyText, text } from '../inputs.ts';
import { orRefused } from '../refusals.ts';
import { must, type Target } from '../target.ts';
import { ring } from './ring.ts';

const NOW = Date.parse('2026-11-21T09:00:00Z');
const SECONDS = NOW / 1000;
const TID = '11111111-1111-4111-8111-111111111111';
const ISSUER = 'https://login.microsoftonline.com/{tid}/v2.0';
const rule = issuerRule(ISSUER);
if (rule === undefined) throw new Error('Entra’s issuer is one');

const ours = createSignedTokens({ keys: ring, now: () => NOW });
const answers = createAnswerTokens({ tokens: ours, publicUrl: 'https://t.example', buttons: true });
const redeem = createRedeemSetupToken({
  keys: { algorithm: 'HS256', keys: ring },
  issuer: 'https://product.example',
  audience: 'https://t.example',
  once: { claim: async () => ({ first: true }) as never },
  now: () => NOW,
});
/** Nobody here has the other half. */
const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const verifyEntra = createVerifyEntraToken({
  issuers: [{ rule, findKey: async () => publicKey }],
  audienceOf: () => 'client',
  now: () => NOW,
});

const SETUP = {
  ...{ iss: 'https://product.example', aud: 'https://t.example', jti: 'once', account: 'acme', sub: 'ada' },
  ...{ iat: SECONDS, exp: SECONDS + 300 },
};
const ENTRA = {
  ...{ iss: ISSUER.replace('{tid}', TID), aud: 'client', tid: TID, oid: TID, scp: 'access_as_user', ver: '2.0' },
  ...{ iat: SECONDS, nbf: SECONDS, exp: SECONDS + 300 },
};
const PAGE = new URL(answers.linksTo({ digest: 'sub_a_1', account: 'acme', event: 'e', action: 'rerun' }, NOW).page);
const LINK_ID = PAGE.pathname.split('/').at(-1) ?? '';
const OURS = PAGE.searchParams.get('t') ?? '';

const encode = (part: unknown) => Buffer.from(JSON.stringify(part) ?? '').toString('base64url');
/** Signed with our key over whatever stands there: claims are what is wrong then. */
const signed = (header: fc.Arbitrary<unknown>, claims: fc.Arbitrary<unknown>) =>
  fc.record({ header, claims }).map(({ header, claims }) => {
    const body = `${encode(header)}.${encode(claims)}`;
    return `${body}.${createHmac('sha256', ring.current().bytes).update(body).digest('base64url')}`;
  });
const setupHeader = nearly({ alg: 'HS256', typ: 'JWT' }, { alg: 'none' }, { alg: 'HS256', crit: ['b64'], b64: false });
const entraHeader = nearly(
  { alg: 'RS256', kid: 'k' },
  { alg: 'HS256', kid: 'k' },
  { alg: 'RS256', kid: 'k', jku: 'https://evil.example' },
);

/** The target. */
export const tokens: Target = {
  name: 'tokens',
  inputs: fc.oneof(
    fc.record({ what: fc.constant('ours'), token: nearlyText(OURS, 'a.b.c') }),
    fc.record({
      what: fc.constant('setup'),
      token: fc.oneof(signed(fc.constant({ alg: 'HS256' }), nearly(SETUP)), signed(setupHeader, nearly(SETUP)), text),
    }),
    fc.record({ what: fc.constant('entra'), token: fc.oneof(signed(entraHeader, nearly(ENTRA)), text) }),
  ),
  async run(input) {
    const { what, token } = input as { what: string; token: string };
    return `${what}, ${await orRefused(() => read(what, token))}`;
  },
};

async function read(what: string, token: string): Promise<string> {
  switch (what) {
    case 'ours': {
      const { digest, action } = await answers.readLink(LINK_ID, token);
      must(digest === 'sub_a_1' && action === 'rerun', 'a token of ours that says what we never said');
      return 'believed';
    }
    case 'setup': {
      const { account, sub } = await redeem(token, 'session');
      must(account.length <= 200 && sub.length <= 200, 'claims beyond their limits');
      return 'believed';
    }
    default:
      await verifyEntra(token);
      must(false, 'a token believed that Microsoft did not sign');
      return '';
  }
}
