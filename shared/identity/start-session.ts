/** Who may have a session: what the product says of a person, what Microsoft says of them, and the links between the two. */
import type { AccountLinksTable, EntraIds, LinkFor } from './account-links-table.ts';
import type { VerifyIdToken } from './entra-sign-in.ts';
import {
  AccountLinkRequiredError,
  EntraNotConfiguredError,
  IdTokenUsedError,
  InvalidSessionRequestError,
  LinkNeedsAdminError,
  LinkOfAnotherTenantError,
  TenantNotAllowedError,
} from './errors.ts';
import type { OnceTable } from './once-table.ts';
import type { OneTimeCodes, ProductGrant } from './one-time-code.ts';
import type { PersonProofs } from './person-proof.ts';
import type { Session } from './session.ts';
import type { Proof } from './session-request.ts';
import type { RedeemSetupToken } from './setup-token.ts';

type CodeProof = Extract<Proof, { by: 'code' }>;

/** Longer than clocks differ: a token that has expired here is refused as that. */
const REMEMBERED_MS = 10 * 60_000;

/** Where accounts come from: the product's own, or each tenant is one, if it is on the list. */
export type AccountFrom =
  | { readonly is: 'product'; readonly signInUrl: string | undefined }
  | { readonly is: 'tenant'; readonly allowed: readonly string[] };

/** Checks of Microsoft's tokens. `idToken`: of one that a sign-in window brings. */
export interface EntraChecks {
  readonly person: (token: string) => Promise<EntraIds>;
  readonly idToken: VerifyIdToken;
}

/** What starting needs. `verify`: undefined where no application is set up. */
export interface StartSessionDeps {
  readonly redeem: RedeemSetupToken;
  readonly codes: OneTimeCodes;
  readonly links: Pick<AccountLinksTable, 'find' | 'linkPerson' | 'linkTenant'>;
  readonly proofs: PersonProofs;
  readonly once: Pick<OnceTable, 'claim'>;
  readonly verify: EntraChecks | undefined;
  readonly accountFrom: AccountFrom;
}

/** What a proof is traded for. */
export type Started =
  | { readonly is: 'session'; readonly session: Session }
  | { readonly is: 'code'; readonly code: string };

/** Trades a proof. @throws SetupTokenError, OneTimeCodeError, an error of the Entra token, or one that says why there is no account. */
export function createStartSession(deps: StartSessionDeps) {
  const { redeem, codes, links, proofs, once, verify, accountFrom } = deps;

  return async function startSession(proof: Proof): Promise<Started> {
    switch (proof.by) {
      case 'setup-token': {
        const claims = await redeem(proof.setupToken, proof.as === 'code' ? 'code' : 'session');
        const { account, sub, tid, role, nonce } = claims;
        if (nonce !== undefined) return { is: 'code', code: await codes.issue({ account, sub, tid, role, nonce }) };
        return sessionOf({ account, person: { sub, ...(tid === undefined ? {} : { tid }) }, role });
      }
      case 'entra':
        return sessionOf(await sessionOfPerson(await checks().person(proof.entraToken)));
      case 'id-token':
        return { is: 'code', code: await codeOfPerson(proof.entraIdToken) };
      case 'code':
        return sessionOf(await sessionOfCode(proof));
    }
  };

  function checks(): EntraChecks {
    if (verify === undefined) throw new EntraNotConfiguredError();
    return verify;
  }

  /** Each window has a nonce of its own, so that a sign-in is known by it. */
  async function codeOfPerson(idToken: string): Promise<string> {
    const { person, nonce, expires } = await checks().idToken(idToken);
    const { tid, oid } = person;
    const claim = await once.claim({ kind: 'id-token', key: nonce, until: expires + REMEMBERED_MS });
    if (!claim.first) throw new IdTokenUsedError();
    return codes.issue({ microsoft: { tid, oid }, nonce });
  }

  async function sessionOfCode(proof: CodeProof): Promise<Session> {
    // Before the code is spent: a Microsoft token that is refused can be asked for anew.
    const person = await personBeside(proof);
    const grant = await codes.redeem(proof.code, proof.verifier);
    if (!('microsoft' in grant))
      return person === undefined ? productsPerson(grant) : linked(grant, person, proof.forTenant);
    // One Microsoft person beside another: no page of ours does that.
    if (person !== undefined) throw new InvalidSessionRequestError('code');
    return sessionOfPerson(grant.microsoft, () => proofs.issue(grant.microsoft));
  }

  async function personBeside({ entraToken, personProof }: CodeProof): Promise<EntraIds | undefined> {
    const field = entraToken === undefined ? 'personProof' : 'entraToken';
    if (entraToken === undefined && personProof === undefined) return undefined;
    const isTwice = entraToken !== undefined && personProof !== undefined;
    if (isTwice || accountFrom.is === 'tenant') throw new InvalidSessionRequestError(field);
    return entraToken === undefined ? proofs.read(personProof ?? '') : checks().person(entraToken);
  }

  async function sessionOfPerson({ tid, oid }: EntraIds, prove?: () => Promise<string>): Promise<Session> {
    if (accountFrom.is === 'tenant') {
      if (!accountFrom.allowed.includes(tid)) throw new TenantNotAllowedError();
      return { account: tid, person: { tid, oid } };
    }
    const link = await links.find({ tid, oid });
    if (link === undefined) throw new AccountLinkRequiredError(accountFrom.signInUrl, await prove?.());
    const sub = link.sub === undefined ? {} : { sub: link.sub };
    return { account: link.account, person: { tid, oid, ...sub }, link: link.for };
  }

  /** The link is this person's: only who holds the verifier and their own Microsoft token comes here. */
  async function linked(grant: ProductGrant, { tid, oid }: EntraIds, forWhom: LinkFor): Promise<Session> {
    const { account, sub, role } = grant;
    if (grant.tid !== undefined && grant.tid !== tid) throw new LinkOfAnotherTenantError();
    if (forWhom === 'tenant' && role !== 'admin') throw new LinkNeedsAdminError();
    await (forWhom === 'tenant' ? links.linkTenant : links.linkPerson)({ tid, oid, account, sub });
    return { account, person: { tid, oid, sub }, role, link: forWhom };
  }
}

/** Starts sessions. */
export type StartSession = ReturnType<typeof createStartSession>;

function sessionOf(session: Session): Started {
  return { is: 'session', session };
}

function productsPerson({ account, sub, tid, role }: ProductGrant): Session {
  return { account, person: { sub, ...(tid === undefined ? {} : { tid }) }, role };
}
