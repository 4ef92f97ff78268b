/** `dead-letters`: looked at, given another try, removed. */

import { createDeadLettersTable } from '../../../shared/events/dead-letters-table.ts';
import type { Event } from '../../../shared/events/event.ts';
import { RETURN_WAITS_MS } from '../../../shared/events/poison.ts';
import { createPutBack } from '../../../shared/events/return-poison.ts';
import { silentTelemetry } from '../../../shared/platform/telemetry/telemetry.ts';
import { anEvent, aSubscription } from '../../world/make.ts';
import { aWorld, type World } from '../../world/world.ts';
import { makeQueues, opsOn, someStores } from './ops-world.ts';

async function aSystem(startsAt?: string) {
  const world = await aWorld(startsAt === undefined ? {} : { startsAt });
  await makeQueues(world.storage);
  return { world, ops: opsOn(someStores(world.storage, world.clock)) };
}

/** Makes a dead letter of a message as poison does after its day. */
async function dieAfterADay(world: World, events: readonly Event[], id = 'poisoned'): Promise<void> {
  const putBack = createPutBack({
    name: 'events',
    queue: world.storage.queue('events'),
    deadLetters: createDeadLettersTable(world.storage.table('deadletters')),
    telemetry: silentTelemetry,
  });
  const body = { returned: RETURN_WAITS_MS.length, id, insertedAt: world.clock.now(), message: events };
  await putBack({ body, id: 'another', insertedAt: world.clock.now() });
}

async function ids(ops: ReturnType<typeof opsOn>): Promise<string[]> {
  return JSON.parse((await ops('dead-letters', 'list', '--json')).out).map(({ id }: { id: string }) => id);
}

describe('dead-letters list and show', () => {
  it('name each with its reason and payload', async () => {
    const { world, ops } = await aSystem();
    await world.receive([anEvent(), { ...anEvent({ title: 'bad' }), severity: 'awful' }]);
    await world.receive('not json');

    const list = await ops('dead-letters', 'list');
    const only = await ops('dead-letters', 'list', '--because', 'invalid', '--json');
    const [{ id }] = JSON.parse(only.out);
    const show = await ops('dead-letters', 'show', id);

    expect(list.exitCode).toBe(0);
    expect(list.out).toMatch(/ID +PUT AT +QUEUE +BECAUSE +REASON/);
    expect(list.out).toMatch(/events +invalid +severity: /);
    expect(list.out).toMatch(/events +not-json +The message is neither JSON/);
    expect(show.out).toMatch(/"severity": "awful"/);
  });

  it('say that there are none, and that an id is unknown', async () => {
    const { ops } = await aSystem();

    expect(await ops('dead-letters', 'list')).toMatchObject({ out: 'No dead letters.\n', exitCode: 0 });
    expect(await ops('dead-letters', 'show', '2026-11-21.abcdef')).toMatchObject({
      err: expect.stringContaining('There is no dead letter'),
      exitCode: 2,
    });
  });

  it('show foreign text without what would move the cursor of a terminal', async () => {
    const { world, ops } = await aSystem();
    await world.receive('\u001b[2Jgone');

    const [id = ''] = await ids(ops);
    const { out } = await ops('dead-letters', 'show', id);

    expect(out).toContain('\uFFFD[2Jgone');
    expect(out).not.toContain('\u001b');
  });

  it('keep the whole of a message that fills the queue’s 64 KiB', async () => {
    const { world, ops } = await aSystem();
    const events = [
      anEvent({ title: 'first' }),
      anEvent({ data: { title: 'long', text: 'x'.repeat(63_000) } } as never),
    ];
    await dieAfterADay(world, events);

    const [id = ''] = await ids(ops);
    const { payload } = JSON.parse((await ops('dead-letters', 'show', id, '--json')).out);

    expect(JSON.parse(payload)).toEqual(events);
  });
});

describe('dead-letters replay', () => {
  it('stores what no channel has, once, however often it is run', async () => {
    const { world, ops } = await aSystem();
    const { id: channel } = await world.subscribe(aSubscription());
    const events = [anEvent({ title: 'one' }), anEvent({ title: 'two' })];
    await dieAfterADay(world, events);

    const first = await ops('dead-letters', 'replay', '--all');
    await dieAfterADay(world, events);
    const second = await ops('dead-letters', 'replay', '--all');

    expect(first.out).toContain('taken: 2 stored for a channel\n');
    expect(second.out).toContain('taken: 0 stored for a channel, 2 known to its channel, left out\n');
    expect(await world.waiting(channel)).toEqual(['one', 'two']);
    expect(await ids(ops)).toEqual([]);
  });

  it('leaves out what a channel was shown weeks ago, and gives it to the one that was not', async () => {
    const { world, ops } = await aSystem();
    const shown = await world.subscribe(aSubscription());
    const event = anEvent({ title: 'only once' });
    await world.receive(event);
    await world.runUntil('2026-12-20T10:00:00Z');
    const late = await world.subscribe(aSubscription());
    await dieAfterADay(world, [event]);

    const { out } = await ops('dead-letters', 'replay', '--all');
    await world.runUntil('2026-12-21T10:00:00Z');

    expect(out).toContain('1 stored for a channel, 1 known to its channel, left out');
    expect(world.posted.map(({ subscriptionId }) => subscriptionId)).toEqual([shown.id, late.id]);
  });

  it('wakes a channel that is told at once', async () => {
    const { world, ops } = await aSystem();
    await world.subscribe(aSubscription({ schedule: { every: 'now' } }));
    await dieAfterADay(world, [anEvent({ title: 'at last' })]);

    await ops('dead-letters', 'replay', '--all');
    const jobs = await world.storage.queue('digests').peekMessages();

    expect(jobs.peekedMessageItems.map(({ messageText }) => JSON.parse(messageText).why)).toEqual(['look']);
  });

  it('asks first where nobody can know any more what was shown', async () => {
    const { world, ops } = await aSystem('2026-08-01T08:00:00Z');
    const { id: channel } = await world.subscribe(aSubscription());
    await dieAfterADay(world, [anEvent()]);
    world.clock.advance(91 * 24 * 3_600_000);

    const asked = await ops('dead-letters', 'replay', '--all');
    const waitingBefore = await world.waiting(channel);
    const meant = await ops('dead-letters', 'replay', '--all', '--yes');

    expect(asked).toMatchObject({ exitCode: 2, err: expect.stringContaining('can be shown again') });
    expect(waitingBefore).toEqual([]);
    expect(meant.exitCode).toBe(0);
    expect(await world.waiting(channel)).toHaveLength(1);
  });

  it('leaves what is refused again, and ends with 1', async () => {
    const { world, ops } = await aSystem();
    await world.receive({ ...anEvent(), severity: 'awful' });

    const { out, exitCode } = await ops('dead-letters', 'replay', '--all');

    expect(exitCode).toBe(1);
    expect(out).toMatch(/refused again, and still there: severity: /);
    expect(await ids(ops)).toHaveLength(1);
  });
});

describe('dead-letters drop', () => {
  it('asks, and removes what was chosen', async () => {
    const { world, ops } = await aSystem();
    await world.receive('one');
    await world.receive('two');
    const [id = ''] = await ids(ops);
    const asks = (answer: string) => opsOn(someStores(world.storage, world.clock), { ask: async () => answer });

    const unasked = await ops('dead-letters', 'drop', id);
    const refused = await asks('no')('dead-letters', 'drop', id);
    const left = await ids(ops);
    const done = await asks('yes')('dead-letters', 'drop', id);

    expect([unasked.exitCode, refused.exitCode, done.exitCode]).toEqual([2, 2, 0]);
    expect(unasked.err).toContain('add --yes');
    expect(left).toHaveLength(2);
    expect(await ids(ops)).toHaveLength(1);
  });

  it('wants to be told which', async () => {
    const { ops } = await aSystem();

    expect(await ops('dead-letters', 'drop', '--yes')).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('Which ones?'),
    });
  });
});
