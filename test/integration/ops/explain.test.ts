/** `explain`: an event lost on purpose in each of the ways there are is found, with the right reason. */

import { WHYS, type Why } from '../../../shared/delivery/explain/finding.ts';
import { createReconcile } from '../../../shared/delivery/reconcile.ts';
import { DEAD_LETTER_REASONS, type DeadLetterReason } from '../../../shared/events/dead-letter.ts';
import { createDeadLettersTable } from '../../../shared/events/dead-letters-table.ts';
import type { Event } from '../../../shared/events/event.ts';
import { RETURN_WAITS_MS } from '../../../shared/events/poison.ts';
import { createPutBack } from '../../../shared/events/return-poison.ts';
import { createAccountScopesTable } from '../../../shared/identity/account-scopes-table.ts';
import { silentTelemetry } from '../../../shared/platform/telemetry/telemetry.ts';
import { anEvent, aSubscription } from '../../world/make.ts';
import { aWorld, type World } from '../../world/world.ts';
import { makeQueues, opsOn, someStores } from './ops-world.ts';

const DAY = 24 * 3_600_000;
const FAILS = { is: 'answered', status: 500, body: '' } as const;

/** Loses an event, or not, and says what to ask. `asks`: further arguments; `stdin`: what they read. */
type Way = (world: World, event: Event) => Promise<unknown>;

interface Asking {
  readonly asks?: readonly string[];
  readonly stdin?: string;
}

const NOW = { every: 'now' } as const;
const PAUSED_DROP = { is: 'paused', arriving: 'drop' } as const;

const ways = {
  shown: async (world, event) => {
    await world.subscribe(aSubscription());
    await world.receive(event);
    await world.runUntil('2026-11-23T09:02:00Z');
  },
  unclear: async (world, event) => {
    await world.subscribe(aSubscription({ schedule: NOW }));
    world.answers.push({ is: 'answered', status: 200, body: 'something else' });
    await world.receive(event);
    await world.drain();
  },
  sending: async (world, event) => {
    await world.subscribe(aSubscription({ schedule: NOW }));
    world.answers.push(() => Promise.reject(new Error('the process died')));
    await world.receive(event);
    await world.drain();
  },
  retrying: async (world, event) => {
    await world.subscribe(aSubscription({ schedule: NOW }));
    world.answers.push(FAILS);
    await world.receive(event);
    await world.drain();
  },
  waiting: async (world, event) => {
    await world.subscribe(aSubscription());
    await world.receive(event);
  },
  'waiting-paused': async (world, event) => {
    await world.subscribe(aSubscription({ state: { is: 'paused', arriving: 'keep' } }));
    await world.receive(event);
  },
  'waiting-disabled': async (world, event) => {
    const state = {
      is: 'disabled',
      reason: 'The webhook was removed.',
      since: 0,
      nextProbe: world.clock.now() + DAY,
    } as const;
    await world.subscribe(aSubscription({ state }));
    await world.receive(event);
  },
  returned: async (world, event) => {
    await world.subscribe(aSubscription());
    world.answers.push(...Array.from({ length: 9 }, () => FAILS));
    await world.receive(event);
    await world.runUntil('2026-11-24T13:00:00Z');
  },
  repeat: async (world, event) => {
    await world.subscribe(aSubscription());
    await world.receive(event);
    await world.runUntil('2026-11-23T09:02:00Z');
    await world.receive(event);
    await world.runUntil('2026-11-24T09:02:00Z');
  },
  'dropped-paused': async (world, event) => {
    await world.subscribe(aSubscription({ state: PAUSED_DROP }));
    await world.receive(event);
  },
  'dropped-waited': async (world, event) => {
    await world.subscribe(aSubscription({ state: { is: 'paused', arriving: 'keep' } }));
    await world.receive(event);
    world.clock.advance(46 * DAY);
    await createReconcile(world.deps)();
  },
  'dropped-too-many': async (world, event) => {
    await world.subscribe(aSubscription());
    await world.receive(event);
    world.clock.advance(1_000);
    await world.receive(anEvent());
    await createReconcile(world.deps, { maxWaiting: 1 })();
  },
  topic: async (world, event) => {
    await world.subscribe(aSubscription());
    await world.subscribe(aSubscription({ topics: ['deploy.done'] }));
    await world.receive(event);
  },
  scope: async (world, event) => {
    await world.subscribe(aSubscription());
    await world.subscribe(aSubscription({ scopes: ['acme/web'] }));
    await world.receive(event);
  },
  severity: async (world, event) => {
    await world.subscribe(aSubscription());
    await world.subscribe(aSubscription({ minSeverity: 'error' }));
    await world.receive(event);
  },
  'made-later': async (world, event) => {
    await world.subscribe(aSubscription());
    await world.receive(event);
    await world.subscribe(aSubscription({ createdAt: world.clock.now() + 60_000 }));
  },
  'would-get': async (world, event) => {
    await world.subscribe(aSubscription());
    await world.storage.queue('events').sendMessage(JSON.stringify(event));
  },
  'changed-since': async (world, event) => {
    const row = await world.subscribe(aSubscription({ topics: ['deploy.done'] }));
    await world.receive(event);
    const stored = await world.subscriptions.read(row);
    if (stored?.is === 'present') await world.subscriptions.replace({ ...row, topics: [] }, stored.etag);
    return { asks: ['--event', '-'], stdin: JSON.stringify(event) };
  },
  removed: async (world, event) => {
    const { id } = await world.subscribe(aSubscription());
    await world.receive(event);
    await world.subscriptions.bury({ id, account: 'acme', removedAt: world.clock.now() });
  },
  'on-queue': async (world, event) => {
    await world.storage.queue('events').sendMessage(Buffer.from(JSON.stringify([anEvent(), event])).toString('base64'));
  },
  'in-poison': async (world, event) => {
    await world.storage.queue('events-poison').sendMessage(JSON.stringify(event));
  },
  'dead-letter': async (world, event) => world.receive({ ...event, severity: 'awful' }),
  'nobody-wants': async (world, event) => {
    await world.subscribe(aSubscription({ topics: ['deploy.done'] }));
    await world.receive(event);
    return { asks: ['--account', 'acme', '--type', event.type] };
  },
  'no-subscriptions': async (world, event) => {
    await createAccountScopesTable(world.storage.table('accounts')).replace('acme', [{ id: 'a', name: 'A' }]);
    await world.receive(event);
    return { asks: ['--account', 'acme'] };
  },
  'account-unknown': async (world, event) => {
    await world.subscribe(aSubscription());
    await world.receive({ ...event, account: 'Acme' });
    return { asks: ['--account', 'Acme'] };
  },
  'never-seen': async (world) => {
    await world.subscribe(aSubscription());
  },
} satisfies Record<Why, Way>;

const refusals = {
  'not-json': async (world, { source, id }) => world.receive(`${source} ${id} {`),
  invalid: async (world, event) => world.receive([anEvent(), { ...event, data: {} }]),
  'too-many': async (world, event) => world.receive([event, ...Array.from({ length: 10_000 }, () => 1)]),
  'too-large': async (world, event) => world.receive({ ...event, time: `2026-11-21T09:00:00.${'0'.repeat(40_000)}Z` }),
  'failed-for-a-day': async (world, event) => {
    const putBack = createPutBack({
      name: 'events',
      queue: world.storage.queue('events'),
      deadLetters: createDeadLettersTable(world.storage.table('deadletters')),
      telemetry: silentTelemetry,
    });
    const message = [anEvent(), event];
    const body = { returned: RETURN_WAITS_MS.length, id: 'message', insertedAt: world.clock.now(), message };
    await putBack({ body, id: 'another', insertedAt: world.clock.now() });
  },
} satisfies Record<Exclude<DeadLetterReason, 'not-a-job'>, Way>; // a job carries no event

interface Found {
  readonly why: string;
  readonly letter?: { readonly because: string };
}

async function explain(way: Way) {
  const world = await aWorld();
  await makeQueues(world.storage);
  const event = anEvent({ account: 'acme', scope: 'acme/api' });
  const { asks = [], stdin = '' } = ((await way(world, event)) ?? {}) as Asking;
  const given = {
    stdin: (async function* () {
      yield stdin;
    })(),
  };
  const named = asks.includes('--event') ? [] : [event.source, event.id];
  const ops = opsOn(someStores(world.storage, world.clock), given);
  const json = await ops('explain', ...named, ...asks, '--json');
  const text = asks.includes('--event') ? json : await ops('explain', ...named, ...asks);
  const findings: readonly Found[] = JSON.parse(json.out).findings;
  return { findings, text: text.out, exitCode: json.exitCode };
}

it.each(Object.entries(ways))('finds an event that is %s', async (why, way) => {
  const { findings, text } = await explain(way);

  expect(findings.map((finding) => finding.why)).toContain(why);
  expect(text).toContain(why);
});

it.each(Object.entries(refusals))('finds a dead letter with the reason %s', async (because, way) => {
  const { findings, text, exitCode } = await explain(way);

  expect(findings).toContainEqual(
    expect.objectContaining({ why: 'dead-letter', letter: expect.objectContaining({ because }) }),
  );
  expect(text).toContain(`(${because})`);
  expect(exitCode).toBe(1);
});

it('has a row here for every answer and every reason of a dead letter', () => {
  expect(Object.keys(ways).sort()).toEqual([...WHYS].sort());
  expect([...Object.keys(refusals), 'not-a-job'].sort()).toEqual([...DEAD_LETTER_REASONS].sort());
});

it('ends with 0 where all is as it should be, and says nothing of what is not asked', async () => {
  const { findings, exitCode } = await explain(ways.waiting);

  expect(findings).toHaveLength(1);
  expect(exitCode).toBe(0);
});

it.each([
  [[], 'Which event?'],
  [['source', 'id', '--severity', 'error'], '--type'],
  [['--event', '-'], 'cannot be read as JSON'],
])('says what is wrong with the call %j', async (args, said) => {
  const { exitCode, err } = await opsOn(
    {},
    {
      stdin: (async function* () {
        yield '{';
      })(),
    },
  )('explain', ...args);

  expect(exitCode).toBe(2);
  expect(err).toContain(said);
});
