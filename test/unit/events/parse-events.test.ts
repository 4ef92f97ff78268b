import { MAX_EVENT_BYTES } from '../../../shared/events/page.ts';
import { parseMessage } from '../../../shared/events/parse-events.ts';
import { anEvent } from '../../world/make.ts';

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');

describe('a message of events', () => {
  it.each([
    ['one event, parsed by the host', (event: object) => event],
    ['an array, parsed by the host', (event: object) => [event]],
    ['text', (event: object) => JSON.stringify(event)],
    ['base64', (event: object) => base64(event)],
    ['base64 of an array, with line ends', (event: object) => base64([event]).replace(/(.{60})/g, '$1\n')],
  ])('is read when it is %s', (_, wrap) => {
    const event = anEvent();

    const { events, faults } = parseMessage(wrap(event));

    expect(events).toMatchObject([{ id: event.id, source: event.source, severity: 'info' }]);
    expect(faults).toEqual([]);
  });

  it('gives the good events beside the bad ones, each fault with its place and reason', () => {
    const good = anEvent();
    const { id: _, ...nameless } = anEvent();

    const { events, faults } = parseMessage([nameless, good, { ...anEvent(), severity: 'awful' }, 7]);

    expect(events.map(({ id }) => id)).toEqual([good.id]);
    expect(faults.map(({ position }) => position)).toEqual([0, 2, 3]);
    expect(faults.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('id: '),
      expect.stringContaining('severity: '),
      expect.stringContaining('event: '),
    ]);
    expect(faults[0]?.payload).toBe(JSON.stringify(nameless));
  });

  it.each([
    ['garbage', 'not json'],
    ['garbage that looks like base64', 'AAAA'],
    ['null', null],
    ['a number', 12],
    ['an empty text', ''],
  ])('is one fault when it is %s', (_, body) => {
    const { events, faults } = parseMessage(body);

    expect(events).toEqual([]);
    expect(faults).toHaveLength(1);
    expect(faults[0]?.reason).not.toBe('');
  });

  it('cuts an event that is too large, and marks it', () => {
    const event = anEvent({
      data: { title: 'T'.repeat(2_000), text: 'ü'.repeat(40_000), card: { sections: 'x'.repeat(60_000) } },
    });

    const [cut] = parseMessage(event).events;

    expect(Buffer.byteLength(JSON.stringify(cut))).toBeLessThanOrEqual(MAX_EVENT_BYTES);
    expect(cut?.data.cut).toBe(true);
    expect(cut?.data.card).toBeUndefined();
    expect(cut?.data.title).toMatch(/^T{499}…$/);
  });

  it('only shortens what is too long to show', () => {
    const [event] = parseMessage(anEvent({ data: { title: `${'a'.repeat(498)}😀😀`, text: 'short' } })).events;

    expect(event?.data).toEqual({ title: `${'a'.repeat(498)}…`, text: 'short' });
  });

  it.each(['javascript:alert(1)', 'ftp://example.com', '//example.com', 'not a url'])(
    'refuses %s as an address',
    (url) => {
      const { faults } = parseMessage(anEvent({ data: { title: 'x', url } }));

      expect(faults[0]?.reason).toContain('data.url');
    },
  );
});
