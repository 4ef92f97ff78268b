/** Dispatch: what a tick costs, that it keeps up, and that it skips and repeats nothing. */
import { createDueTable } from '../../../shared/schedules/due-table.ts';
import { listed, total } from '../counts.ts';
import type { Measured } from '../figure.ts';
import { benchEvent, dailyAt, dueRow, minuteAgo, putDueRows, putPages, putSubscriptions } from '../fill.ts';
import { profiled } from '../profile.ts';
import type { Run, Suite } from '../suite.ts';
import { type BenchSystem, startBenchSystem } from '../system.ts';
import { until } from '../wait.ts';

const FEW = 1_000;
const DUE_AMONG = 100;
/** Subscriptions that are not due are due at other minutes of the day: this many different ones. */
const OTHER_MINUTES = 60;
const MINUTE = 60_000;
/** Ten thousand digests of a process that shares its machine with storage; on a busy one that takes long. */
const DRAIN_LIMIT_MS = 45 * MINUTE;

/** `dispatch-*`. */
export const dispatch: Suite = {
  name: 'dispatch',
  figures: [
    'dispatch-ops-per-due',
    'dispatch-tick-ratio',
    'dispatch-10000-seconds',
    'dispatch-skipped',
    'dispatch-repeated',
  ],
  steady: true,
  async *measure(run) {
    const system = await startBenchSystem();
    try {
      yield await costPerDue(system, run);
      yield await costAmongMany(system, run);
    } finally {
      await system.stop();
    }
    yield* keepsUp(run);
  },
};

async function costPerDue(system: BenchSystem, { say }: Run): Promise<Measured> {
  say(`${FEW} due together`);
  await putDueRows(system, rows('together', FEW, minuteAgo(0)));
  const counts = await tick(system);
  const figure = { name: 'dispatch-ops-per-due', value: total(counts) / FEW, unit: 'operations', n: FEW };
  return { figure, where: async () => listed(counts, FEW) };
}

/** The same hundred due among few and among many: a tick must not pay for those that are not due. */
async function costAmongMany(system: BenchSystem, { say, short }: Run): Promise<Measured> {
  const many = short ? 3_000 : 100_000;
  await putOthers(system, 'few', FEW - DUE_AMONG);
  await putDueRows(system, rows('among-few', DUE_AMONG, minuteAgo(0)));
  const amongFew = await tick(system);
  say(`${DUE_AMONG} due among ${many}`);
  await putOthers(system, 'many', many - FEW - DUE_AMONG);
  await putDueRows(system, rows('among-many', DUE_AMONG, minuteAgo(0)));
  const amongMany = await tick(system);
  const [value, floor] = [total(amongMany), total(amongFew)];
  const figure = { name: 'dispatch-tick-ratio', value, unit: 'operations', floor, ratio: value / floor, n: many };
  return { figure, where: async () => [...listed(amongMany, 1), '  among few:', ...listed(amongFew, 1)] };
}

async function tick(system: BenchSystem) {
  const app = await system.startApp({ on: [], storage: 'counted' });
  system.proxy.take();
  await app.runNow('dispatch-due');
  const counts = system.proxy.take();
  await app.stop();
  return counts;
}

function rows(name: string, count: number, dueAt: number) {
  return Array.from({ length: count }, (_, number) => dueRow(`sub_${name}_${number}`, dueAt));
}

async function putOthers(system: BenchSystem, name: string, count: number): Promise<void> {
  const from = minuteAgo(0) + 60 * MINUTE;
  const others = Array.from({ length: count }, (_, number) =>
    dueRow(`sub_${name}_${number}`, from + (number % OTHER_MINUTES) * MINUTE),
  );
  await putDueRows(system, others);
}

/** Many due in one minute with the sender on; then a tick that is late, and runs twice at once. Every channel gets one card. */
async function* keepsUp({ say, short }: Run): AsyncGenerator<Measured> {
  const [many, again] = short ? [150, 50] : [10_000, 1_000];
  const system = await startBenchSystem();
  try {
    const onTime = await aDueCrowd(system, 'on-time', { count: many, dueAt: minuteAgo(short ? 2 : 0), say });
    // A job that meets another's lease hides until that has ended: minutes, which the short form does not have.
    const env = short ? { PROTOCOL_TIMES: 'lease=20,post=3,margin=6,takeover=3' } : {};
    const app = await system.startApp({ on: ['send-digest'], storage: 'straight', env });
    say(`${many} due, the sender on`);
    const began = performance.now();
    await app.runNow('dispatch-due');
    const seconds = (performance.now() - began) / 1000;
    if (!short)
      yield {
        figure: { name: 'dispatch-10000-seconds', value: seconds, unit: 's', n: many },
        where: () => profiledTick(system, many),
      };

    say('waiting for the cards');
    await drained(system, many);
    const late = await aDueCrowd(system, 'late', { count: again, dueAt: minuteAgo(10), say });
    say(`${again} due ten minutes ago, two ticks at once`);
    await Promise.all([app.runNow('dispatch-due'), app.runNow('dispatch-due')]);
    await drained(system, many + again);
    await app.runNow('dispatch-due'); // nothing is due any more
    await drained(system, many + again);
    yield* judgeCards(system, [...onTime, ...late]);
  } finally {
    await system.stop();
  }
}

/** The same tick again, with nothing else going on in its process: what its CPU goes to. */
async function profiledTick(system: BenchSystem, count: number): Promise<string[]> {
  await putDueRows(system, rows('profiled', count, minuteAgo(0)));
  return profiled(async (env) => {
    const app = await system.startApp({ on: [], storage: 'straight', env });
    await app.runNow('dispatch-due');
    await app.stop();
  });
}

async function aDueCrowd(
  system: BenchSystem,
  name: string,
  { count, dueAt, say }: { count: number; dueAt: number; say: Run['say'] },
): Promise<string[]> {
  say(`storing ${count} subscriptions with an event each`);
  const ids = Array.from({ length: count }, (_, number) => `sub_${name}_${number}`);
  await putSubscriptions(
    system,
    ids.map((id) => ({ id, schedule: dailyAt(dueAt) })),
  );
  await putPages(system, ids, [benchEvent(1)]);
  await putDueRows(
    system,
    ids.map((id) => dueRow(id, dueAt)),
  );
  return ids;
}

/** Waits until as many cards came, and the queue of jobs is empty, hidden ones too. */
async function drained({ sink, storage }: BenchSystem, cards: number): Promise<void> {
  const queue = storage.queue('digests');
  await until(
    'every job done',
    DRAIN_LIMIT_MS,
    async () => {
      if (sink.total() < cards) return false;
      return (await queue.getProperties()).approximateMessagesCount === 0;
    },
    500,
  );
}

/** Skipped: no card, or no due row for the next time. Repeated: cards beyond the first, due rows beyond the one. */
async function* judgeCards({ sink, storage }: BenchSystem, ids: readonly string[]): AsyncGenerator<Measured> {
  const next = new Map<string, number>();
  for await (const { subscriptionId } of createDueTable(storage.table('due')).listAll())
    next.set(subscriptionId, (next.get(subscriptionId) ?? 0) + 1);
  const cards = (id: string) => sink.cards.get(`/${id}`) ?? 0;
  const due = (id: string) => next.get(id) ?? 0;
  const skipped = ids.filter((id) => cards(id) === 0 || due(id) === 0);
  const repeated = ids.filter((id) => cards(id) > 1 || due(id) > 1);
  const say = (id: string) => `${id}: ${cards(id)} cards, ${due(id)} due rows`;
  const unit = 'subscriptions';
  yield {
    figure: { name: 'dispatch-skipped', value: skipped.length, unit, n: ids.length },
    where: async () => skipped.map(say),
  };
  yield {
    figure: { name: 'dispatch-repeated', value: repeated.length, unit, n: ids.length },
    where: async () => repeated.map(say),
  };
}
