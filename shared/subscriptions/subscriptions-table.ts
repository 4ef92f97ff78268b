/** Subscriptions at rest: table `subscriptions`, one partition per account. */
import { odata, type TableClient } from '@azure/data-tables';
import { z } from 'zod';
import { encodeKey, newNonce, orUndefined, type Written, writeConfirmed } from '../platform/table-rows.ts';
import { newsSchema } from './news.ts';
import {
  choicesSchema,
  isImmediate,
  type Matching,
  ownerSchema,
  type Subscription,
  stateSchema,
  type Tombstone,
  targetSchema,
} from './subscription.ts';

/** Version of the rows written; readers accept every earlier one. */
const ROW_VERSION = 1;

const json = z.string().transform((text): unknown => JSON.parse(text));
const newsColumn = json.pipe(z.array(newsSchema)).optional();
const rowSchema = z.object({
  v: z.literal(ROW_VERSION),
  rowKey: z.string(),
  account: z.string(),
  nonce: z.string().optional(),
  etag: z.string(),
  choices: json.pipe(choicesSchema),
  state: json.pipe(stateSchema),
  target: json.pipe(targetSchema),
  owners: json.pipe(z.array(ownerSchema)),
  revision: z.int(),
  createdAt: z.string().transform(Number),
  sealedWebhook: z.string().optional(),
  channelKeyHash: z.string().optional(),
  untold: newsColumn,
});
const tombstoneSchema = z.object({
  rowKey: z.string(),
  account: z.string(),
  etag: z.string(),
  removedAt: z.string().transform(Number),
  cleared: z.boolean().default(false),
  untold: newsColumn,
});
const matchingSchema = rowSchema.pick({ rowKey: true, account: true, choices: true, state: true });

/** A subscription as read, with the ETag a change must name. */
export interface StoredSubscription {
  readonly subscription: Subscription;
  readonly etag: string;
  readonly nonce?: string | undefined;
}

/** What stands under an id: a subscription, or the tombstone of a removed one. */
export type SubscriptionRow =
  | ({ readonly is: 'present' } & StoredSubscription)
  | { readonly is: 'removed'; readonly tombstone: Tombstone; readonly etag: string; readonly nonce?: undefined };

/** Names a subscription: its partition and its row. */
export interface SubscriptionKey {
  readonly account: string;
  readonly id: string;
}

/** The store of subscriptions. */
export type SubscriptionsTable = ReturnType<typeof createSubscriptionsTable>;

/** Subscriptions in `table`; every failure but those named is the storage error itself. */
export function createSubscriptionsTable(table: TableClient) {
  /** The row under a key; undefined when there never was one, or its tombstone has gone. */
  async function read(key: SubscriptionKey): Promise<SubscriptionRow | undefined> {
    const row = await orUndefined(table.getEntity(encodeKey(key.account), key.id));
    return row === undefined ? undefined : parseRow(row);
  }

  return {
    read,

    /** What stands under an id, of whichever account; reads the whole table for it. */
    async find(id: string): Promise<SubscriptionRow | undefined> {
      for await (const row of table.listEntities({ queryOptions: { filter: odata`RowKey eq ${id}` } }))
        return parseRow(row);
      return undefined;
    },

    /** Inserts a new subscription; refused when the id is taken, by a tombstone too. */
    async create(subscription: Subscription): Promise<Written<SubscriptionRow>> {
      const nonce = newNonce();
      return writeConfirmed(
        nonce,
        () => table.createEntity(toRow(subscription, nonce)),
        () => read(subscription),
      );
    },

    /** Replaces the row that was read with `etag`; refused when it changed since. */
    async replace(subscription: Subscription, etag: string): Promise<Written<SubscriptionRow>> {
      const nonce = newNonce();
      return writeConfirmed(
        nonce,
        () => table.updateEntity(toRow(subscription, nonce), 'Replace', { etag }),
        () => read(subscription),
      );
    },

    /** Puts a tombstone in the row's place, whatever it holds: nothing is written under it again. Harmless twice. */
    async bury(tombstone: Tombstone): Promise<void> {
      await table.upsertEntity(
        {
          partitionKey: encodeKey(tombstone.account),
          rowKey: tombstone.id,
          v: ROW_VERSION,
          account: tombstone.account,
          removedAt: String(tombstone.removedAt),
          cleared: tombstone.cleared === true,
          ...untoldColumn(tombstone),
        },
        'Replace',
      );
    },

    /** Removes a tombstone when its time is over. */
    async forget(key: SubscriptionKey, etag: string): Promise<void> {
      await orUndefined(table.deleteEntity(encodeKey(key.account), key.id, { etag }));
    },

    /** What `receive-events` needs to know of an account's subscriptions: two columns, no secrets. */
    async listMatching(account: string): Promise<Matching[]> {
      const found: Matching[] = [];
      const queryOptions = {
        filter: odata`PartitionKey eq ${encodeKey(account)}`,
        select: ['RowKey', 'account', 'choices', 'state', 'removedAt'],
      };
      for await (const row of table.listEntities({ queryOptions })) {
        if (!('removedAt' in row)) found.push(toMatching(matchingSchema.parse(row)));
      }
      return found;
    },

    /** Every subscription and tombstone, of one account or of all, a page at a time. */
    async *list(account?: string): AsyncGenerator<SubscriptionRow> {
      const queryOptions = account === undefined ? {} : { filter: odata`PartitionKey eq ${encodeKey(account)}` };
      for await (const row of table.listEntities({ queryOptions })) yield parseRow(row);
    },
  };
}

function parseRow(row: object): SubscriptionRow {
  if ('removedAt' in row) {
    const { rowKey, account, removedAt, cleared, untold, etag } = tombstoneSchema.parse(row);
    return { is: 'removed', tombstone: { id: rowKey, account, removedAt, cleared, untold }, etag };
  }
  const { v: _, rowKey, nonce, etag, choices, ...rest } = rowSchema.parse(row);
  return { is: 'present', subscription: { ...choices, ...rest, id: rowKey }, etag, nonce };
}

function toRow(subscription: Subscription, nonce: string) {
  const { id, account, target, state, owners, revision, createdAt, sealedWebhook, channelKeyHash, untold, ...choices } =
    subscription;
  return {
    partitionKey: encodeKey(account),
    rowKey: id,
    v: ROW_VERSION,
    account,
    nonce,
    choices: JSON.stringify(choices),
    state: JSON.stringify(state),
    target: JSON.stringify(target),
    owners: JSON.stringify(owners),
    revision,
    createdAt: String(createdAt), // int64 would need an EDM wrapper, and a double loses nothing here but reads badly
    ...(sealedWebhook === undefined ? {} : { sealedWebhook }),
    ...(channelKeyHash === undefined ? {} : { channelKeyHash }),
    ...untoldColumn({ untold }),
  };
}

function untoldColumn({ untold = [] }: Pick<Subscription, 'untold'>) {
  return untold.length === 0 ? {} : { untold: JSON.stringify(untold) };
}

function toMatching(row: z.infer<typeof matchingSchema>): Matching {
  const { topics, scopes, minSeverity, urgentSeverity, schedule } = row.choices;
  const dropping = row.state.is === 'paused' && row.state.arriving === 'drop';
  return {
    id: row.rowKey,
    account: row.account,
    topics,
    scopes,
    minSeverity,
    urgentSeverity,
    immediate: isImmediate(schedule),
    dropping,
  };
}
