/** Events that come again, and digests that go out again: what is shown once, and what is the same bytes (promises 2 and 3). */
import { createDigestLinks } from '../../../shared/cards/digest-links.ts';
import { renderCard } from '../../../shared/cards/render-card.ts';
import type { DrawCard } from '../../../shared/delivery/delivery-deps.ts';
import { packEvent } from '../../../shared/events/pack-event.ts';
import { pageKey } from '../../../shared/events/page.ts';
import { createSignedTokens } from '../../../shared/identity/signed-token.ts';
import type { Key } from '../../../shared/platform/key-ring.ts';
import { currentKey } from '../../../shared/platform/key-ring.ts';
import { anEvent, aSubscription } from '../../world/make.ts';
import { aWorld, type World } from '../../world/world.ts';

const HOUR = 3_600_000;
const daily = { schedule: { every: 'day', at: '09:00', timeZone: 'UTC' } } as const;
const titlesOf = ({ posted }: World) => posted.map(({ titles }) => [...titles].sort());

describe('an event that comes again', () => {
  it.each([
    ['at once', { every: 'now' } as const],
    ['daily', daily.schedule],
  ])('in a message that is delivered five times is shown once to a channel told %s', async (_, schedule) => {
    const world = await aWorld();
    const { id } = await world.subscribe(aSubscription({ schedule }));
    const message = [anEvent({ title: 'one' }), anEvent({ title: 'two' })];

    for (let time = 0; time < 5; time++) {
      await world.receive(message, 'the same message');
      await world.runUntil(new Date(world.clock.now() + 20 * 60_000).toISOString());
    }
    await world.runUntil('2026-11-24T09:01:00Z');

    expect(titlesOf(world)).toEqual([['one', 'two']]);
    expect(await world.waiting(id)).toEqual([]);
  });

  it('in two messages that are cut differently is shown once, whichever digest each falls into', async () => {
    const world = await aWorld();
    await world.subscribe(aSubscription(daily));
    const [one, two, three, four] = ['one', 'two', 'three', 'four'].map((title) => anEvent({ title }));

    await world.receive([one, two]);
    await world.receive([two, three]);
    await world.runUntil('2026-11-23T09:01:00Z');
    await world.receive([one, four]);
    await world.receive([four, three]);
    await world.runUntil('2026-11-24T09:01:00Z');

    expect(titlesOf(world)).toEqual([['one', 'three', 'two'], ['four']]);
  });

  it.each([
    [23, [['build']]],
    [25, [['build'], ['build']]],
  ])('%i hours after it was shown: %j', async (hours, cards) => {
    const world = await aWorld();
    await world.subscribe(aSubscription({ schedule: { every: 'now' } }));
    const event = anEvent({ title: 'build' });

    await world.receive(event);
    await world.drain();
    world.clock.advance(hours * HOUR);
    await world.receive(event);
    await world.drain();

    expect(titlesOf(world)).toEqual(cards);
  });
});

describe('a digest that goes out again', () => {
  it('is the same bytes, whatever its owner, the signing key and the clock did since', async () => {
    const keys: Key[] = [{ id: 'first', bytes: new Uint8Array(32).fill(1), createdAt: 0 }];
    const world = await aWorld({ deps: { drawCard: realCard(keys) } });
    const subscription = await world.subscribe(aSubscription(daily));
    world.answers.push({ is: 'answered', status: 500, body: '' });
    await world.receive([anEvent({ title: 'one' }), anEvent({ title: 'two' })]);

    await world.runUntil('2026-11-23T09:00:02Z');
    keys.push({ id: 'second', bytes: new Uint8Array(32).fill(2), createdAt: world.clock.now() });
    const row = await world.subscriptions.read(subscription);
    const moved = { every: 'day', at: '10:00', timeZone: 'Asia/Tokyo' } as const;
    await world.subscriptions.replace({ ...subscription, locale: 'de', schedule: moved }, row?.etag ?? '');
    await world.receive(anEvent({ title: 'three' }));
    await world.runUntil('2026-11-23T09:10:00Z');

    expect(world.posted).toHaveLength(2);
    expect(world.posted[1]?.body).toBe(world.posted[0]?.body);
    expect(world.posted[0]?.body).toContain('one');
  });

  it('that was returned after a 404 comes in the next one, every event of it, with what came since', async () => {
    const world = await aWorld();
    const { id } = await world.subscribe(aSubscription(daily));
    world.answers.push({ is: 'answered', status: 404, body: '' });
    const [one, two] = [anEvent({ title: 'one' }), anEvent({ title: 'two' })];
    await world.receive(one);
    await world.receive([two, anEvent({ title: 'three' })]);

    await world.runUntil('2026-11-23T09:01:00Z');
    const waiting = await world.waiting(id);
    await world.receive([one, anEvent({ title: 'four' })]); // sent again by the product meanwhile
    await world.runUntil('2026-11-24T09:05:00Z');

    expect([...waiting].sort()).toEqual(['one', 'three', 'two']);
    expect(titlesOf(world)).toEqual([
      ['one', 'three', 'two'],
      ['four', 'one', 'three', 'two'],
    ]);
    expect(await world.waiting(id)).toEqual([]);
  });
});

describe('a page whose write lands nine minutes late', () => {
  it.each([
    ['a daily channel', daily, '2026-11-24T09:01:00Z'],
    ['an hourly channel', { schedule: { every: 'hour', minute: 0, timeZone: 'UTC' } } as const, '2026-11-23T10:01:00Z'],
  ])('is in the next digest of %s', async (_, choices, next) => {
    const world = await aWorld({ startsAt: '2026-11-23T08:30:00Z' });
    const { id } = await world.subscribe(aSubscription(choices));
    await world.receive(anEvent({ title: 'in time' }));
    await world.runUntil('2026-11-23T09:01:00Z');

    const begun = Date.parse('2026-11-23T08:52:00Z');
    await world.deps.inbox.insertPage(id, pageKey(begun, 'slow', 1), 'ordinary', [
      packEvent(anEvent({ title: 'late' })),
    ]);
    await world.runUntil(next);

    expect(titlesOf(world)).toEqual([['in time'], ['late']]);
    expect(await world.waiting(id)).toEqual([]);
  });
});

/** Cards as the app draws them, links that a key signs among them. */
function realCard(keys: readonly Key[]): DrawCard {
  let now = 0;
  const ring = {
    current: () => currentKey(keys, now) ?? never(),
    find: (id: string) => keys.find((key) => key.id === id),
    all: () => keys.toReversed(),
  };
  const links = createDigestLinks(createSignedTokens({ keys: ring, now: () => now }), 'https://tidings.example');
  return async (summary, digest, { account, target }) => {
    now = digest.frozenAt + HOUR; // any new version has settled by now
    return renderCard({
      summary,
      kind: target.kind,
      locale: digest.locale,
      timeZone: digest.timeZone,
      brand: { name: 'Acme', colour: '#0a84ff', logo: 'https://acme.example/logo.png' },
      topicName: (type) => type,
      links: await links.linksTo({ digest: summary.digestId, account }, digest.frozenAt),
      budgetBytes: digest.card.budgetBytes,
      style: digest.card.style,
    });
  };
}

function never(): never {
  throw new Error('there is a key');
}
