import { parseMessage } from '../../../shared/events/parse-events.ts';
import { RETURN_WAITS_MS, returnPoison, unwrapReturned } from '../../../shared/events/poison.ts';
import { anEvent } from '../../world/make.ts';

const aMessage = (body: unknown) => ({ body, id: 'm1', insertedAt: 1_000 });

/** The message as it comes back, under an id of its own. */
const again = (text: string) => ({ body: JSON.parse(text) as unknown, id: 'another', insertedAt: 2_000 });

/** Events whose JSON is as many bytes as base64 can make 65,536 of: with its wrapping that is too much for a message. */
function fillingBase64(count: number): string {
  const events = Array.from({ length: count }, (_, n) => anEvent({ id: String(n), data: { title: 'x', text: '' } }));
  const missing = 49_152 - JSON.stringify(count === 1 ? events[0] : events).length;
  const [first, ...rest] = events.map((event) => ({
    ...event,
    data: { ...event.data, text: 'y'.repeat(missing / count) },
  }));
  const text = JSON.stringify(count === 1 ? first : [first, ...rest]);
  return Buffer.from(text.padEnd(49_152)).toString('base64');
}

/** As it is read when it comes back: a message that is not JSON stays text. */
function bodyOf(text: string): unknown {
  try {
    return unwrapReturned(again(text)).body;
  } catch {
    return text;
  }
}

describe('a poison message', () => {
  it('goes back for 24 hours in all, then no more', () => {
    let message = aMessage([anEvent()]);
    let waited = 0;
    let rounds = 0;
    for (let back = returnPoison(message); back !== undefined; back = returnPoison(message)) {
      waited += back.hiddenForMs;
      rounds += 1;
      message = again(back.bodies[0] ?? '');
    }

    expect(waited).toBe(24 * 3_600_000);
    expect(rounds).toBe(RETURN_WAITS_MS.length);
  });

  it('is known by its first id and time when it comes back, so that its dead letters are the same ones', () => {
    const event = anEvent();
    const once = returnPoison(aMessage(event));
    const twice = returnPoison(again(once?.bodies[0] ?? ''));

    const back = unwrapReturned(again(twice?.bodies[0] ?? ''));

    expect(back).toEqual({ body: event, id: 'm1', insertedAt: 1_000, times: 2 });
  });

  it('is itself when it never came back', () => {
    expect(unwrapReturned(aMessage('text'))).toEqual({ body: 'text', id: 'm1', insertedAt: 1_000, times: 0 });
  });

  it('goes back in parts that fit a message, and loses no event', () => {
    const events = Array.from({ length: 64 }, (_, n) => anEvent({ id: String(n), data: { title: 'x'.repeat(1_000) } }));

    const { bodies = [] } = returnPoison(aMessage(events)) ?? {};
    const parts = bodies.map((body) => unwrapReturned(again(body)));

    expect(bodies.length).toBeGreaterThan(1);
    expect(Math.max(...bodies.map((body) => Buffer.byteLength(body)))).toBeLessThanOrEqual(64 * 1024);
    expect(parts.flatMap(({ body }) => parseMessage(body).events.map(({ id }) => id))).toEqual(
      events.map(({ id }) => id),
    );
    expect(new Set(parts.map(({ id }) => id)).size).toBe(parts.length);
  });

  it.each<[string, unknown, number]>([
    ['base64', fillingBase64(40), 40],
    ['one event', anEvent({ data: { title: 'long', text: 'x'.repeat(65_330) } }), 1],
    ['base64 of one event', fillingBase64(1), 1],
    ['text that is nothing', '~'.repeat(65_536), 0],
  ])('comes back within a message’s size where it filled one before: %s', (_, body, count) => {
    const { bodies = [] } = returnPoison(aMessage(body)) ?? {};

    expect(Math.max(...bodies.map((text) => Buffer.byteLength(text)))).toBeLessThanOrEqual(64 * 1024);
    expect(bodies.flatMap((text) => parseMessage(bodyOf(text)).events)).toHaveLength(count);
    expect(bodies.filter((text) => text.startsWith('{"returned":1,'))).toHaveLength(count === 0 ? 0 : bodies.length);
  });
});
