import { packMessages } from '../../../../infra/local/emit/pack-messages.ts';
import { MAX_MESSAGE_BYTES } from '../../../../shared/events/pack-messages.ts';

it('puts so many events in a message, and the rest in the last', () => {
  const messages = packMessages([1, 2, 3, 4, 5], 2);

  expect(messages).toEqual(['[1,2]', '[3,4]', '5']);
});

it('makes no message of nothing', () => {
  const messages = packMessages([], 40);

  expect(messages).toEqual([]);
});

it('cuts between events where a message would be too large, counting bytes and not characters', () => {
  const events = Array.from({ length: 50 }, (_, id) => ({ id, text: 'ü'.repeat(5_000) }));

  const messages = packMessages(events, 1_000);

  expect(messages.flatMap((message) => JSON.parse(message))).toEqual(events);
  expect(Math.max(...messages.map((message) => Buffer.byteLength(message)))).toBeLessThanOrEqual(MAX_MESSAGE_BYTES);
  expect(messages).toHaveLength(9);
});

it.each([
  [MAX_MESSAGE_BYTES - 5, 1],
  [MAX_MESSAGE_BYTES - 4, undefined],
])('takes an event as large as a message and no larger: %d bytes between its quotes', (length, expected) => {
  const packing = () => packMessages(['x'.repeat(length)], 1).length;

  if (expected === undefined) expect(packing).toThrow('Event 1 is too large');
  else expect(packing()).toBe(expected);
});

it('writes what XML cannot carry as escapes', () => {
  const messages = packMessages([{ title: 'a\uFFFEb' }], 1);

  expect(messages).toEqual(['{"title":"a\\uFFFEb"}']);
});
