/** The state that a scenario starts from. */
import type { Subscription } from '../../shared/subscriptions/subscription.ts';
import { CHANNEL } from './edits.ts';
import type { Product } from './product.ts';
import type { createRows } from './rows.ts';
import { cameAgain, messageOf, programsOf, type Scenario, START } from './scenario.ts';
import { NO_FAULTS, type State } from './state.ts';
import { tableClient } from './storage-clients.ts';
import { type Rows, type StorageAnswer, type StorageCall, writeRows } from './storage-model.ts';

/** Where a scenario starts: its subscription is stored, with its due row. */
export async function startOf(
  product: Product,
  scenario: Scenario,
  maker: ReturnType<typeof createRows>,
): Promise<State> {
  const t = scenario.startsAt ?? START;
  return {
    t,
    rows: await storedRows(product, subscriptionOf(scenario), t, maker),
    events: scenario.messages.map((names) => ({ text: messageOf(names), at: 0 })),
    jobs: [],
    processes: programsOf(scenario).map((program) => ({ program, moment: undefined, taken: [], since: 0 })),
    faults: { ...NO_FAULTS, ...scenario.faults },
    happened: 0,
    happenedAt: 0,
    ticks: scenario.ticks ?? 0,
    cameAt: cameAgain(scenario, 0, {}, scenario.messages, t),
    late: [],
    shown: {},
    lastPosted: undefined,
    removedAt: undefined,
    promised: [],
    turn: scenario.switches === undefined ? undefined : { last: undefined, switches: scenario.switches },
    broken: undefined,
  };
}

function subscriptionOf({ subscription }: Scenario): Subscription {
  return {
    id: CHANNEL.subscriptionId,
    account: CHANNEL.account,
    target: { appType: 'teams', name: 'Room', kind: 'connector', host: 'h' },
    topics: [],
    scopes: [],
    minSeverity: 'info',
    urgentSeverity: null,
    locale: 'en',
    schedule: { every: 'now' },
    whenEmpty: 'skip',
    requireIdentity: false,
    state: { is: 'active' },
    owners: [],
    revision: 1,
    createdAt: 0,
    ...subscription,
  };
}

async function storedRows(
  product: Product,
  subscription: Subscription,
  t: number,
  maker: ReturnType<typeof createRows>,
): Promise<Rows> {
  let rows: Rows = {};
  const call = async (asked: StorageCall): Promise<StorageAnswer> => {
    if (asked.op !== 'write') throw new Error('storing a subscription only writes');
    const done = writeRows(rows, asked, { row: maker.row, freshEtag: () => 1 }, false);
    rows = done.rows;
    return done.answer;
  };
  await product.createSubscriptionsTable(tableClient('subscriptions', call)).create(subscription);
  const due = product.dueRowOf(subscription, t);
  if (due !== undefined) await product.createDueTable(tableClient('due', call)).put(due);
  return rows;
}
