/** Tables, queues and vault away for five minutes each; and longer, until a message becomes a dead letter (promise 10). */
import { type KeyVault, startKeyVault } from '../../infra/local/key-vault/server.ts';
import { RETURN_WAITS_MS } from '../../shared/events/poison.ts';
import { anEvent, aSubscription } from '../world/make.ts';
import { isShort } from './form.ts';
import { judge } from './judge.ts';
import { handleShown, liveOn } from './life.ts';
import { type Away, createOutage, type Outage } from './outages.ts';
import { aSystem, type Process, type System } from './system.ts';
import { createWire } from './wire.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const STEP_MS = 10 * SECOND;

/** Real time, and the wall clock of a development machine; a short run leaves the second. */
const RATES = [
  ['with events coming in and digests due', 1],
  ...(isShort ? [] : [['with a wall clock that goes sixty times as fast', 60] as const]),
] as const;

let vault: KeyVault;
beforeAll(async () => {
  vault = await startKeyVault();
});
afterAll(() => vault.stop());

/** A system whose one process goes through an outage. */
async function aWorldWithOutages(rate = 1) {
  const system = await aSystem({ startsAt: '2026-11-23T08:55:00Z', vault, rate });
  const outage = createOutage(system.clock);
  const worker = await system.start(createWire(undefined, outage.gate));
  await system.subscribe(aSubscription());
  await system.subscribe(aSubscription({ schedule: { every: 'now' } }));
  await system.subscribe(aSubscription({ schedule: { every: 'hour', minute: 1, timeZone: 'UTC' } }));
  const fromVault = await system.subscribe(aSubscription({ schedule: { every: 'now' } }));
  await worker.webhookVault.put(fromVault.id, `https://webhook.invalid/${fromVault.id}`);

  /** Takes the sealed copy away: the next delivery needs the vault. */
  async function unseal(): Promise<void> {
    const row = await system.subscriptions.read(fromVault);
    if (row?.is !== 'present') throw new Error('it is there');
    const { sealedWebhook: _, ...bare } = row.subscription;
    await system.subscriptions.replace(bare, row.etag);
  }

  return { system, outage, worker, fromVault, unseal };
}

/** Time passes as it does in life: a tick each minute, messages as they show, something that comes now and then. */
async function live(
  { system, outage, worker }: { system: System; outage: Outage; worker: Process },
  forMs: number,
  comes?: () => Promise<void>,
): Promise<void> {
  for (let passed = STEP_MS; passed <= forMs; passed += STEP_MS) {
    system.clock.advance(STEP_MS);
    if (passed % MINUTE === 0) await worker.dispatch().catch(() => {}); // the next tick makes up for it
    if (passed % (2 * STEP_MS) === 0) await comes?.();
    if (!outage.isAway('queues')) await handleShown(system, worker.handle); // else the host gets none either
  }
}

async function deadLettersOf({ storage }: System): Promise<string[]> {
  const payloads: string[] = [];
  for await (const { payload } of storage.table('deadletters').listEntities<{ payload: Uint8Array }>())
    payloads.push(Buffer.from(payload).toString('utf8'));
  return payloads;
}

describe.each<[Away]>([['tables'], ['queues'], ['vault']])('the %s away for five minutes', (away) => {
  it.each(RATES)('lose and strand nothing, and make no dead letter that was none, %s', async (_, rate) => {
    const world = await aWorldWithOutages(rate);
    const { system, outage, worker, fromVault, unseal } = world;
    const emit = () => system.emit(anEvent());

    await live(world, 3 * MINUTE, emit);
    await unseal();
    outage.begin(away, 5 * MINUTE);
    const from = system.clock.now();
    await system.host.put('events', JSON.stringify({ specversion: '1.0', id: 'no event' }));
    await live(world, 5 * MINUTE, emit);
    const to = system.clock.now();
    await live(world, 15 * MINUTE, emit);
    const backlog = system.host.messages.filter(({ queue }) => queue === 'events').length;
    await liveOn(system, worker, { until: system.clock.now() + 25 * HOUR });

    expect(await judge(system, { uncertain: 0 })).toEqual([]);
    const meanwhile = system.cards.filter(
      ({ subscriptionId, at }) => subscriptionId === fromVault.id && at > from && at < to,
    );
    expect(meanwhile).toEqual([]);
    expect(backlog).toBe(0);
    expect(await deadLettersOf(system)).toEqual([expect.stringContaining('no event')]);
    const mended = await worker.reconcile();
    expect([mended.channelsWoken, mended.dueRowsMissing, mended.dueRowsStale, mended.failed]).toEqual([0, 0, 0, 0]);
  });
});

describe('tables that go away between a POST and its record', () => {
  it('cost one repeat of that card at most, and it stands in the timeline', async () => {
    const world = await aWorldWithOutages();
    const { system, outage, worker } = world;

    await live(world, 4 * MINUTE, () => system.emit(anEvent()));
    outage.beginAfter('POST webhook', 'tables', 5 * MINUTE);
    await live(world, 15 * MINUTE, () => system.emit(anEvent()));
    await liveOn(system, worker, { until: system.clock.now() + 25 * HOUR });

    const digests = system.cards.map(({ digestId }) => digestId);
    expect(digests.length - new Set(digests).size).toBe(1);
    expect(await judge(system, { uncertain: 1 })).toEqual([]);
  });
});

describe('a message that fails for as long as an outage lasts', () => {
  async function failing(hours: number) {
    const system = await aSystem({ startsAt: '2026-11-23T08:55:00Z' });
    const outage = createOutage(system.clock);
    const worker = await system.start(createWire(undefined, outage.gate));
    await system.subscribe(aSubscription({ schedule: { every: 'now' } }));
    outage.begin('subscriptions', hours * HOUR);
    await system.emit(anEvent({ title: 'patient' }));
    const backAt: number[] = [];
    const seen = new Set<string>();
    await liveOn(system, worker, {
      until: system.clock.now() + 36 * HOUR,
      between: async () => {
        for (const { id, queue, text } of system.host.messages) {
          if (queue !== 'events' || seen.has(id) || !text.includes('"returned"')) continue;
          seen.add(id);
          backAt.push(system.clock.now());
        }
      },
    });
    return { system, backAt };
  }

  it('is back with growing delay and delivered when the outage ends after 20 hours', async () => {
    const { system, backAt } = await failing(20);

    const waits = backAt.slice(1).map((at, index) => at - (backAt[index] ?? 0));
    expect(waits.slice(0, 4).every((wait, index) => wait > (waits[index - 1] ?? 0))).toBe(true);
    expect(await deadLettersOf(system)).toEqual([]);
    expect(await judge(system, { uncertain: 0 })).toEqual([]);
    expect(system.cards).toHaveLength(1);
  });

  it('is a dead letter with its payload after 24 hours, not before', async () => {
    const { system, backAt } = await failing(48);

    expect(backAt).toHaveLength(RETURN_WAITS_MS.length);
    expect((backAt.at(-1) ?? 0) - (backAt[0] ?? 0)).toBeGreaterThan(22 * HOUR);
    expect(await deadLettersOf(system)).toEqual([expect.stringContaining('patient')]);
    expect(system.host.messages).toEqual([]);
  });
});
