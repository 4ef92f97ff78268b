import { allotItems } from '../../../shared/cards/allot-items.ts';
import { type Audience, voiceFor } from '../../../shared/cards/card-input.ts';
import type { Block, CardView } from '../../../shared/cards/card-view.ts';
import { type Detail, LADDER } from '../../../shared/cards/detail.ts';
import { digestView } from '../../../shared/cards/digest-view.ts';
import { drawBody } from '../../../shared/cards/render-card.ts';
import type { Event } from '../../../shared/events/event.ts';
import { aDigest, anEvent } from './an-event.ts';

const AUDIENCE: Audience = {
  locale: 'en',
  timeZone: 'UTC',
  brand: { name: 'Acme', colour: '0a84ff' },
  topicName: (type) => type,
  links: {
    chart: 'https://tidings.example/chart.png',
    answer: (event, action) => ({
      target: 'https://t.example/actions',
      token: event.id,
      page: `https://t.example/${action.id}`,
    }),
  },
};
const [MOST] = LADDER;
const ACTIONS = [{ id: 'ack', title: 'Acknowledge' }];

const viewOf = (events: readonly Event[], detail: Detail | undefined = MOST): CardView =>
  digestView(
    aDigest(events),
    voiceFor(AUDIENCE),
    detail ?? { pictures: true, facts: true, textGraphemes: 240, buttons: true, items: 24 },
  );
const said = ({ heading = [], lines }: Block) =>
  [heading, ...lines].map((line) => line.map(({ text }) => text).join(''));

describe('a digest as a view', () => {
  it('says in a notification how many, how bad, and what is worst', () => {
    const events = [
      anEvent({ severity: 'critical', data: { title: 'Down' } }),
      anEvent({ data: { title: 'Up' }, type: 'b' }),
    ];

    expect(viewOf(events).summary).toBe('2 events, 1 critical: Down; Up');
  });

  it('counts by severity and by topic before anything else', () => {
    const events = [anEvent({ severity: 'error' }), anEvent({ type: 'deploy.done' }), anEvent({ type: 'deploy.done' })];

    const [overview] = viewOf(events).blocks;

    expect(overview && said(overview)).toEqual(['1 error, 2 info', 'deploy.done: 2 · build.failed: 1']);
  });

  it('shows the chart with words for those who do not see it', () => {
    const [overview] = viewOf([anEvent(), anEvent({ minutesAgo: 60 })]).blocks;

    expect(overview?.pictures).toEqual([
      { url: 'https://tidings.example/chart.png', alt: 'Bar chart: 2 events, 21 Nov, 08:00–09:00 UTC', shape: 'wide' },
    ]);
  });

  it('names the scope of an event only where scopes differ', () => {
    const same = viewOf([
      anEvent({ scope: 'api', data: { title: 'a' } }),
      anEvent({ scope: 'api', data: { title: 'b' } }),
    ]);
    const different = viewOf([anEvent({ scope: 'api' }), anEvent({ scope: 'web' })]);

    expect(same.blocks.flatMap(said).join('\n')).not.toContain('api');
    expect(different.blocks.flatMap(said).join('\n')).toContain('Build 812 failed · api · 09:00');
  });

  it('gives an item that can be answered a block of its own', () => {
    const events = [
      anEvent({ data: { title: 'Ask', actions: ACTIONS } }),
      anEvent({ minutesAgo: 1, data: { title: 'Tell' } }),
    ];

    const [, ask, tell] = viewOf(events).blocks;

    expect(ask?.buttons.map(({ name }) => name)).toEqual(['Acknowledge']);
    expect(ask && said(ask)).toEqual(['build.failed · 2 events', 'ℹ️ Ask · 09:00']);
    expect(tell?.buttons).toEqual([]);
    expect(tell && said(tell)).toEqual(['', 'ℹ️ Tell · 08:59']);
  });

  it('never has more than ten blocks, however many items can be answered', () => {
    const events = Array.from({ length: 40 }, (_, n) =>
      anEvent({ minutesAgo: n, data: { title: `Ask ${n}`, group: `g${n % 12}`, actions: ACTIONS } }),
    );

    const { blocks } = viewOf(events);

    expect(blocks).toHaveLength(10);
    expect(blocks.at(-1)?.lines[0]?.[0]?.text).toMatch(/^\+\d+ more in other groups$/);
  });

  it('leaves an action out that nobody can answer', () => {
    const view = digestView(
      aDigest([anEvent({ data: { actions: ACTIONS } }), anEvent()]),
      voiceFor({ ...AUDIENCE, links: {} }),
      LADDER[0] ?? { pictures: true, facts: true, textGraphemes: 0, buttons: true, items: 1 },
    );

    expect(view.blocks.flatMap(({ buttons }) => buttons)).toEqual([]);
  });
});

describe('the ladder', () => {
  const rich = Array.from({ length: 30 }, (_, n) =>
    anEvent({
      minutesAgo: n,
      data: {
        title: `Build ${n}`,
        text: 'w'.repeat(400),
        image: `https://builds.example/${n}.png`,
        facts: [{ name: 'Duration', value: '4 min' }],
        group: `g${n % 3}`,
        ...(n < 2 ? { actions: ACTIONS } : {}),
      },
    }),
  );
  const shown = LADDER.map((detail) => {
    const { blocks } = viewOf(rich, detail);
    const text = blocks.flatMap(said).join('\n');
    return {
      pictures: blocks.flatMap(({ pictures }) => pictures).length > 0,
      facts: text.includes('Duration: 4 min'),
      text: /w+/.exec(text)?.[0].length ?? 0,
      buttons: blocks.flatMap(({ buttons }) => buttons).length,
      items: text.match(/Build \d+ ·/g)?.length ?? 0,
    };
  });

  it.each([
    [0, 'everything', { pictures: true, facts: true, text: 239, buttons: 2, items: 24 }],
    [1, 'no pictures', { pictures: false, facts: true, text: 239, buttons: 2, items: 24 }],
    [2, 'no facts', { pictures: false, facts: false, text: 239, buttons: 2, items: 24 }],
    [3, 'shorter texts', { pictures: false, facts: false, text: 99, buttons: 2, items: 24 }],
    [4, 'no texts', { pictures: false, facts: false, text: 0, buttons: 2, items: 24 }],
    [5, 'fewer items', { pictures: false, facts: false, text: 0, buttons: 2, items: 16 }],
    [6, 'no buttons', { pictures: false, facts: false, text: 0, buttons: 0, items: 16 }],
    [7, 'ten items', { pictures: false, facts: false, text: 0, buttons: 0, items: 10 }],
    [8, 'six items', { pictures: false, facts: false, text: 0, buttons: 0, items: 6 }],
    [9, 'three items', { pictures: false, facts: false, text: 0, buttons: 0, items: 3 }],
    [10, 'one item', { pictures: false, facts: false, text: 0, buttons: 0, items: 1 }],
  ])('has at rung %d: %s', (rung, _, expected) => {
    expect(shown[rung]).toEqual(expected);
  });

  it.each(['connector', 'workflow'] as const)('makes a smaller body at every rung, for a %s', (kind) => {
    const sizes = LADDER.map((detail) => Buffer.byteLength(drawBody(viewOf(rich, detail), kind)));

    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    expect(new Set(sizes).size).toBe(sizes.length);
  });

  it('counts on every rung what it does not show', () => {
    const totals = LADDER.map((detail) => {
      const { blocks } = viewOf(rich, detail);
      const lines = blocks.slice(1).flatMap(said);
      const items = lines.filter((line) => /Build \d+ ·/.test(line)).length;
      const more = lines.flatMap((line) => [...line.matchAll(/^\+(\d+) more/g)].map(([, count]) => Number(count)));
      return more.reduce((sum, count) => sum + count, items);
    });

    expect(new Set(totals)).toEqual(new Set([30]));
  });
});

it.each([
  [[5, 5, 5], 6, [2, 2, 2]],
  [[1, 9], 6, [1, 5]],
  [[9, 9], 3, [2, 1]],
  [[2, 1], 24, [2, 1]],
  [[3, 3, 3], 1, [1, 0, 0]],
  [[], 5, []],
])('shares out among groups that want %j, %d lines: %j', (wanted, lines, expected) => {
  expect(allotItems(wanted, lines)).toEqual(expected);
});
