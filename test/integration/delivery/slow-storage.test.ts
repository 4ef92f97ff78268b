/** A lease that runs out while storage takes its time (protocol rule 7). */
import { createHeadTable, type HeadTable } from '../../../shared/digests/head-table.ts';
import { anEvent, aSubscription } from '../../world/make.ts';
import { createManualClock } from '../../world/manual-clock.ts';
import { freshStorage } from '../../world/storage.ts';
import { aWorld, DELIVERED } from '../../world/world.ts';

describe('a worker whose writes take minutes', () => {
  it.each([
    ['at once when they are quick', []],
    ['after a longer lease when the first was slow', [130_000]],
    ['after one longer still when that was slow too', [130_000, 170_000]],
  ])('posts with a minute of lease left: %s', async (_, waits) => {
    const clock = createManualClock('2026-11-23T08:00:00Z');
    const storage = await freshStorage();
    const heads = createHeadTable(storage.table('inbox'));
    const left = [...waits];
    const slow: HeadTable = {
      ...heads,
      async write(...args) {
        const written = await heads.write(...args);
        clock.advance(left.shift() ?? 0);
        return written;
      },
    };
    const world = await aWorld({ storage, clock, deps: { heads: slow } });
    const { id } = await world.subscribe(aSubscription({ schedule: { every: 'now' } }));
    let leaseLeft = 0;
    world.answers.push(async () => {
      leaseLeft = ((await heads.read(id)).head.lease?.ends ?? 0) - clock.realNow();
      return DELIVERED;
    });

    await world.receive(anEvent());
    await world.drain();

    expect(world.posted).toHaveLength(1);
    expect(leaseLeft).toBeGreaterThanOrEqual(60_000);
  });
});
