/** Events from a message to pages and dead letters, on real tables. */
import { anEvent, aSubscription } from '../../world/make.ts';
import { aWorld, type World } from '../../world/world.ts';

async function deadLettersOf(world: World): Promise<{ reason: string; payload: string; day: string }[]> {
  const rows = [];
  for await (const row of world.storage.table('deadletters').listEntities<{ reason: string; payload: Uint8Array }>()) {
    rows.push({
      reason: row.reason,
      payload: Buffer.from(row.payload).toString('utf8'),
      day: String(row.partitionKey),
    });
  }
  return rows;
}

describe('receiving', () => {
  it('makes one dead letter of what cannot be read, however often the message is seen, and lets the good through', async () => {
    const world = await aWorld();
    const { id } = await world.subscribe(aSubscription());
    const message = [anEvent({ title: 'good' }), { ...anEvent(), severity: 'awful' }, 'no event'];

    for (let seen = 0; seen < 3; seen++) {
      await world.receive(message, 'one message');
      world.clock.advance(60_000);
    }

    const dead = await deadLettersOf(world);
    expect(dead.map(({ payload }) => payload).sort()).toEqual(
      [JSON.stringify('no event'), JSON.stringify(message[1])].sort(),
    );
    expect(dead.every(({ reason, day }) => reason !== '' && day === '2026-11-23')).toBe(true);
    expect(new Set(await world.waiting(id))).toEqual(new Set(['good']));
  });

  it('stores one page for a message of many events', async () => {
    const world = await aWorld();
    await world.subscribe(aSubscription());

    await world.receive(Array.from({ length: 40 }, () => anEvent()));

    const pages = [];
    for await (const row of world.storage.table('inbox').listEntities<{ count: number }>()) pages.push(row.count);
    expect(pages).toEqual([40]);
  });

  it('gives each channel of the account what it chose, and others nothing', async () => {
    const world = await aWorld();
    const all = await world.subscribe(aSubscription());
    const errors = await world.subscribe(aSubscription({ minSeverity: 'error' }));
    const other = await world.subscribe(aSubscription({ account: 'other' }));

    await world.receive([anEvent({ title: 'calm' }), anEvent({ title: 'bad', severity: 'error' })]);

    expect(await Promise.all([all, errors, other].map(({ id }) => world.waiting(id)))).toEqual([
      ['calm', 'bad'],
      ['bad'],
      [],
    ]);
  });

  it('keeps what comes while paused, unless its owner drops it', async () => {
    const world = await aWorld();
    const kept = await world.subscribe(aSubscription({ state: { is: 'paused', arriving: 'keep' } }));
    const dropped = await world.subscribe(aSubscription({ state: { is: 'paused', arriving: 'drop' } }));

    await world.receive(anEvent({ title: 'news' }));

    expect(await Promise.all([kept, dropped].map(({ id }) => world.waiting(id)))).toEqual([['news'], []]);
  });

  it('wakes only after the page is stored, and not at all when it is not', async () => {
    const world = await aWorld();
    await world.subscribe(aSubscription({ schedule: { every: 'now' } }));
    await world.storage.table('inbox').deleteTable();

    await expect(world.receive(anEvent())).rejects.toThrow();

    expect(world.queue.messages).toEqual([]);
  });

  it('gives nothing to a removed subscription', async () => {
    const world = await aWorld();
    const { id, account } = await world.subscribe(aSubscription());
    await world.subscriptions.bury({ id, account, removedAt: world.clock.now() });

    await world.receive(anEvent());

    expect(await world.waiting(id)).toEqual([]);
  });
});
