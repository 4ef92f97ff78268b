/**
 * Notes of what was dropped on purpose: in table `inbox`, beside the channel's pages, identities only. They say why somebody
 * did not see an event, and how many went. Nothing that reads pages comes to them: their keys sort after all of pages.
 */
import { odata, type TableClient } from '@azure/data-tables';
import { z } from 'zod';
import { orUndefined } from '../platform/table-rows.ts';
import { firstKeyAt } from './page.ts';

const ROW_VERSION = 1;
const FIRST = '~';
const AFTER_LAST = '~~';

/** Why: its owner paused the channel without keeping what arrives; it waited for 45 days; more waited than may. */
export const DROPPED_BECAUSE = ['paused', 'waited', 'too-many'] as const;
export type DroppedBecause = (typeof DROPPED_BECAUSE)[number];

const rowSchema = z.object({
  because: z.enum(DROPPED_BECAUSE),
  at: z.string().transform(Number),
  count: z.int(),
  identities: z.instanceof(Uint8Array).default(new Uint8Array()),
});

/** A note: so many events, dropped together at `at` (ms since 1970); 16 bytes of identity for each. */
export interface DroppedNote {
  readonly because: DroppedBecause;
  readonly at: number;
  readonly count: number;
  readonly identities: Uint8Array;
}

/** The store of notes. */
export type DroppedTable = ReturnType<typeof createDroppedTable>;

/** Notes in `table`, that of the pages. */
export function createDroppedTable(table: TableClient) {
  return {
    /** Writes a note; `key`: the page's that these events were, or would have been, in. Harmless twice. */
    async put(subscriptionId: string, key: string, { because, at, count, identities }: DroppedNote): Promise<void> {
      await table.upsertEntity(
        {
          partitionKey: subscriptionId,
          rowKey: `${FIRST}${firstKeyAt(at)}-${key}`,
          v: ROW_VERSION,
          because,
          at: String(at),
          count,
          identities,
        },
        'Replace',
      );
    },

    /** A channel's notes, the oldest first. */
    async *list(subscriptionId: string): AsyncGenerator<DroppedNote> {
      for await (const row of table.listEntities({ queryOptions: { filter: filterOf(subscriptionId, AFTER_LAST) } }))
        yield rowSchema.parse(row);
    },

    /** Every channel's notes of `since` or later, without identities: to be counted. */
    async *listCounts(since: number): AsyncGenerator<DroppedNote & { readonly subscriptionId: string }> {
      const filter = odata`RowKey ge ${FIRST + firstKeyAt(since)} and RowKey lt ${AFTER_LAST}`;
      const queryOptions = { filter, select: ['PartitionKey', 'because', 'at', 'count'] };
      for await (const row of table.listEntities({ queryOptions }))
        yield { ...rowSchema.parse(row), subscriptionId: String(row.partitionKey) };
    },

    /** Deletes the notes written before an instant. */
    async removeOld(subscriptionId: string, before: number): Promise<void> {
      const end = before >= 1e13 ? AFTER_LAST : FIRST + firstKeyAt(before);
      const queryOptions = { filter: filterOf(subscriptionId, end), select: ['RowKey'] };
      for await (const row of table.listEntities({ queryOptions }))
        await orUndefined(table.deleteEntity(subscriptionId, String(row.rowKey)));
    },
  };
}

function filterOf(subscriptionId: string, end: string): string {
  return odata`PartitionKey eq ${subscriptionId} and RowKey ge ${FIRST} and RowKey lt ${end}`;
}
