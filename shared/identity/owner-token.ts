/** An owner's token from Teams or Outlook: for our application, and for acting in it as this person. */
import type { EntraIds } from './account-links-table.ts';
import type { VerifyEntraToken } from './entra-token.ts';
import { EntraScopeError } from './errors.ts';

/** The permission that an owner's token holds. Source: "Enable SSO for tab app", Microsoft Learn. */
const SCOPE = 'access_as_user';

/** Checks a token. An identity token holds no permission: it says who signed in, not that we may act. @throws as `verify` does, or EntraScopeError. */
export function createVerifyOwner(verify: VerifyEntraToken) {
  return async function verifyOwner(token: string): Promise<EntraIds> {
    const { person, claims } = await verify(token);
    const scopes = typeof claims['scp'] === 'string' ? claims['scp'].split(' ') : [];
    if (!scopes.includes(SCOPE)) throw new EntraScopeError();
    return { tid: person.tid, oid: person.oid };
  };
}
