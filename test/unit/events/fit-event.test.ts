import fc from 'fast-check';
import type { Event } from '../../../shared/events/event.ts';
import { fitEvent } from '../../../shared/events/fit-event.ts';
import { MAX_EVENT_BYTES } from '../../../shared/events/page.ts';
import { anEvent } from '../../world/make.ts';

/** Characters of one to six bytes of JSON, as many as bring an event to each of its bounds. */
const text = fc
  .tuple(
    fc.constantFrom('a', '"', '\u0001', '€', '😀', '\ud800'),
    fc.constantFrom(0, 1, 199, 200, 201, 500, 501, 1_001),
  )
  .map(([char, times]) => char.repeat(times));
const long = fc.oneof(
  text,
  fc.integer({ min: 4_000, max: 20_000 }).map((times) => '\u0001'.repeat(times)),
);
const facts = fc.array(fc.record({ name: text, value: text }), { maxLength: 60 });
const event = fc
  .record({ id: long, tracestate: text, subject: text, title: text, text: long, group: text, facts, url: long })
  .map(({ id, tracestate, subject, ...data }) => ({ ...anEvent(), id, tracestate, subject, data }) as Event);

const bytes = (one: Event) => Buffer.byteLength(JSON.stringify(one));
const longest = (texts: readonly (string | undefined)[]) => Math.max(0, ...texts.map((one) => one?.length ?? 0));

it('an event that fits is what it was, and any other is made to fit, with its fields short enough to show', () => {
  fc.assert(
    fc.property(event, (given) => {
      const { subject, data } = given;
      const facts = data.facts ?? [];
      const isShort =
        longest([subject, data.group, ...facts.map(({ name }) => name)]) <= 200 &&
        longest([data.title]) <= 500 &&
        longest(facts.map(({ value }) => value)) <= 1_000;
      const fits = isShort && longest([data.text]) <= 8_000 && facts.length <= 50;

      const fitted = fitEvent(given);

      if (fits && bytes(given) <= MAX_EVENT_BYTES) expect(JSON.stringify(fitted)).toBe(JSON.stringify(given));
      else expect(JSON.stringify(fitted)).not.toBe(JSON.stringify(given));
      expect(longest([fitted.subject, fitted.data.group])).toBeLessThanOrEqual(200);
      // What identifies an event is never cut, so one with a very long id stays large.
      if (given.id.length < 4_000) expect(bytes(fitted)).toBeLessThanOrEqual(MAX_EVENT_BYTES);
    }),
    { numRuns: 200 },
  );
});
