import { createInboxWriter, intoPages } from '../../../shared/events/inbox-writer.ts';
import { packEvent } from '../../../shared/events/pack-event.ts';
import { MAX_PAGE_BYTES, type PackedEvent } from '../../../shared/events/page.ts';
import { anEvent } from '../../world/make.ts';

const packed = (title: string) => packEvent(anEvent({ id: title, title }));
const titleOf = ({ json }: PackedEvent): string => JSON.parse(json).data.title;

/** An inbox whose writes end when the test says so. */
function aSlowInbox() {
  const writes: { titles: string[]; key: string; done: () => void; fail: () => void }[] = [];
  return {
    writes,
    insertPage: (_: string, key: string, __: string, events: readonly PackedEvent[]) =>
      new Promise<void>((done, reject) => {
        writes.push({ titles: events.map(titleOf), key, done, fail: () => reject(new Error('storage')) });
      }),
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('group commit', () => {
  it('writes the first at once, and what comes meanwhile together next', async () => {
    const inbox = aSlowInbox();
    const write = createInboxWriter({ inbox, clock: { now: () => 0 }, processId: 'p' });

    const a = write('sub_1', 'ordinary', [packed('a')]);
    await settled();
    const others = ['b', 'c'].map((title) => write('sub_1', 'ordinary', [packed(title)]));
    await settled();
    const first = inbox.writes.map(({ titles }) => titles);
    inbox.writes[0]?.done();
    await settled();
    inbox.writes[1]?.done();
    await Promise.all([a, ...others]);

    expect(first).toEqual([['a']]);
    expect(inbox.writes.map(({ titles }) => titles)).toEqual([['a'], ['b', 'c']]);
    expect(new Set(inbox.writes.map(({ key }) => key)).size).toBe(2);
  });

  it('writes together what comes in one turn, though no write is under way', async () => {
    const inbox = aSlowInbox();
    const write = createInboxWriter({ inbox, clock: { now: () => 0 }, processId: 'p' });

    for (const title of ['a', 'b', 'c']) void write('sub_1', 'ordinary', [packed(title)]);
    await settled();

    expect(inbox.writes.map(({ titles }) => titles)).toEqual([['a', 'b', 'c']]);
  });

  it('keeps channels and urgent events apart', async () => {
    const inbox = aSlowInbox();
    const write = createInboxWriter({ inbox, clock: { now: () => 0 }, processId: 'p' });

    void write('sub_1', 'ordinary', [packed('a')]);
    void write('sub_2', 'ordinary', [packed('b')]);
    void write('sub_1', 'urgent', [packed('c')]);
    await settled();

    expect(inbox.writes.map(({ titles }) => titles)).toEqual([['a'], ['b'], ['c']]);
  });

  it('tries a group that failed in halves, so that each fails for itself', async () => {
    const inbox = aSlowInbox();
    const write = createInboxWriter({ inbox, clock: { now: () => 0 }, processId: 'p' });

    const outcomes = Promise.allSettled(['a', 'b'].map((title) => write('sub_1', 'ordinary', [packed(title)])));
    await settled();
    inbox.writes[0]?.fail(); // a and b
    await settled();
    inbox.writes[1]?.fail(); // a
    await settled();
    inbox.writes[2]?.done(); // b

    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });

  it('goes on after a failure', async () => {
    const inbox = aSlowInbox();
    const write = createInboxWriter({ inbox, clock: { now: () => 0 }, processId: 'p' });

    const failed = write('sub_1', 'ordinary', [packed('a')]);
    await settled();
    inbox.writes[0]?.fail();
    await expect(failed).rejects.toThrow('storage');
    await settled();
    const next = write('sub_1', 'ordinary', [packed('b')]);
    await settled();
    inbox.writes[1]?.done();

    await expect(next).resolves.toBeUndefined();
  });

  it('cuts what does not fit one row, and keeps the order', () => {
    const events = Array.from({ length: 10 }, (_, n) =>
      packEvent(anEvent({ data: { title: `${n}`, text: 'x'.repeat(20_000) } })),
    );

    const pages = intoPages(events);

    expect(pages.flat().map(titleOf)).toEqual(events.map(titleOf));
    expect(
      Math.max(...pages.map((page) => Buffer.byteLength(`[${page.map(({ json }) => json).join(',')}]`))),
    ).toBeLessThanOrEqual(MAX_PAGE_BYTES);
  });
});
