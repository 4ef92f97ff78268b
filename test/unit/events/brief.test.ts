import fc from 'fast-check';
import { briefOf, briefsOf, type EventBrief, wholeOf } from '../../../shared/events/brief.ts';
import { type Event, eventSchema } from '../../../shared/events/event.ts';
import { fitEvent } from '../../../shared/events/fit-event.ts';
import { packEvent } from '../../../shared/events/pack-event.ts';
import { eventsOf } from '../../../shared/events/page.ts';
import { anEvent } from '../../world/make.ts';

/** What could pass for a part of an event, beside any text. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '","type":"',
    '{"specversion":"1.0","id":"',
    ',{"specversion":"1.0","id":"x',
    '\\',
    '\\"',
    '"}]',
    '\ud800',
    '😀',
  ),
);
const some = text.map((one) => `x${one}`);
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const time = maybe(fc.constantFrom('2026-11-21T09:00:00Z', '2026-11-21T09:00:00.125+02:00'));
const address = maybe(fc.constantFrom('https://builds.example/812?a="b"', 'http://x.example/\\'));
const card = maybe(
  fc.oneof(fc.dictionary(text, fc.jsonValue()), fc.constant({ list: [1, JSON.parse(packEvent(anEvent()).json)] })),
);
const data = fc.record({
  title: some,
  text: maybe(text),
  url: address,
  group: maybe(text),
  facts: maybe(fc.array(fc.record({ name: text, value: fc.oneof(text, fc.boolean()) }), { maxLength: 3 })),
  image: address,
  actions: maybe(fc.array(fc.record({ id: fc.constant('a'), title: some }), { maxLength: 2 })),
  card,
});
const attributes = fc.record({
  id: some,
  source: some,
  type: some,
  time,
  subject: maybe(text),
  account: some,
  scope: maybe(some),
  severity: maybe(fc.constantFrom('info', 'warning', 'error', 'critical')),
  traceparent: maybe(fc.constantFrom('00-ab-cd-01', '"')),
  tracestate: maybe(fc.constantFrom('a=1,b=2', '"')),
  data,
});
const event = attributes.map((given) => fitEvent(eventSchema.parse({ specversion: '1.0', ...withoutHoles(given) })));

function withoutHoles(given: unknown): object {
  return JSON.parse(JSON.stringify(given));
}

function aPage(events: readonly Event[], json: string = `[${events.map((each) => packEvent(each).json).join(',')}]`) {
  return { json: Buffer.from(json), count: events.length };
}

const said = (brief: EventBrief) => {
  const { type, severity, time: at, scope, title, group } = brief;
  return { type, severity, at, scope, title, group, whole: wholeOf(brief) };
};

describe('briefs of a page', () => {
  it('say of its events what parsing it says', () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 5 }), (events) => {
        const page = aPage(events);

        expect(briefsOf(page).map(said)).toEqual(eventsOf(page).map(briefOf).map(said));
      }),
      { numRuns: 500 },
    );
  });

  it('are read without parsing an event', () => {
    const traced = { traceparent: '00-ab-cd-01', tracestate: 'a=1' };
    const one = eventSchema.parse({ ...anEvent({ title: 'one' }), ...traced });
    const page = aPage([one, anEvent({ title: 'two "quoted"' })]);

    const briefs = briefsOf(page);

    expect(briefs.map(({ title }) => title)).toEqual(['one', 'two "quoted"']);
    expect(briefs.map(({ origin }) => 'text' in origin)).toEqual([true, true]);
  });

  it.each([
    ['names come in another order', (one: Event) => JSON.stringify(Object.fromEntries(Object.entries(one).reverse()))],
    [
      'a name is there that we do not know',
      (one: Event) => JSON.stringify({ ...one, data: { later: 1, ...one.data } }),
    ],
    ['it has spaces', (one: Event) => JSON.stringify(one, undefined, 1)],
    [
      'a card has what begins like an event',
      (one: Event) => packEvent({ ...one, data: { ...one.data, card: { of: [0, one] } } }).json,
    ],
  ])('are the events parsed where %s', (_, write) => {
    const events = [anEvent({ title: 'one' }), anEvent({ title: 'two' })];
    const page = aPage(events, `[${events.map(write).join(',')}]`);

    const briefs = briefsOf(page);

    expect(briefs.map(said)).toEqual(eventsOf(page).map(briefOf).map(said));
    expect(briefs.map(({ origin }) => 'event' in origin)).toEqual([true, true]);
  });

  it('of a page without events are none', () => {
    expect(briefsOf(aPage([]))).toEqual([]);
  });
});
