/** Which of some events a channel knows: they were shown to it, wait in its inbox, or were dropped there on purpose. */

import type { DroppedTable } from '../events/dropped-table.ts';
import { IDENTITY_BYTES } from '../events/event-identity.ts';
import type { InboxTable } from '../events/inbox-table.ts';
import type { PackedEvent } from '../events/page.ts';
import type { DigestsTable } from './digests-table.ts';
import { createIdentitySet } from './identity-set.ts';

/** What looking needs. */
export interface KnownEventsDeps {
  readonly inbox: Pick<InboxTable, 'listEvery'>;
  readonly digests: Pick<DigestsTable, 'listShown'>;
  readonly dropped: Pick<DroppedTable, 'list'>;
}

/** Those of `events` that the channel does not know, by the identities of all its pages and of all digests that are kept (protocol rule 9). */
export async function unknownTo(
  { inbox, digests, dropped }: KnownEventsDeps,
  subscriptionId: string,
  events: readonly PackedEvent[],
): Promise<PackedEvent[]> {
  const asked = createIdentitySet();
  for (const { identity } of events) asked.add(identity, 0, 0);
  const known = new Set<string>();
  const look = (identities: Uint8Array) => {
    for (let offset = 0; offset < identities.length; offset += IDENTITY_BYTES) {
      if (asked.stampOf(identities, offset) !== undefined)
        known.add(Buffer.from(identities.subarray(offset, offset + IDENTITY_BYTES)).toString('base64'));
    }
  };
  for await (const { identities } of inbox.listEvery(subscriptionId)) look(identities);
  for await (const { identities } of dropped.list(subscriptionId)) look(identities);
  for await (const { record, identities } of digests.listShown(subscriptionId, 0)) {
    if (record.state !== 'returned') for (const bytes of identities) look(bytes); // what was returned waits in a page
  }
  return events.filter(({ identity }) => !known.has(Buffer.from(identity).toString('base64')));
}
