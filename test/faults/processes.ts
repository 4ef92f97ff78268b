/** A day in which two processes get the same messages at the same time, and everything comes in between. */

import type { Event } from '../../shared/events/event.ts';
import { toQueueText } from '../../shared/platform/queue-text.ts';
import { anEvent, aSubscription } from '../world/make.ts';
import { createInterleaving, type Delays } from './interleaving.ts';
import { judge } from './judge.ts';
import { liveOn } from './life.ts';
import { createChances } from './random.ts';
import { type Answering, answered, aSystem, type System } from './system.ts';
import { createWire } from './wire.ts';

const LOST: Answering = { is: 'lost', reason: 'The connection ended before an answer came.' };
const ROUNDS = 12;
const HOUR = 3_600_000;

/** No longer than a lease allows: nobody is taken over. */
export const SHORT_DELAYS: Delays = (chances) => (chances.below(4) === 0 ? chances.below(800) : 0);
/** Now and then longer than a lease: processes are taken over while they live. */
export const LONG_DELAYS: Delays = (chances) => (chances.below(25) === 0 ? chances.below(300_000) : chances.below(500));

/** What a run came to. */
export interface Raced {
  readonly faults: readonly string[];
  readonly cards: number;
  /** Digests of which a card was repeated, and attempts that the record says nobody knows of. */
  readonly repeated: number;
  readonly unclear: number;
}

/** Runs a seed. */
export async function race(seed: number, delays: Delays, debug?: (system: System) => Promise<void>): Promise<Raced> {
  const chances = createChances(seed);
  const system = await aSystem();
  const gate = createInterleaving(chances, system.clock, delays);
  const processes = [
    await system.start(createWire(undefined, gate)),
    await system.start(createWire(undefined, gate), chances.below(2) === 0 ? 0 : chances.below(60_000) - 30_000),
  ] as const;
  // Ids are the seed's own: they decide shards, and so the order of calls.
  await system.subscribe(aSubscription({ id: `sub_${seed}-now`, schedule: { every: 'now' } }));
  const hourly = { every: 'hour', minute: 10, timeZone: 'UTC' } as const;
  await system.subscribe(aSubscription({ id: `sub_${seed}-hourly`, schedule: hourly, urgentSeverity: 'critical' }));

  for (let round = 0; round < ROUNDS; round++) {
    for (let messages = chances.below(3); messages > 0; messages--) await emitSome(system, chances);
    if (chances.below(3) === 0) system.answers.push(chances.pick([answered(500), answered(429), LOST, answered(404)]));
    // Both get every message that shows, and both tick: a message seen twice, a timer run twice.
    const shown = system.host.messages.filter(({ showsAt }) => showsAt <= system.clock.elapsed());
    await Promise.all([
      ...shown.map((message) => system.host.run(message, (same) => bothHandle(processes, same))),
      ...processes.map((process) => process.dispatch()),
    ]);
    system.clock.advance(chances.pick([1_000, 6_000, 60_000, 15 * 60_000]));
  }
  system.answers.length = 0;
  const survivor = await system.start();
  await liveOn(system, survivor, { until: system.clock.now() + 28 * HOUR });
  await debug?.(system);
  const unclear = await countUnclear(system);
  const faults = await judge(system, { uncertain: unclear });
  const mended = await survivor.reconcile();
  // Rows of older revisions may be there: a probe's, of a channel that is well again, goes when its minute comes.
  if (mended.channelsWoken + mended.dueRowsMissing + mended.failed > 0)
    faults.push(`the net found what the protocol left: ${JSON.stringify(mended)}`);
  return { faults, cards: system.cards.length, repeated: repeatedIn(system), unclear };
}

async function bothHandle(
  processes: readonly { handle: (message: Parameters<Parameters<System['host']['run']>[1]>[0]) => Promise<void> }[],
  message: Parameters<Parameters<System['host']['run']>[1]>[0],
): Promise<void> {
  const came = await Promise.allSettled(processes.map((process) => process.handle(message)));
  const failed = came.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** New events, and some that came before: whole messages again, or cut in another way. */
async function emitSome(system: System, chances: ReturnType<typeof createChances>): Promise<void> {
  const first = system.sent.length;
  const fresh = Array.from({ length: 1 + chances.below(4) }, (_, at) => {
    const name = `event ${first + at}`;
    return anEvent({ id: name, title: name, severity: chances.below(5) === 0 ? 'critical' : 'info' });
  });
  const old: Event[] = [];
  for (let again = chances.below(3); again > 0; again--) {
    const known = system.sent[chances.below(Math.max(1, system.sent.length))];
    if (known !== undefined) old.push(known);
  }
  await system.emit(...fresh);
  if (old.length > 0) await system.host.put('events', toQueueText(old));
}

function repeatedIn({ cards }: System): number {
  const taken = cards.filter((card) => card.taken);
  return taken.length - new Set(taken.map(({ digestId }) => digestId)).size;
}

async function countUnclear(system: System): Promise<number> {
  let unclear = 0;
  for await (const row of system.subscriptions.list()) {
    if (row.is === 'removed') continue;
    for await (const { record } of system.digests.list(row.subscription.id))
      unclear += record.attempts.filter(({ outcome }) => outcome === 'unclear').length;
  }
  return unclear;
}
