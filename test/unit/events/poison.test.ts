import { parseMessage } from '../../../shared/events/parse-events.ts';
import { RETURN_WAITS_MS, returnPoison, unwrapReturned } from '../../../shared/events/poison.ts';
import { anEvent } from '../../world/make.ts';

const aMessage = (body: unknown) => ({ body, id: 'm1', insertedAt: 1_000 });

/** The message as it comes back, under an id of its own. */
const again = (text: string) => ({ body: JSON.parse(text) as unknown, id: 'another', insertedAt: 2_000 });

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
});
