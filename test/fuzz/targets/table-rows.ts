/** Rows of the tables that hold what the product works with, as another version, a restore or a person's hand could leave them. */
import fc from 'fast-check';
import { createActsTable } from '../../../shared/actions/acts-table.ts';
import { createClaims } from '../../../shared/digests/claim-pages.ts';
import { createDigestsTable } from '../../../shared/digests/digests-table.ts';
import { NEW_HEAD } from '../../../shared/digests/head.ts';
import { createHeadTable } from '../../../shared/digests/head-table.ts';
import { eventSchema } from '../../../shared/events/event.ts';
import { createInboxTable } from '../../../shared/events/inbox-table.ts';
import { packEvent } from '../../../shared/events/pack-event.ts';
import { pageKey } from '../../../shared/events/page.ts';
import { createDueTable } from '../../../shared/schedules/due-table.ts';
import { createSubscriptionsTable } from '../../../shared/subscriptions/subscriptions-table.ts';
import { aSubscription } from '../../world/make.ts';
import { nearly, text } from '../inputs.ts';
import { orUnreadable } from '../refusals.ts';
import type { Target } from '../target.ts';
import { createFakeTable, type Row } from './fake-table.ts';
import { EVENT } from './right.ts';

const NOW = Date.parse('2026-11-21T09:00:00Z');
const fake = createFakeTable();
const subscriptions = createSubscriptionsTable(fake.table);
const due = createDueTable(fake.table);
const heads = createHeadTable(fake.table);
const inbox = createInboxTable(fake.table);
const digests = createDigestsTable(fake.table);
const acts = createActsTable(fake.table);
const DUE = { every: 'month', day: 'last', at: '00:00', timeZone: 'UTC' } as const;
const who = { account: 'acme', id: 'sub_a', subscriptionId: 'sub_a' };

const READERS: Readonly<Record<string, () => Promise<unknown>>> = {
  subscriptions: async () => [await subscriptions.read(who), await subscriptions.listMatching('acme')],
  due: () => all(due.listAll()),
  heads: () => heads.read('sub_a'),
  inbox: async () => {
    const claims = createClaims([], () => {});
    for await (const page of inbox.listPages({ subscriptionId: 'sub_a', from: 0 })) claims.claim(page);
  },
  digests: async () => [
    await digests.read('sub_a', 1),
    await all(digests.list('sub_a')),
    await all(digests.listShown('sub_a', 0)),
  ],
  acts: () => acts.listOfDigest('sub_a_1'),
};

/** Each table's rows as the product itself writes them. */
const WRITERS: Readonly<Record<string, () => Promise<unknown>>> = {
  subscriptions: async () => {
    await subscriptions.create(aSubscription({ id: 'sub_a', sealedWebhook: 'sealed', schedule: DUE }));
    await subscriptions.create(
      aSubscription({ id: 'sub_a', state: { is: 'paused', arriving: 'keep', until: NOW }, owners: [{ sub: 'ada' }] }),
    );
  },
  due: () =>
    due.put({
      account: 'acme',
      subscriptionId: 'sub_a',
      dueAt: NOW,
      revision: 3,
      duty: { is: 'schedule', schedule: DUE },
    }),
  heads: () =>
    heads.write('sub_a', { ...NEW_HEAD, lease: { nonce: 'n', ends: NOW }, slots: [NOW - 1, NOW] }, undefined),
  inbox: () =>
    inbox.insertPage('sub_a', pageKey(NOW, 'c6421097', 11), 'ordinary', [packEvent(eventSchema.parse(EVENT))]),
  digests: () =>
    digests.insert(
      'sub_a',
      {
        ...{
          sequence: 1,
          state: 'delivered',
          urgency: 'ordinary',
          frozenAt: NOW,
          count: 1,
          locale: 'en',
          timeZone: 'UTC',
        },
        lastPage: pageKey(NOW, 'c6421097', 11),
        attempts: [{ attempt: 1, at: NOW, outcome: 'delivered', status: 200 }],
      },
      Buffer.alloc(16),
    ),
  acts: async () => {},
};

/** The target. */
export async function tableRows(): Promise<Target> {
  const right = new Map<string, Row[]>();
  for (const [table, write] of Object.entries(WRITERS)) {
    fake.written.length = 0;
    await write();
    right.set(table, [...fake.written]);
  }
  const rowOf = (table: string) => {
    const [first = {}, ...others] = right.get(table) ?? [];
    const columns = fc.dictionary(fc.constantFrom(...Object.keys(first), 'x'), fc.oneof(text, fc.integer(), bytes), {
      maxKeys: 2,
    });
    return fc.oneof(
      nearly(first, ...others),
      // A column that holds JSON, wrong inside.
      nearly(unpacked(first), ...others.map(unpacked)).map((row) => packed(row, first)),
      columns.map((changed) => ({ ...first, ...changed })),
    );
  };
  return {
    name: 'table-rows',
    inputs: fc.oneof(
      ...Object.keys(READERS).map((table) => fc.record({ table: fc.constant(table), row: rowOf(table) })),
    ),
    run(input) {
      const { table, row } = input as { table: string; row: unknown };
      const columns = typeof row === 'object' && row !== null ? (row as Row) : {};
      // Pages are asked for by their keys' times: no row without one comes.
      fake.answer(table === 'inbox' ? { ...columns, rowKey: pageKey(NOW, 'c6421097', 11) } : columns);
      return orUnreadable(async () => {
        await READERS[table]?.();
        return 'read';
      }).then((outcome) => `${table}: ${outcome}`);
    },
  };
}

const bytes = fc.uint8Array({ maxLength: 40 }).map((some) => ({ base64: Buffer.from(some).toString('base64') }));

/** Columns that hold JSON, as what they hold. */
function unpacked(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, isJson(value) ? JSON.parse(String(value)) : value]),
  );
}

function packed(row: unknown, like: Row): unknown {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return row;
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, isJson(like[name]) ? JSON.stringify(value) : value]),
  );
}

function isJson(value: unknown): boolean {
  return typeof value === 'string' && /^[{[]/.test(value);
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
