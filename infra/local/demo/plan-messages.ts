/** What the product sends: real events in messages of every size, some twice and cut differently, some malformed. */
import type { Event } from '../../../shared/events/event.ts';
import { packMessages } from '../emit/pack-messages.ts';

/** Messages to put on the queue, and what is in them. */
export interface Plan {
  readonly messages: readonly string[];
  readonly events: readonly Event[];
  readonly sentTwice: number;
  readonly malformed: number;
}

/** Every `TWICE`th event is sent again, every `BASE64`th message is base64, as some SDKs send it. */
const TWICE = 5;
const BASE64 = 3;

/** Things that are no event, alone or beside good ones. */
const NOT_EVENTS: readonly unknown[] = [
  {
    specversion: '1.0',
    id: 'no-source',
    type: 'github.push',
    account: 'acme',
    data: { title: 'An event without a source' },
  },
  { specversion: '1.0', id: 'no-title', source: 'https://github.com', type: 'github.push', account: 'acme', data: {} },
  {
    specversion: '0.3',
    id: 'old',
    source: 'https://github.com',
    type: 'github.push',
    account: 'acme',
    data: { title: 'An old CloudEvent' },
  },
  'a sentence',
];

/** Plans a day: `events` are new, `earlier` were sent the day before and some of them come again. */
export function planDay(events: readonly Event[], earlier: readonly Event[]): Plan {
  const again = [...events, ...earlier].filter((_, index) => index % TWICE === 0);
  const good = [
    ...packMessages(events.slice(0, 20), 1),
    ...packMessages(events.slice(20), 25),
    ...packMessages(again.toReversed(), 7),
  ];
  const alone = ['this is not JSON', '42', ...NOT_EVENTS.slice(0, 2).map((wrong) => JSON.stringify(wrong))];
  const beside = JSON.stringify([events[0], ...NOT_EVENTS, events[1]]);
  return {
    messages: [...good, ...alone, beside].map((text, index) =>
      index % BASE64 === 0 ? Buffer.from(text).toString('base64') : text,
    ),
    events,
    sentTwice: new Set([...again, ...events.slice(0, 2)].map(keyOf)).size,
    malformed: alone.length + NOT_EVENTS.length,
  };
}

/** What makes two events the same one. */
export function keyOf({ source, id }: Pick<Event, 'source' | 'id'>): string {
  return JSON.stringify([source, id]);
}
