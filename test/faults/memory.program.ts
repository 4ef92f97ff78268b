/**
 * A day in one process: ten events a second, forty a message, to channels of every kind: `npm run test:faults -- memory`.
 * The last line is one JSON object; exit 0 only if the heap after a collection at the end is within a tenth of the first hour's.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startAzurite } from '../../infra/local/azurite.ts';
import { toQueueText } from '../../shared/platform/queue-text.ts';

import { dueRowOf } from '../../shared/subscriptions/due-of-subscription.ts';
import type { Subscription } from '../../shared/subscriptions/subscription.ts';
import { createSubscriptionsTable } from '../../shared/subscriptions/subscriptions-table.ts';
import { createWebhookSeal } from '../../shared/subscriptions/webhook-seal.ts';
import { anEvent, aSubscription } from '../world/make.ts';
import { createManualClock } from '../world/manual-clock.ts';
import { freshStorage } from '../world/storage.ts';
import { compose } from './compose.ts';
import { isShort } from './form.ts';
import { createHost } from './host.ts';
import { handleShown } from './life.ts';
import { seal } from './sealing.ts';

const HOURS = isShort ? 2 : 24;
const HOUR = 3_600_000;
const MINUTE = 60_000;
/** Ten events a second, forty a message. */
const MESSAGE_EVERY_MS = 4_000;
const EVENTS_A_MESSAGE = 40;
const MOST_GROWTH = 1.1;
const ZONE = { timeZone: 'Europe/Berlin' } as const;
const CHANNELS: readonly Partial<Subscription>[] = [
  { schedule: { every: 'now' } },
  { schedule: { every: 'hour', minute: 0, ...ZONE }, minSeverity: 'warning' },
  { schedule: { every: 'hour', minute: 30, ...ZONE }, urgentSeverity: 'critical' },
  { schedule: { every: 'day', at: '17:00', ...ZONE }, topics: ['build.failed'] },
];

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Megabytes in use after a collection. */
function heapInUse(): number {
  collect();
  return process.memoryUsage().heapUsed / 1024 ** 2;
}

/** Lives through the hours; what is in use at the end of each. */
async function live(): Promise<{ readonly heaps: readonly number[]; readonly events: number; readonly cards: number }> {
  const storage = await freshStorage();
  const clock = createManualClock('2026-11-23T08:00:00Z');
  const host = createHost(clock);
  let [events, cards] = [0, 0];
  const worker = compose({
    storage,
    jobs: { put: (job, hiddenForMs) => host.put('digests', toQueueText(job), hiddenForMs) },
    connectorEvents: { put: async () => {} },
    putBackOn: () => async () => ({}) as never,
    vault: { read: async () => undefined, write: async () => {}, remove: async () => {} },
    postCard: async () => {
      cards += 1;
      return { is: 'answered', status: 200, body: '1' };
    },
    clock,
    times: { leaseMs: 180_000, postMs: 30_000, marginMs: 60_000, takeoverMs: 30_000 },
    processId: 'memory',
  });
  const subscriptions = createSubscriptionsTable(storage.table('subscriptions'));
  for (const channel of CHANNELS) {
    const bare = aSubscription(channel);
    const sealedWebhook = createWebhookSeal(seal).seal(bare.id, `https://webhook.invalid/${bare.id}`);
    await subscriptions.create({ ...bare, sealedWebhook });
    const row = dueRowOf(bare, clock.now());
    if (row !== undefined) await worker.deps.due.put(row);
  }

  const heaps: number[] = [];
  for (let hour = 0; hour < HOURS; hour++) {
    for (let passed = 0; passed < HOUR; passed += MESSAGE_EVERY_MS) {
      const message = Array.from({ length: EVENTS_A_MESSAGE }, (_, at) =>
        anEvent({ severity: severityOf(events + at) }),
      );
      events += message.length;
      await host.put('events', toQueueText(message));
      await handleShown({ host }, worker.handle);
      clock.advance(MESSAGE_EVERY_MS);
      if (passed % MINUTE === 0) await worker.dispatch();
    }
    await worker.reconcile();
    heaps.push(heapInUse());
    console.log(`hour ${hour + 1}: ${heaps.at(-1)?.toFixed(1)} MB, ${events} events, ${cards} cards`);
  }
  return { heaps, events, cards };
}

function severityOf(number: number) {
  if (number % 1_000 === 0) return 'critical';
  return number % 10 === 0 ? 'warning' : 'info';
}

const dir = await mkdtemp(join(tmpdir(), 'tidings-memory-'));
const azurite = await startAzurite({ dir, inMemory: true });
try {
  process.env['TEST_STORAGE'] = azurite.connectionString;
  const { heaps, events, cards } = await live();
  const [first = 0, last = 0] = [heaps[0], heaps.at(-1)];
  const growth = last / first;
  console.log(JSON.stringify({ hours: HOURS, events, cards, firstMb: first, lastMb: last, growth }));
  process.exitCode = growth <= MOST_GROWTH && cards > 0 ? 0 : 1;
} finally {
  await azurite.stop();
  await rm(dir, { recursive: true, force: true });
}
