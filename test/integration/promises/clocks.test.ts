/** Clocks of processes that differ, and work that is taken over late. */
import { NEW_HEAD } from '../../../shared/digests/head.ts';
import { packEvent } from '../../../shared/events/pack-event.ts';
import { pageKey } from '../../../shared/events/page.ts';
import { SPREAD_MS } from '../../../shared/schedules/due-row.ts';
import { judge } from '../../faults/judge.ts';
import { handleShown, liveOn } from '../../faults/life.ts';
import { aSystem } from '../../faults/system.ts';
import { createWire } from '../../faults/wire.ts';
import { anEvent, aSubscription } from '../../world/make.ts';

const HOUR = 3_600_000;

describe('a process whose clock is a minute behind', () => {
  it('does not rely on a hidden job that has been and gone', async () => {
    const system = await aSystem();
    const [right, slow] = [await system.start(), await system.start(createWire(), -59_000)];
    const { id } = await system.subscribe(aSubscription({ schedule: { every: 'now' } }));
    const posted = system.clock.realNow();
    await system.heads.write(id, { ...NEW_HEAD, slots: [posted, posted, posted, posted] }, undefined); // no room for 1 s, and for what clocks may differ

    await system.emit(anEvent({ title: 'hides, and goes out when there is room' }));
    await handleShown(system, right.handle);
    system.clock.advance(61_050);
    await handleShown(system, right.handle);
    await system.emit(anEvent({ title: 'comes to the slow one' }));
    await handleShown(system, slow.handle);
    await liveOn(system, right, { until: '2026-11-23T08:05:00Z' });

    expect(await judge(system, { uncertain: 0 })).toEqual([]);
    expect(system.cards).toHaveLength(2);
  });
});

describe('a freeze that is taken over a day later', () => {
  it('leaves what came since to the next digest, so that it is known again for a day', async () => {
    const system = await aSystem();
    const { id } = await system.subscribe(aSubscription());
    const pages = Array.from({ length: 120 }, (_, page) => anEvent({ title: `page ${page}` }));
    system.sent.push(...pages);
    for (const [page, event] of pages.entries())
      await system.inbox.insertPage(id, pageKey(system.clock.now(), 'many', page), 'ordinary', [packEvent(event)]);
    system.clock.advance(HOUR);
    const worker = await system.start();
    await worker.dispatch();
    system.clock.advance(SPREAD_MS);
    const wire = createWire({ at: 'POST /$batch', fault: 'after' });
    const message = system.host.shown();
    if (message === undefined) throw new Error('the job is there');
    await Promise.race([system.host.run(message, (await system.start(wire)).handle), wire.died]);

    const late = anEvent({ title: 'late' });
    system.clock.advance(25 * HOUR);
    await system.emit(late);
    const events = system.host.messages.find(({ queue }) => queue === 'events');
    if (events === undefined) throw new Error('the event is there');
    await system.host.run(events, worker.handle);
    system.clock.advance(5 * HOUR);
    await liveOn(system, worker, { until: '2026-11-25T08:30:00Z' });
    await system.host.put('events', JSON.stringify(late)); // 22 h after it came first
    await liveOn(system, worker, { until: '2026-11-26T10:00:00Z' });

    expect(await judge(system, { uncertain: 0 })).toEqual([]);
    expect(system.cards.map(({ count }) => count)).toEqual([120, 1]);
  });
});
