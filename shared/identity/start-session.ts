/** Who may have a session: what the product says of a person, what Microsoft says of them, and the links between the two. */
import type { AccountLinksTable, EntraIds, LinkFor } from './account-links-table.ts';
import {
  AccountLinkRequiredError,
  EntraNotConfiguredError,
  InvalidSessionRequestError,
  LinkNeedsAdminError,
  LinkOfAnotherTenantError,
  TenantNotAllowedError,
} from './errors.ts';
import type { CodeGrant, OneTimeCodes } from './one-time-code.ts';
import type { Session } from './session.ts';
import type { Proof } from './session-request.ts';
import type { RedeemSetupToken } from './setup-token.ts';

/** Where accounts come from: the product's own, or each tenant is one, if it is on the list. */
export type AccountFrom =
  | { readonly is: 'product'; readonly signInUrl: string | undefined }
  | { readonly is: 'tenant'; readonly allowed: readonly string[] };

/** What starting needs. `verifyPerson`: checks an Entra token; undefined where no application is set up. */
export interface StartSessionDeps {
  readonly redeem: RedeemSetupToken;
  readonly codes: OneTimeCodes;
  readonly links: Pick<AccountLinksTable, 'find' | 'linkPerson' | 'linkTenant'>;
  readonly verifyPerson: ((token: string) => Promise<EntraIds>) | undefined;
  readonly accountFrom: AccountFrom;
}

/** What a proof is traded for. */
export type Started =
  | { readonly is: 'session'; readonly session: Session }
  | { readonly is: 'code'; readonly code: string };

/** Trades a proof. @throws SetupTokenError, OneTimeCodeError, an error of the Entra token, or one that says why there is no account. */
export function createStartSession({ redeem, codes, links, verifyPerson, accountFrom }: StartSessionDeps) {
  return async function startSession(proof: Proof): Promise<Started> {
    switch (proof.by) {
      case 'setup-token': {
        const claims = await redeem(proof.setupToken, proof.as === 'code' ? 'code' : 'session');
        const { account, sub, tid, role, nonce } = claims;
        if (nonce !== undefined) return { is: 'code', code: await codes.issue({ account, sub, tid, role, nonce }) };
        return sessionOf({ account, person: { sub, ...(tid === undefined ? {} : { tid }) }, role });
      }
      case 'entra':
        return sessionOf(await sessionOfPerson(await verify(proof.entraToken)));
      case 'code': {
        // Before the code is spent: a Microsoft token that is refused can be asked for anew.
        const person = proof.entraToken === undefined ? undefined : await verify(proof.entraToken);
        if (person !== undefined && accountFrom.is === 'tenant') throw new InvalidSessionRequestError('entraToken');
        const grant = await codes.redeem(proof.code, proof.verifier);
        return sessionOf(person === undefined ? productsPerson(grant) : await linked(grant, person, proof.forTenant));
      }
    }
  };

  async function verify(token: string): Promise<EntraIds> {
    if (verifyPerson === undefined) throw new EntraNotConfiguredError();
    return verifyPerson(token);
  }

  async function sessionOfPerson({ tid, oid }: EntraIds): Promise<Session> {
    if (accountFrom.is === 'tenant') {
      if (!accountFrom.allowed.includes(tid)) throw new TenantNotAllowedError();
      return { account: tid, person: { tid, oid } };
    }
    const link = await links.find({ tid, oid });
    if (link === undefined) throw new AccountLinkRequiredError(accountFrom.signInUrl);
    const sub = link.sub === undefined ? {} : { sub: link.sub };
    return { account: link.account, person: { tid, oid, ...sub }, link: link.for };
  }

  /** The link is this person's: only who holds the verifier and their own Microsoft token comes here. */
  async function linked(grant: CodeGrant, { tid, oid }: EntraIds, forWhom: LinkFor): Promise<Session> {
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

function productsPerson({ account, sub, tid, role }: CodeGrant): Session {
  return { account, person: { sub, ...(tid === undefined ? {} : { tid }) }, role };
}
