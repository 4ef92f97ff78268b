/** `DELETE /api/link`: forgets which account a Microsoft person belongs to. */
import type { HttpHandler } from '@azure/functions';
import type { AccountLinksTable } from '../shared/identity/account-links-table.ts';
import { LinkOfTenantError, NotLinkedError } from '../shared/identity/errors.ts';
import type { Sessions } from '../shared/identity/session.ts';
import { PRIVATE_HEADERS } from '../shared/platform/page.ts';

/** What forgetting needs. */
export interface AccountLinkDeps {
  readonly sessions: Pick<Sessions, 'read'>;
  readonly links: Pick<AccountLinksTable, 'find' | 'forgetPerson' | 'forgetTenant'>;
}

/** Handles `DELETE /api/link`: one's own link, or the tenant's that one made. Sessions given out before end by themselves. */
export function createForgetLinkHandler({ sessions, links }: AccountLinkDeps): HttpHandler {
  return async (request, context) => {
    const { tid, oid } = (await sessions.read(request)).person;
    const link = tid === undefined || oid === undefined ? undefined : await links.find({ tid, oid });
    if (tid === undefined || oid === undefined || link === undefined) throw new NotLinkedError();
    if (!link.own) throw new LinkOfTenantError();
    await (link.for === 'person' ? links.forgetPerson : links.forgetTenant)({ tid, oid });
    context.info('account link forgotten', { for: link.for });
    return { status: 204, headers: PRIVATE_HEADERS };
  };
}
