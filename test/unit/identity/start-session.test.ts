/** Accounts of Microsoft people where each tenant is one, and codes that come too late. */
import { nonceOf } from '../../../shared/identity/entra-sign-in.ts';
import type { OnceKey } from '../../../shared/identity/once-table.ts';
import { createOneTimeCodes, type OneTimeCodesDeps } from '../../../shared/identity/one-time-code.ts';
import { type AccountFrom, createStartSession } from '../../../shared/identity/start-session.ts';
import { NOW } from './fixtures.ts';

const ADELE = { tid: '72f988bf-0000-4000-8000-00000000c0a1', oid: '0b1ec700-0000-4000-8000-0000000000a1' };
const VERIFIER = 'v'.repeat(43);

type Check = (() => Promise<typeof ADELE>) | undefined;

/** The table `once`, in memory. */
function aOnce(): OneTimeCodesDeps['once'] {
  const rows = new Map<string, OnceKey>();
  const idOf = ({ kind, key }: Pick<OnceKey, 'kind' | 'key'>) => `${kind}/${key}`;
  return {
    async claim(row) {
      if (rows.has(idOf(row))) return { first: false, mark: '' };
      rows.set(idOf(row), row);
      return { first: true };
    },
    async find(kind, key) {
      const row = rows.get(idOf({ kind, key }));
      return row === undefined ? undefined : { mark: row.mark ?? '', until: row.until };
    },
  };
}

/** One-time codes, at a time that the test sets. */
const aCodes = (clock: { now: number }) =>
  createOneTimeCodes({ now: () => clock.now, newCode: () => 'code', once: aOnce() });

function starting(accountFrom: AccountFrom, check: Check) {
  const never = () => Promise.reject(new Error('not asked for here'));
  return createStartSession({
    redeem: never,
    codes: aCodes({ now: NOW }),
    links: { find: async () => undefined, linkPerson: never, linkTenant: never },
    once: aOnce(),
    proofs: { issue: async () => 'proof', read: never },
    verify: check && {
      person: check,
      idToken: async () => ({ person: await check(), nonce: nonceOf(VERIFIER), expires: NOW }),
    },
    accountFrom,
  });
}

it('takes the tenant for the account where the settings say so, if it is on the list', async () => {
  const start = starting({ is: 'tenant', allowed: [ADELE.tid] }, async () => ADELE);

  const started = await start({ by: 'entra', entraToken: 'good' });

  expect(started).toEqual({ is: 'session', session: { account: ADELE.tid, person: ADELE } });
});

it.each([
  ['a tenant that is not on the list', { is: 'tenant', allowed: [] }, async () => ADELE, 'tenant-not-allowed'],
  ['somebody without a link', { is: 'product', signInUrl: undefined }, async () => ADELE, 'account-link-required'],
  [
    'Microsoft people without an application',
    { is: 'product', signInUrl: undefined },
    undefined,
    'entra-not-configured',
  ],
] as const)('has no session for %s', async (_who, accountFrom, verify, code) => {
  const session = starting(accountFrom, verify)({ by: 'entra', entraToken: 'good' });

  await expect(session).rejects.toMatchObject({ code });
});

describe('who signed in on Microsoft’s page', () => {
  const throughWindow = async (accountFrom: AccountFrom) => {
    const start = starting(accountFrom, async () => ADELE);
    const window = await start({ by: 'id-token', entraIdToken: 'good' });
    const code = window.is === 'code' ? window.code : '';
    return start({ by: 'code', code, verifier: VERIFIER, forTenant: 'person' });
  };

  it('is in their tenant’s account where the tenant is the account', async () => {
    const started = await throughWindow({ is: 'tenant', allowed: [ADELE.tid] });

    expect(started).toEqual({ is: 'session', session: { account: ADELE.tid, person: ADELE } });
  });

  it('has no session where the tenant is not on the list, nor a proof to go on with', async () => {
    const session = throughWindow({ is: 'tenant', allowed: [] });

    await expect(session).rejects.toMatchObject({ code: 'tenant-not-allowed', members: {} });
  });

  it('goes on to the product with a proof where nobody has linked them', async () => {
    const session = throughWindow({ is: 'product', signInUrl: 'https://forge.example/sign-in' });

    await expect(session).rejects.toMatchObject({
      code: 'account-link-required',
      members: { signInUrl: 'https://forge.example/sign-in', personProof: 'proof' },
    });
  });
});

it('links nobody where the tenant is the account', async () => {
  const start = starting({ is: 'tenant', allowed: [ADELE.tid] }, async () => ADELE);

  const proof = { by: 'code', code: 'code', verifier: VERIFIER, entraToken: 'good', forTenant: 'person' } as const;

  await expect(start(proof)).rejects.toMatchObject({ code: 'invalid-request' });
});

it('takes a code for two minutes', async () => {
  const clock = { now: NOW };
  const codes = aCodes(clock);
  const nonce = nonceOf(VERIFIER);
  await codes.issue({ account: 'acme', sub: 'ada', nonce });

  clock.now = NOW + 120_001;
  const late = codes.redeem('code', VERIFIER);

  await expect(late).rejects.toMatchObject({ code: 'code-expired', status: 401 });
});
