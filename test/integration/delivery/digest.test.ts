import { anEvent, aSubscription } from '../../world/make.ts';
import { aWorld } from '../../world/world.ts';

describe('a scheduled channel', () => {
  it('gets what arrived before the due time as one digest, and nothing before', async () => {
    const world = await aWorld({ startsAt: '2026-11-23T08:00:00Z' });
    const { id } = await world.subscribe(aSubscription());
    await world.receive([anEvent({ title: 'one' }), anEvent({ title: 'two' })]);

    await world.runUntil('2026-11-23T08:59:00Z');
    const before = world.posted.length;
    await world.runUntil('2026-11-23T09:01:00Z');

    expect(before).toBe(0);
    expect(world.posted).toMatchObject([{ subscriptionId: id, count: 2 }]);
    expect(new Set(world.posted[0]?.titles)).toEqual(new Set(['one', 'two']));
    expect(await world.waiting(id)).toEqual([]);
  });

  it('gets nothing when nothing came, and the next day what came since', async () => {
    const world = await aWorld();
    await world.subscribe(aSubscription());

    await world.runUntil('2026-11-23T10:00:00Z');
    await world.receive(anEvent());
    await world.runUntil('2026-11-24T09:01:00Z');

    expect(world.posted.map(({ count }) => count)).toEqual([1]);
  });

  it('is shown an event once, in however many messages it came', async () => {
    const world = await aWorld();
    await world.subscribe(aSubscription());
    const [one, two, three] = [anEvent(), anEvent(), anEvent()];

    await world.receive([one, two], 'same');
    await world.receive([one, two], 'same');
    await world.receive([two, three]);
    await world.runUntil('2026-11-23T09:01:00Z');
    await world.receive([three]);
    await world.runUntil('2026-11-24T09:01:00Z');

    expect(world.posted.map(({ count }) => count)).toEqual([3]);
  });

  it('keeps what did not fit one transaction in one digest', async () => {
    const world = await aWorld();
    const { id } = await world.subscribe(aSubscription());

    for (let page = 0; page < 230; page++) await world.receive(anEvent());
    await world.runUntil('2026-11-23T09:01:00Z');

    expect(world.posted.map(({ count }) => count)).toEqual([230]);
    expect(await world.waiting(id)).toEqual([]);
  });
});

describe('an immediate channel', () => {
  it('gets an event at once, and what comes within five seconds together', async () => {
    const world = await aWorld();
    await world.subscribe(aSubscription({ schedule: { every: 'now' } }));

    await world.receive(anEvent({ title: 'first' }));
    await world.drain();
    await world.receive(anEvent({ title: 'second' }));
    await world.receive(anEvent({ title: 'third' }));
    await world.drain();
    const soon = world.posted.length;
    world.clock.advance(5_000);
    await world.drain();

    expect(soon).toBe(1);
    expect(world.posted.map(({ titles }) => [...titles].sort())).toEqual([['first'], ['second', 'third']]);
  });
});

describe('an urgent event', () => {
  it('goes out at once alone, and is not repeated in the digest', async () => {
    const world = await aWorld();
    await world.subscribe(aSubscription({ urgentSeverity: 'critical' }));
    await world.receive(anEvent({ title: 'calm' }));

    await world.receive(anEvent({ title: 'fire', severity: 'critical' }));
    await world.drain();
    await world.runUntil('2026-11-23T09:01:00Z');

    expect(world.posted.map(({ titles }) => titles)).toEqual([['fire'], ['calm']]);
  });
});

describe('a delivery that fails', () => {
  it('is tried again later with the same bytes, and what came meanwhile goes to the next', async () => {
    const world = await aWorld();
    await world.subscribe(aSubscription({ schedule: { every: 'now' } }));
    world.answers.push({ is: 'answered', status: 500, body: '' });

    await world.receive(anEvent({ title: 'first' }));
    await world.drain();
    await world.receive(anEvent({ title: 'second' }));
    await world.drain();
    world.clock.advance(5_500);
    await world.drain();
    await world.runUntil('2026-11-23T08:01:00Z');

    expect(world.posted.map(({ titles }) => titles)).toEqual([['first'], ['first'], ['second']]);
    expect(world.posted[1]?.body).toBe(world.posted[0]?.body);
  });

  it('is returned when the webhook has gone, and everything comes in the probe that succeeds', async () => {
    const world = await aWorld();
    const { id, account } = await world.subscribe(aSubscription());
    world.answers.push({ is: 'answered', status: 404, body: '' });
    await world.receive([anEvent({ title: 'one' }), anEvent({ title: 'two' })]);

    await world.runUntil('2026-11-23T09:01:00Z');
    const row = await world.subscriptions.read({ account, id });
    const waiting = await world.waiting(id);
    await world.receive(anEvent({ title: 'three' }));
    await world.runUntil('2026-11-24T09:05:00Z');
    const mended = await world.subscriptions.read({ account, id });

    expect(row).toMatchObject({ subscription: { state: { is: 'disabled' } } });
    expect(waiting).toEqual(['one', 'two']);
    expect(world.posted.map(({ count }) => count)).toEqual([2, 3]);
    expect(mended).toMatchObject({ subscription: { state: { is: 'active' } } });
  });

  it('is drawn plain when the card is refused', async () => {
    const world = await aWorld();
    await world.subscribe(aSubscription());
    world.answers.push({ is: 'answered', status: 400, body: 'Bad payload' });
    await world.receive(anEvent());

    await world.runUntil('2026-11-23T09:01:00Z');

    expect(world.posted.map(({ style }) => style)).toEqual(['normal', 'plain']);
  });
});
