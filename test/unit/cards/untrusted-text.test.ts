import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import type { CardLinks } from '../../../shared/cards/card-input.ts';
import { lintMessageCard } from '../../../shared/cards/lint-message-card.ts';
import type { MessageCard } from '../../../shared/cards/message-card.ts';
import { type CardRequest, renderCard, titleOnCard } from '../../../shared/cards/render-card.ts';
import type { Event } from '../../../shared/events/event.ts';
import { SEVERITIES } from '../../../shared/subscriptions/severity.ts';
import { draw, schemaFaults } from './adaptive-host.ts';
import { aDigest, anEvent } from './an-event.ts';
import { hostileText, hostileTitle, RUNS } from './hostile-text.ts';

const eager = new MarkdownIt({ html: true, linkify: true, breaks: true });
const LINKS: CardLinks = {
  digest: 'https://tidings.example/digests/1?t=x',
  chart: 'https://tidings.example/digests/1/chart.png?t=y',
  answer: (event, action) => ({
    target: 'https://tidings.example/actions',
    token: `${event.id}.${action.id}`,
    page: `https://tidings.example/links/${action.id}?t=z`,
  }),
};

function aRequest(events: readonly Event[], parts: Partial<CardRequest>): CardRequest {
  return {
    summary: aDigest(events),
    kind: 'connector',
    locale: 'en',
    timeZone: 'Asia/Tokyo',
    brand: { name: 'Acme', colour: '0a84ff' },
    topicName: (type) => type,
    links: LINKS,
    budgetBytes: 1_000_000,
    style: 'normal',
    ...parts,
  };
}

/** The texts of one event; everything a product writes about it. */
const words = fc.record({
  title: hostileTitle,
  text: hostileText,
  scope: hostileText,
  fact: hostileText,
  button: hostileTitle,
});
type Words = { title: string; text: string; scope: string; fact: string; button: string };
const HARMLESS: Words = { title: 'title', text: 'text', scope: 'scope', fact: 'fact', button: 'button' };

/** Three events of one topic: what `words` say of the middle one must change nothing but its own text. */
function threeEvents(said: Words, group: string): Event[] {
  const middle = {
    title: `2 ${said.title}`, // the number keeps it from folding into a neighbour
    text: said.text.trim() === '' ? '-' : said.text,
    group,
    url: 'https://builds.example/2',
    image: 'https://builds.example/2.png',
    facts: [{ name: said.fact, value: said.fact }],
    actions: [
      {
        id: 'a',
        title: said.button,
        inputs: [
          { id: 'i', type: 'choice' as const, title: said.fact, choices: [{ display: said.text, value: said.text }] },
        ],
      },
    ],
  };
  const neighbour = (title: string) => ({
    title,
    text: `text of ${title}`,
    group,
    url: `https://builds.example/${title}`,
  });
  return [
    anEvent({ id: '1', minutesAgo: 1, data: neighbour('first') }),
    anEvent({ id: '2', minutesAgo: 2, scope: said.scope.slice(0, 500) || 's', data: middle }),
    anEvent({ id: '3', minutesAgo: 3, data: neighbour('third') }),
  ];
}

/** The kinds of things a reader finds on a MessageCard, all texts read as eagerly as any client would. */
function outline(card: MessageCard) {
  const sections = card.sections ?? [];
  const texts = sections.flatMap(({ activityTitle, activitySubtitle, text, facts = [] }) => [
    activityTitle,
    activitySubtitle,
    text,
    ...facts.flatMap(({ name, value }) => [name, value]),
  ]);
  const tokens = texts.map((text) =>
    eager.parse(text ?? '', {}).flatMap((token) => [token, ...(token.children ?? [])]),
  );
  return {
    tokens: tokens.map((each) => each.map(({ type }) => type).filter((type) => type !== 'text' && type !== 'inline')),
    links: tokens.flat().flatMap((token) => (token.type === 'link_open' ? [token.attrGet('href')] : [])),
    images: sections.map(({ images = [] }) => images.map(({ image }) => image)),
    actions: [card, ...sections].map(({ potentialAction = [] }) => potentialAction.map((action) => action['@type'])),
  };
}

const neighbours = (body: string) => body.match(/(first|third)[^\n"\\]*/g);

describe('text of an event on a MessageCard', () => {
  const cardOf = (said: Words, group: string): MessageCard =>
    JSON.parse(renderCard(aRequest(threeEvents(said, group), {})));

  it('adds no link, picture, button, section or Markdown, and changes no other event’s lines', () => {
    const harmless = cardOf(HARMLESS, 'group');
    fc.assert(
      fc.property(words, hostileTitle, (said, group) => {
        const card = cardOf(said, group);

        expect(outline(card)).toEqual(outline(harmless));
        expect(card.sections).toHaveLength(harmless.sections?.length ?? 0);
        expect(neighbours(card.sections?.[2]?.text ?? '')).toEqual(neighbours(harmless.sections?.[2]?.text ?? ''));
        expect(card.title).toBe(harmless.title);
      }),
      { numRuns: RUNS },
    );
  });

  it('is found under its escaped title, and leaves the linter nothing to say', () => {
    fc.assert(
      fc.property(words, (said) => {
        const card = cardOf(said, 'group');

        expect(JSON.stringify(card)).toContain(
          JSON.stringify(titleOnCard(`2 ${said.title}`, 'connector')).slice(1, -1),
        );
        expect(lintMessageCard(card)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('text of an event on an Adaptive Card', () => {
  const cardOf = (said: Words, group: string) =>
    JSON.parse(renderCard(aRequest(threeEvents(said, group), { kind: 'workflow' }))).attachments[0].content;

  it('adds no link, picture or button, and says itself and nothing else', () => {
    const harmless = draw(cardOf(HARMLESS, 'group'));
    fc.assert(
      fc.property(words, hostileTitle, (said, group) => {
        const card = cardOf(said, group);

        const drawn = draw(card);

        expect(schemaFaults(card)).toEqual([]);
        expect(drawn.complaints).toEqual([]);
        expect({ ...drawn, text: '', buttons: drawn.buttons.length }).toEqual({
          ...harmless,
          text: '',
          buttons: harmless.buttons.length,
        });
        expect(drawn.text).toContain(titleOnCard(`2 ${said.title}`, 'workflow'));
        expect(neighbours(drawn.text)).toEqual(neighbours(harmless.text));
      }),
      { numRuns: RUNS },
    );
  });
});

describe('any digest', () => {
  const anyEvent = fc
    .record({
      said: words,
      group: fc.oneof(fc.constantFrom('main', 'release', ''), hostileText),
      type: fc.constantFrom('build.failed', 'deploy.done', '[x](http://evil.example)'),
      severity: fc.constantFrom(...SEVERITIES),
      minutesAgo: fc.integer({ min: 0, max: 60 * 24 * 45 }),
      hasButtons: fc.boolean(),
    })
    .map(({ said, group, type, severity, minutesAgo, hasButtons }) =>
      anEvent({
        type,
        severity,
        minutesAgo,
        scope: said.scope.slice(0, 500) || 's',
        data: {
          title: said.title,
          text: said.text,
          group,
          url: 'https://builds.example/812',
          facts: [{ name: said.fact, value: said.fact }],
          ...(hasButtons ? { actions: [{ id: 'a', title: said.button }] } : {}),
        },
      }),
    );
  const digest = fc.array(anyEvent, { maxLength: 40 });
  const budget = fc.integer({ min: 1_024, max: 28_672 });
  const audience = fc.record({
    locale: fc.constantFrom('en', 'en-US', 'de', 'fr-CA', 'es', 'ja', 'xx', 'not a locale'),
    timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kolkata', 'Pacific/Apia'),
    style: fc.constantFrom('normal', 'normal', 'normal', 'plain'),
    appType: fc.constantFrom(undefined, 'teams', 'groups', 'mail'),
  });

  it.each(['connector', 'workflow'] as const)('keeps every promise and the budget, for a %s', (kind) => {
    fc.assert(
      fc.property(digest, budget, audience, (events, budgetBytes, reader) => {
        const body = renderCard(aRequest(events, { kind, budgetBytes, ...reader }));

        const parsed = JSON.parse(body);
        const faults =
          kind === 'connector'
            ? lintMessageCard(parsed).filter(({ rule }) => rule !== 'outlook-only')
            : schemaFaults(parsed.attachments[0].content);
        expect(Buffer.byteLength(body)).toBeLessThanOrEqual(budgetBytes);
        expect(faults).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it('adds up: groups and “more” on the card are the events in the digest', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { minLength: 2, maxLength: 60 }), budget, (events, budgetBytes) => {
        const request = aRequest(events, { budgetBytes });

        const card: MessageCard = JSON.parse(renderCard(request));

        const numbers = (card.sections ?? []).map(({ activityTitle = '', text = '' }, index) => {
          if (index === 0) return 0;
          const inGroup = / · (\d+) events?$/.exec(activityTitle)?.[1];
          const elsewhere = /^\\\+(\d+) more in other groups$/.exec(text)?.[1];
          return Number(inGroup ?? elsewhere ?? 0);
        });
        const total = numbers.reduce((sum, each) => sum + each, 0);
        expect(card.sections === undefined ? events.length : total).toBe(events.length);
      }),
      { numRuns: RUNS },
    );
  });
});
