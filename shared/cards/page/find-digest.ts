/** Finds the digest that a signed address opens. */
import type { DigestRecord } from '../../digests/digest.ts';
import { parseDigestId } from '../../digests/digest.ts';
import type { DigestsTable } from '../../digests/digests-table.ts';
import { ConnectorError } from '../../platform/errors.ts';
import type { SubscriptionsTable } from '../../subscriptions/subscriptions-table.ts';
import type { DigestLinks, DigestView } from '../digest-links.ts';

/** The address is not one we made, or what it opened is gone: the same words for all, so that nothing can be found out. */
export class DigestNotFoundError extends ConnectorError {
  readonly code = 'not-found';
  readonly status = 404;

  constructor() {
    super('There is no digest at this address. Links work for 31 days, until the channel’s notifications are removed.');
  }
}

interface Deps {
  readonly links: Pick<DigestLinks, 'read'>;
  readonly digests: Pick<DigestsTable, 'read'>;
  readonly subscriptions: Pick<SubscriptionsTable, 'read'>;
}

/** A digest that its reader may see. */
export interface FoundDigest {
  readonly id: string;
  readonly account: string;
  readonly subscriptionId: string;
  readonly record: DigestRecord;
}

/** Finds it. @throws DigestNotFoundError. */
export function createFindDigest({ links, digests, subscriptions }: Deps) {
  return async function findDigest(view: DigestView, id: string, token: string | null): Promise<FoundDigest> {
    const claims = await links.read(view, id, token);
    const parts = parseDigestId(id);
    if (claims === undefined || parts === undefined) throw new DigestNotFoundError();
    const [row, stored] = await Promise.all([
      subscriptions.read({ account: claims.account, id: parts.subscriptionId }),
      digests.read(parts.subscriptionId, parts.sequence),
    ]);
    if (row?.is !== 'present' || stored === undefined) throw new DigestNotFoundError();
    return { id, account: claims.account, subscriptionId: parts.subscriptionId, record: stored.record };
  };
}

/** Finds digests. */
export type FindDigest = ReturnType<typeof createFindDigest>;
