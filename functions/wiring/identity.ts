/** Puts together who someone is: proofs, sessions, and the links of Microsoft people to accounts. */
import { randomBytes } from 'node:crypto';
import type { HttpHandler } from '@azure/functions';
import { createVerifyIdToken, type EntraApplication, entraApplication } from '../../shared/identity/entra-sign-in.ts';
import { createVerifyEntraToken } from '../../shared/identity/entra-token.ts';
import { createOneTimeCodes } from '../../shared/identity/one-time-code.ts';
import { createVerifyOwner } from '../../shared/identity/owner-token.ts';
import { createPersonProofs } from '../../shared/identity/person-proof.ts';
import { createSessions } from '../../shared/identity/session.ts';
import { createSetupKeySet } from '../../shared/identity/setup-keys-client.ts';
import { createRedeemSetupToken } from '../../shared/identity/setup-token.ts';
import { type AccountFrom, createStartSession } from '../../shared/identity/start-session.ts';
import type { Config } from '../../shared/platform/config.ts';
import { issuerRule } from '../../shared/platform/issuers.ts';
import { createForgetLinkHandler } from '../account-link.ts';
import { createEndSessionHandler, createStartSessionHandler } from '../session.ts';
import { issuerKeys } from './issuer-keys.ts';
import * as parts from './parts.ts';
import * as tables from './tables.ts';

/** Gives out sessions and reads them. */
export const sessions = parts.once(async () => createSessions(await parts.tokens()));

const redeemSetupToken = parts.once(async () => {
  const { SETUP_TOKEN_ALGORITHM, SETUP_TOKEN_ISSUER, SETUP_TOKEN_JWKS, PUBLIC_URL } = await parts.config();
  const keys =
    SETUP_TOKEN_JWKS !== undefined && SETUP_TOKEN_ALGORITHM === 'ES256'
      ? ({ algorithm: 'ES256', keys: createSetupKeySet(SETUP_TOKEN_JWKS) } as const)
      : ({ algorithm: 'HS256', keys: (await parts.keys()).ring('setup-key') } as const);
  return createRedeemSetupToken({
    keys,
    issuer: SETUP_TOKEN_ISSUER,
    audience: PUBLIC_URL,
    once: await tables.once(),
    now: Date.now,
  });
});

/** Checks owners' tokens; undefined where no application is set up. Their keys are fetched before the first one comes. */
const entraChecks = parts.once(async () => {
  const { ENTRA_CLIENT_ID, ENTRA_ISSUER } = await parts.config();
  const rule = issuerRule(ENTRA_ISSUER);
  if (ENTRA_CLIENT_ID === undefined || rule === undefined) return undefined;
  const clock = await parts.clock();
  const issuers = [{ rule, findKey: (await issuerKeys(rule.keysUrl)).find }];
  const verify = createVerifyEntraToken({ issuers, audienceOf: () => ENTRA_CLIENT_ID, now: clock.now });
  return { person: createVerifyOwner(verify), idToken: createVerifyIdToken(verify) };
});

/** Where owners sign in with Microsoft; undefined where no application is set up. */
export async function ownersEntra(): Promise<EntraApplication | undefined> {
  const { ENTRA_CLIENT_ID, ENTRA_ISSUER } = await parts.config();
  return ENTRA_CLIENT_ID === undefined ? undefined : entraApplication(ENTRA_ISSUER, ENTRA_CLIENT_ID);
}

/** `POST /session` and `DELETE /session`. */
export async function sessionHandler(): Promise<HttpHandler> {
  const [config, { product }] = await Promise.all([parts.config(), parts.catalogue()]);
  const once = await tables.once();
  const newCode = () => randomBytes(32).toString('base64url');
  const start = createStartSession({
    redeem: await redeemSetupToken(),
    codes: createOneTimeCodes({ once, now: Date.now, newCode }),
    links: await tables.accountLinks(),
    proofs: createPersonProofs(await parts.tokens()),
    once,
    verify: await entraChecks(),
    accountFrom: accountFrom(config),
  });
  const origins = [config.PUBLIC_URL, config.SIGN_IN_URL].flatMap((url) =>
    url === undefined ? [] : [new URL(url).origin],
  );
  const starting = createStartSessionHandler({ start, sessions: await sessions(), origins, brand: product });
  const ending = createEndSessionHandler();
  return (request, context) => (request.method === 'DELETE' ? ending : starting)(request, context);
}

/** `DELETE /api/link`. */
export async function forgetLinkHandler(): Promise<HttpHandler> {
  return createForgetLinkHandler({ sessions: await sessions(), links: await tables.accountLinks() });
}

function accountFrom({ ACCOUNT_FROM, ALLOWED_TENANTS, SIGN_IN_URL }: Config): AccountFrom {
  return ACCOUNT_FROM === 'tenant'
    ? { is: 'tenant', allowed: ALLOWED_TENANTS.map((tenant) => tenant.toLowerCase()) }
    : { is: 'product', signInUrl: SIGN_IN_URL };
}
