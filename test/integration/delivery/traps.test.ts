/** Traps of the platform that were tried or reported, each sprung on the real tables. */
import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { createInboxTable } from '../../../shared/events/inbox-table.ts';
import { packEvent } from '../../../shared/events/pack-event.ts';
import { pageKey } from '../../../shared/events/page.ts';
import { anEvent, aSubscription } from '../../world/make.ts';
import { freshStorage } from '../../world/storage.ts';
import { aWorld } from '../../world/world.ts';

/** Does every write, then loses its answer, once each: the SDK tries again and meets what it wrote. */
function losesAnswers(): PipelinePolicy & { lost: number } {
  const seen = new Set<string>();
  const policy = {
    name: 'loses-answers',
    lost: 0,
    sendRequest: async (
      request: Parameters<PipelinePolicy['sendRequest']>[0],
      next: Parameters<PipelinePolicy['sendRequest']>[1],
    ) => {
      const response = await next(request);
      const key = `${request.requestId}`;
      if (request.method === 'GET' || response.status >= 300 || seen.has(key)) return response;
      seen.add(key);
      policy.lost += 1;
      throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET', name: 'RestError' });
    },
  };
  return policy;
}

describe('the traps', () => {
  it('the SDK’s own retry meets our own write: nothing is lost, nothing repeated', async () => {
    const policy = losesAnswers();
    const storage = await freshStorage({
      tableOptions: {
        additionalPolicies: [{ policy, position: 'perRetry' }],
        retryOptions: { maxRetries: 4, retryDelayInMs: 1, maxRetryDelayInMs: 2 },
      },
    });
    const world = await aWorld({ storage });
    const { id } = await world.subscribe(aSubscription());

    await world.receive([anEvent({ title: 'one' }), anEvent({ title: 'two' })]);
    await world.runUntil('2026-11-23T09:01:00Z');
    await world.receive(anEvent({ title: 'three' }));
    await world.runUntil('2026-11-24T09:01:00Z');

    expect(policy.lost).toBeGreaterThan(8);
    expect(world.posted.map(({ titles }) => [...titles].sort())).toEqual([['one', 'two'], ['three']]);
    expect(await world.waiting(id)).toEqual([]);
  });

  it('a page of more than 32 Ki characters is stored and read whole', async () => {
    const inbox = createInboxTable((await freshStorage()).table('inbox'));
    const events = Array.from({ length: 3 }, (_, n) => anEvent({ data: { title: `${n}`, text: 'ü'.repeat(8_000) } }));

    await inbox.insertPage('sub_1', pageKey(1, 'p', 1), 'ordinary', events.map(packEvent));
    const pages = [];
    for await (const page of inbox.listPages({ subscriptionId: 'sub_1', from: 0 })) pages.push(page);

    expect(JSON.parse(Buffer.from(pages[0]?.json ?? []).toString('utf8'))).toEqual(events);
  });

  it('an account may hold what a key may not', async () => {
    const world = await aWorld();
    const account = '/acme#1?\\ü%';
    await world.subscribe(aSubscription({ account }));
    await world.subscribe(aSubscription({ account: '=2Facme' }));

    await world.receive(anEvent({ account }));
    await world.runUntil('2026-11-23T09:01:00Z');

    expect(world.posted).toHaveLength(1);
  });

  it('a page that lands late, with a key older than the last freeze, is in the next digest', async () => {
    const world = await aWorld();
    const { id } = await world.subscribe(aSubscription());
    const begun = Date.parse('2026-11-23T08:52:00Z'); // its write began then, and lands nine minutes later
    await world.receive(anEvent({ title: 'in time' }));
    await world.runUntil('2026-11-23T09:01:00Z');

    const inbox = createInboxTable(world.storage.table('inbox'));
    await inbox.insertPage(id, pageKey(begun, 'slow', 1), 'ordinary', [packEvent(anEvent({ title: 'late' }))]);
    await world.runUntil('2026-11-24T09:01:00Z');

    expect(world.posted.map(({ titles }) => titles)).toEqual([['in time'], ['late']]);
  });

  it('the identities of a returned digest do not count', async () => {
    const world = await aWorld();
    const { id } = await world.subscribe(aSubscription());
    world.answers.push({ is: 'answered', status: 410, body: '' });
    const event = anEvent({ title: 'once' });

    await world.receive(event);
    await world.runUntil('2026-11-23T09:01:00Z');
    await world.receive(event, 'again');
    await world.runUntil('2026-11-24T09:05:00Z');

    expect(world.posted.map(({ titles }) => titles)).toEqual([['once'], ['once']]);
    expect(await world.waiting(id)).toEqual([]);
  });
});
