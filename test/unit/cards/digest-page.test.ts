import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { LANGUAGES } from '../../../shared/cards/messages/languages.ts';
import { collectEvents, formatCursor, parseCursor } from '../../../shared/cards/page/collect-events.ts';
import { isWanted, parseDigestFilter } from '../../../shared/cards/page/digest-filter.ts';
import { type DigestPageRequest, renderDigestPage } from '../../../shared/cards/page/digest-page.ts';
import type { Event } from '../../../shared/events/event.ts';
import { type Page, pageKey } from '../../../shared/events/page.ts';
import { anEvent, NOW } from './an-event.ts';
import { hostileText, hostileTitle, RUNS } from './hostile-text.ts';

const kept = (events: readonly Event[]) => events.map((event) => ({ event, receivedAt: NOW }));

function aRequest(parts: Partial<DigestPageRequest> = {}): DigestPageRequest {
  return {
    locale: 'en',
    timeZone: 'Europe/Berlin',
    brand: { name: 'Acme Builds', colour: '0a84ff' },
    topicName: (type) => type,
    links: { chart: '/digests/1/chart.png?t=c' },
    total: 2,
    topics: ['build.failed', 'deploy.done'],
    filter: {},
    found: { events: kept([anEvent(), anEvent({ data: { title: 'Other' } })]), next: undefined, isFull: true },
    token: 'tok',
    ...parts,
  };
}

const documentOf = (parts: Partial<DigestPageRequest> = {}) =>
  parseHTML(renderDigestPage(aRequest(parts)).body).document;
const ofEvent = (event: Event, parts: Partial<DigestPageRequest> = {}) =>
  documentOf({ found: { events: kept([event]), next: undefined, isFull: true }, ...parts });

describe('the digest page', () => {
  it('shows each event with its severity, topic, place, time, text, facts and link', () => {
    const event = anEvent({
      severity: 'error',
      scope: 'acme/api',
      data: {
        text: 'one\ntwo',
        group: 'main',
        url: 'https://builds.example/812',
        facts: [{ name: 'Duration', value: '4 min' }],
      },
    });

    const item = ofEvent(event).querySelector('li');

    expect(item?.querySelector('h2 a')?.getAttribute('href')).toBe('https://builds.example/812');
    expect(item?.querySelector('.quiet')?.textContent).toBe(
      'Error · build.failed · main · acme/api · 21 Nov 2026, 10:00',
    );
    expect([...(item?.querySelectorAll('p[dir]') ?? [])].map((each) => each.textContent)).toEqual(['one', 'two']);
    expect(item?.querySelector('dl')?.textContent).toBe('Duration4 min');
  });

  it('is kept by no cache, indexed by nobody, framed nowhere, and loads nothing from elsewhere', () => {
    const { headers } = renderDigestPage(aRequest());

    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex, nofollow',
      'referrer-policy': 'no-referrer',
      'content-security-policy': expect.stringMatching(/default-src 'none'.*img-src 'self'.*frame-ancestors 'none'/),
    });
  });

  it('names its own style in the policy', () => {
    const { headers, body } = renderDigestPage(aRequest());

    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(body) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers['content-security-policy']).toContain(`'sha256-${hash}'`);
  });

  it('carries the product’s name and logo, which may lie on a site of its own', () => {
    const brand = { name: 'Forge & Co', colour: '#1f6feb', logo: 'https://forge.example/logo.png' };
    const { headers, body } = renderDigestPage(aRequest({ brand }));

    const header = parseHTML(body).document.querySelector('header');
    expect(header?.textContent).toBe('Forge & Co');
    expect(header?.querySelector('img')?.getAttribute('src')).toBe('https://forge.example/logo.png');
    expect(headers['content-security-policy']).toContain("img-src 'self' https://forge.example;");
  });

  it('shows no picture of an event, only the chart', () => {
    const page = ofEvent(anEvent({ data: { image: 'https://tracker.example/pixel.png' } }));

    expect([...page.querySelectorAll('img')].map((image) => image.getAttribute('src'))).toEqual([
      '/digests/1/chart.png?t=c',
    ]);
    expect(page.toString()).not.toContain('tracker.example');
  });

  it('keeps what was chosen in the form, with the token that a form would lose', () => {
    const page = documentOf({ filter: { topic: 'deploy.done', severity: 'error', search: '"quoted"' } });

    expect(page.querySelector('select[name=topic] option[selected]')?.getAttribute('value')).toBe('deploy.done');
    expect(page.querySelector('select[name=severity] option[selected]')?.getAttribute('value')).toBe('error');
    expect(page.querySelector('input[name=search]')?.getAttribute('value')).toBe('"quoted"');
    expect(page.querySelector('input[name=t]')?.getAttribute('value')).toBe('tok');
  });

  it('leads to the next page with the same choice', () => {
    const next = { key: pageKey(NOW, 'proc', 3), position: 7 };
    const page = documentOf({ filter: { search: 'a b' }, found: { events: kept([anEvent()]), next, isFull: true } });

    const address = new URLSearchParams(page.querySelector('a[rel=next]')?.getAttribute('href')?.slice(1));
    expect(parseCursor(address.get('after'))).toEqual(next);
    expect([address.get('t'), address.get('search')]).toEqual(['tok', 'a b']);
  });

  it.each([
    ['no event matches', { search: 'x' }, 'No event matches.'],
    ['nothing is kept any more', {}, 'Nothing more is kept of this digest.'],
  ])('says so when %s', (_, filter, said) => {
    const page = documentOf({ filter, found: { events: [], next: undefined, isFull: true } });

    expect(page.querySelector('main')?.textContent).toContain(said);
  });

  it.each(LANGUAGES)('is declared and labelled in %s', (locale) => {
    const page = documentOf({ locale });

    expect(page.documentElement.getAttribute('lang')).toBe(locale);
    expect(page.querySelectorAll('label')).toHaveLength(3);
  });

  it('has the same elements and links whatever an event says', () => {
    const outline = (title: string, text: string, name: string) => {
      const data = { title, text, group: name, url: 'https://ok.example/', facts: [{ name, value: text }] };
      const page = ofEvent(anEvent({ scope: name.slice(0, 500) || 's', data }));
      const paragraph = (tag: string | undefined) => tag === 'P' || tag === 'BDI';
      return {
        tags: [...page.querySelectorAll('*')].map(({ tagName }) => tagName).filter((tag) => !paragraph(tag)),
        links: [...page.querySelectorAll('[href],[src]')].map(
          (each) => each.getAttribute('href') ?? each.getAttribute('src'),
        ),
        attributes: new Set(
          [...page.querySelectorAll('*')].flatMap((each) => [...each.attributes].map((one) => one.name)),
        ),
      };
    };
    const harmless = outline('title', 'text', 'name');
    fc.assert(
      fc.property(hostileTitle, hostileText, hostileTitle, (title, text, name) => {
        const { attributes, ...rest } = outline(title, `- ${text}`, name);

        expect(rest).toEqual({ tags: harmless.tags, links: harmless.links });
        expect([...attributes].filter((name) => !harmless.attributes.has(name))).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('the filter of the digest page', () => {
  const event = anEvent({
    severity: 'error',
    scope: 'acme/API',
    data: { title: 'Über ＡＢＣ failed', facts: [{ name: 'Host', value: 'db-7' }] },
  });

  it.each([
    ['topic=build.failed', true],
    ['topic=other', false],
    ['severity=warning', true],
    ['severity=critical', false],
    ['severity=nonsense', true],
    ['search=uber', true],
    ['search=abc', true],
    ['search=acme/api', true],
    ['search=db-7 FAILED', true],
    ['search=db-7 missing', false],
    ['search=&topic=', true],
    ['', true],
  ])('with %j wants the event: %s', (query, expected) => {
    expect(isWanted(parseDigestFilter(new URLSearchParams(query)))(event)).toBe(expected);
  });
});

describe('collecting a page of events', () => {
  function inboxPages(count: number, perPage: number, skip?: Uint8Array): Page[] {
    return Array.from({ length: count }, (_, index) => {
      const events = Array.from({ length: perPage }, (_each, n) => anEvent({ id: `${index}-${n}` }));
      const json = Buffer.from(JSON.stringify(events));
      return {
        key: pageKey(NOW, 'p', index),
        digestId: 'd',
        urgency: 'ordinary',
        count: perPage,
        skip,
        identities: new Uint8Array(),
        json,
      };
    });
  }
  async function* read(pages: readonly Page[]) {
    yield* pages;
  }
  const all = () => true;

  it.each([
    [1, 7],
    [5, 23],
    [3, 50],
    [2, 51],
  ])('gives every event once over its pages: %d of %d', async (count, perPage) => {
    const pages = inboxPages(count, perPage);
    const ids: string[] = [];

    let from: ReturnType<typeof parseCursor>;
    do {
      const found = await collectEvents(read(pages), { from, wants: all });
      ids.push(...found.events.map(({ event }) => event.id));
      from = found.next && parseCursor(formatCursor(found.next));
    } while (from !== undefined);

    expect(ids).toHaveLength(count * perPage);
    expect(new Set(ids).size).toBe(count * perPage);
  });

  it('leaves out what the digest left out', async () => {
    const found = await collectEvents(read(inboxPages(1, 3, new Uint8Array([0b010]))), { from: undefined, wants: all });

    expect(found.events.map(({ event }) => event.id)).toEqual(['0-0', '0-2']);
  });

  it('stops a search that finds nothing, and says where to go on', async () => {
    const [page] = inboxPages(1, 1_000);
    async function* endless() {
      for (let n = 0; n < 1_000 && page !== undefined; n += 1) yield { ...page, key: pageKey(NOW, 'p', n) };
    }

    const found = await collectEvents(endless(), { from: undefined, wants: () => false });

    expect(found).toMatchObject({ events: [], isFull: false, next: { position: 0 } });
  });

  it.each([null, '', 'x', '1.', '5.!head', "1.' or 1 eq 1"])('begins at the beginning for the cursor %j', (text) => {
    expect(parseCursor(text)).toBeUndefined();
  });
});
