import { createClaims, SAME_EVENT_MS } from '../../../shared/digests/claim-pages.ts';
import type { DigestRecord } from '../../../shared/digests/digest.ts';
import type { Event } from '../../../shared/events/event.ts';
import { packEvent } from '../../../shared/events/pack-event.ts';
import { isSkipped, type Page, pageKey } from '../../../shared/events/page.ts';
import { anEvent } from '../../world/make.ts';

const NINE = Date.parse('2026-11-23T09:00:00Z');

function aPage(time: number, events: readonly Event[], change: Partial<Page> = {}): Page {
  const packed = events.map(packEvent);
  return {
    key: pageKey(time, 'p', 1),
    digestId: undefined,
    urgency: 'ordinary',
    count: events.length,
    skip: undefined,
    identities: Buffer.concat(packed.map(({ identity }) => identity)),
    json: Buffer.from(JSON.stringify(events)),
    ...change,
  };
}

function shownAt(lastPage: number, events: readonly Event[], state: DigestRecord['state'] = 'delivered') {
  const record: DigestRecord = {
    sequence: 1,
    state,
    urgency: 'ordinary',
    frozenAt: lastPage,
    lastPage: pageKey(lastPage, 'p', 1),
    count: events.length,
    attempts: [],
    locale: 'en',
    timeZone: 'UTC',
  };
  return { record, identities: [Buffer.concat(events.map((event) => packEvent(event).identity))] };
}

function claimed(shown: Parameters<typeof createClaims>[0], pages: readonly Page[]): string[] {
  const taken: string[] = [];
  const claims = createClaims(shown, (event) => taken.push(event.title));
  for (const page of pages) claims.claim(page);
  return taken;
}

describe('claiming pages', () => {
  it('takes an event once that stands in two pages, and marks its second place', () => {
    const [one, two] = [anEvent({ title: 'one' }), anEvent({ title: 'two' })];
    const claims = createClaims([], () => {});

    const first = claims.claim(aPage(NINE, [one]));
    const second = claims.claim(aPage(NINE + 1, [two, one]));

    expect(first).toBeUndefined();
    expect([0, 1].map((position) => isSkipped(second, position))).toEqual([false, true]);
    expect(claims.count).toBe(2);
  });

  it.each([
    ['a minute less than 24 hours', SAME_EVENT_MS - 60_000, []],
    ['exactly 24 hours', SAME_EVENT_MS, []],
    ['a millisecond more', SAME_EVENT_MS + 1, ['one']],
  ])('leaves out what another digest showed, its last page being %s older', (_, age, expected) => {
    const one = anEvent({ title: 'one' });

    const taken = claimed([shownAt(NINE - age, [one])], [aPage(NINE, [one])]);

    expect(taken).toEqual(expected);
  });

  it('does not count what a returned digest would have shown', () => {
    const one = anEvent({ title: 'one' });

    const taken = claimed([shownAt(NINE - 1, [one], 'returned')], [aPage(NINE, [one])]);

    expect(taken).toEqual(['one']);
  });

  it('records an event shown again after its day as its own', () => {
    const one = anEvent();
    const claims = createClaims([shownAt(NINE - SAME_EVENT_MS - 1, [one])], () => {});

    claims.claim(aPage(NINE, [one]));
    const again = claims.claim(aPage(NINE + 1, [one]));

    expect(Buffer.from(claims.identities()).equals(packEvent(one).identity)).toBe(true);
    expect(isSkipped(again, 0)).toBe(true);
  });

  it('goes on after a crash as if there had been none', () => {
    const events = [anEvent(), anEvent(), anEvent()];
    const [one, two, three] = events;
    const before = createClaims([], () => {});
    const pages = [aPage(NINE, events.slice(0, 2)), aPage(NINE + 1, events.slice(1, 3))];
    const skips = pages.map((page) => before.claim(page));

    const after = createClaims([], () => {});
    after.keep({ ...aPage(NINE, events.slice(0, 2)), skip: skips[0] });
    const skip = after.claim(aPage(NINE + 1, events.slice(1, 3)));

    expect(skip).toEqual(skips[1]);
    expect(after.count).toBe(before.count);
    expect(after.identities()).toEqual(before.identities());
    expect([one, two, three]).toHaveLength(3);
  });
});
