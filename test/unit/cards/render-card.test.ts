import { type CardRequest, renderCard, titleOnCard } from '../../../shared/cards/render-card.ts';
import { aDigest, anEvent } from './an-event.ts';

const BRAND = { name: 'Acme Builds', colour: '#0a84ff', logo: 'https://acme.example/logo.png' };
const TWO = [anEvent({ data: { title: 'First' } }), anEvent({ data: { title: 'Second' } })];

function aRequest(parts: Partial<CardRequest> = {}): CardRequest {
  return {
    summary: aDigest(TWO),
    kind: 'connector',
    locale: 'en',
    timeZone: 'Europe/Berlin',
    brand: BRAND,
    topicName: (type) => (type === 'build.failed' ? 'Build failed' : type),
    links: { digest: 'https://tidings.example/digests/1?t=x' },
    budgetBytes: 18_432,
    style: 'normal',
    ...parts,
  };
}

const render = (parts: Partial<CardRequest> = {}) => JSON.parse(renderCard(aRequest(parts)));

describe('the MessageCard of a digest', () => {
  it('has type, context, summary and colour as a connector wants them', () => {
    const card = render();

    expect(card).toMatchObject({
      '@type': 'MessageCard',
      '@context': 'https://schema.org/extensions',
      summary: '2 events: First',
      title: 'Acme Builds: 2 events',
      themeColor: '0A84FF',
    });
  });

  it('shows counts, the period in the zone of its readers, and each group with its count', () => {
    const events = [
      anEvent({ severity: 'critical', data: { title: 'Down', group: 'main' } }),
      anEvent({ minutesAgo: 90, data: { title: 'Up' } }),
    ];

    const { sections } = render({ summary: aDigest(events) });

    expect(sections[0]).toMatchObject({
      activityTitle: '1 critical, 1 info',
      activitySubtitle: '21 Nov, 08:30–10:00 CET',
    });
    expect(sections[1]).toMatchObject({
      activityTitle: '**main** · **Build failed** · 1 event',
      text: '🛑 **Down** · 10:00',
      markdown: true,
    });
    expect(sections[2].text).toBe('ℹ️ **Up** · 08:30');
  });

  it('folds repeats into a line that says how often and when last', () => {
    const events = Array.from({ length: 14 }, (_, n) =>
      anEvent({ minutesAgo: 48 + n, data: { title: 'Build failed' } }),
    );

    const { sections } = render({ summary: aDigest(events), timeZone: 'UTC' });

    expect(sections[1].text).toBe('ℹ️ **Build failed** · 14 times, last at 08:12');
  });

  it('links a title, and ends with the way to the whole digest', () => {
    const events = [anEvent({ data: { title: 'Linked', url: 'https://builds.example/(1)' } }), anEvent()];

    const card = render({ summary: aDigest(events) });

    expect(card.sections[1].text).toContain('**[Linked](https://builds.example/%281%29)**');
    expect(card.potentialAction).toEqual([
      {
        '@type': 'OpenUri',
        name: 'View full digest',
        targets: [{ os: 'default', uri: 'https://tidings.example/digests/1?t=x' }],
      },
    ]);
  });

  it('leaves the action out when there is no digest page', () => {
    expect(render({ links: {} })).not.toHaveProperty('potentialAction');
  });

  it('counts what it does not show, so that the counts add up to the total', () => {
    const events = Array.from({ length: 500 }, (_, n) =>
      anEvent({ minutesAgo: n, data: { title: `Event ${n}`, group: `group ${n % 30}` } }),
    );

    const card = render({ summary: aDigest(events) });

    const headings = card.sections.slice(1, -1).map((section: { activityTitle: string }) => section.activityTitle);
    const inGroups = headings.map((heading: string) => Number(/(\d+) events?$/.exec(heading)?.[1]));
    const elsewhere = Number(/(\d+) more in other groups/.exec(card.sections.at(-1).text)?.[1]);
    expect(card.title).toBe('Acme Builds: 500 events');
    expect(inGroups.reduce((sum: number, each: number) => sum + each, elsewhere)).toBe(500);
    expect(card.sections.length).toBeLessThanOrEqual(10);
  });

  it.each(['plain', 'Build *main* [x](http://evil.example) `rm -rf` README.md', '<b>&amp;</b> @all'])(
    'shows the title %j where titleOnCard says',
    (title) => {
      const summary = aDigest([anEvent({ data: { title } }), ...TWO]);

      const connector = render({ summary });
      const workflow = renderCard(aRequest({ summary, kind: 'workflow' }));

      expect(connector.sections[1].text).toContain(titleOnCard(title, 'connector'));
      expect(workflow).toContain(JSON.stringify(titleOnCard(title, 'workflow')));
    },
  );
});

describe('the card of one event', () => {
  it('is that event’s own card', () => {
    const event = anEvent({
      severity: 'error',
      scope: 'acme/api',
      data: {
        text: 'Line one\nLine *two*',
        url: 'https://builds.example/812',
        facts: [{ name: 'Duration', value: '4 min' }],
      },
    });

    const card = render({ summary: aDigest([event]) });

    expect(card.title).toBe('Acme Builds: Build failed');
    expect(card.summary).toBe('Build 812 failed · Build failed');
    expect(card.sections).toEqual([
      expect.objectContaining({
        activityTitle: '❌ **[Build 812 failed](https://builds.example/812)**',
        activitySubtitle: 'Error · acme/api · 21 Nov, 10:00 CET',
        text: 'Line one\n\nLine \\*two\\*',
        facts: [{ name: 'Duration', value: '4 min' }],
      }),
    ]);
    expect(card.potentialAction[0]).toMatchObject({ name: 'Open', targets: [{ uri: 'https://builds.example/812' }] });
  });
});

describe('the card for a workflow', () => {
  it('is an Adaptive Card 1.4 of full width in the message envelope', () => {
    const body = render({ kind: 'workflow' });

    expect(body).toMatchObject({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          contentUrl: null,
          content: { type: 'AdaptiveCard', version: '1.4', msteams: { width: 'Full' } },
        },
      ],
    });
  });
});

describe('the size of a body', () => {
  const long = Array.from({ length: 300 }, (_, n) =>
    anEvent({
      minutesAgo: n,
      data: {
        title: `Build ${n} ${'失敗'.repeat(60)}`,
        text: '説明'.repeat(400),
        url: `https://builds.example/${n}`,
        image: 'https://builds.example/x.png',
        facts: [{ name: 'Dauer', value: '*'.repeat(200) }],
        group: `g${n % 12}`,
      },
    }),
  );

  it.each([28_000, 18_432, 12_000, 8_000, 4_000, 2_000, 1_024])('is never over a budget of %d bytes', (budgetBytes) => {
    for (const kind of ['connector', 'workflow'] as const) {
      const body = renderCard(aRequest({ summary: aDigest(long), kind, budgetBytes }));

      expect(Buffer.byteLength(body)).toBeLessThanOrEqual(budgetBytes);
      expect(body).toContain('300');
    }
  });
});

describe('the plain card', () => {
  it.each(['connector', 'workflow'] as const)('says how many there are and where to read them, for a %s', (kind) => {
    const events = [anEvent({ data: { title: 'Poisonous' } }), anEvent()];

    const body = renderCard(aRequest({ summary: aDigest(events), kind, style: 'plain' }));

    expect(body).toContain('2 events came in');
    expect(body).toContain('https://tidings.example/digests/1?t=x');
    expect(body).not.toContain('Poisonous');
  });
});

describe('every card', () => {
  it('is the same for the same request, byte for byte', () => {
    expect(renderCard(aRequest())).toBe(renderCard(aRequest()));
  });

  it('says that there was nothing when the digest is empty', () => {
    expect(render({ summary: aDigest([]) })).toMatchObject({ title: 'Acme Builds: nothing new' });
  });

  it('reads an unknown zone as UTC rather than failing', () => {
    const card = render({ timeZone: 'Nowhere/Land', summary: aDigest([anEvent(), anEvent({ minutesAgo: 1 })]) });

    expect(card.sections[0].activitySubtitle).toContain('UTC');
  });
});

describe('the chart on a MessageCard', () => {
  const chart = 'https://tidings.example/chart.png';
  const withChart = (appType?: CardRequest['appType']) => render({ links: { chart }, appType }).sections[0];

  it.each([
    ['teams', { text: expect.stringContaining(`](${chart})`) }],
    ['groups', { heroImage: { image: chart, title: expect.stringContaining('2 events') } }],
    ['mail', { heroImage: { image: chart, title: expect.stringContaining('2 events') } }],
    [undefined, { images: [{ image: chart, title: expect.stringContaining('2 events') }] }],
  ] as const)('stands for %s where it is shown whole', (appType, expected) => {
    expect(withChart(appType)).toMatchObject(expected);
  });
});

describe('a digest after urgent cards', () => {
  it.each([
    ['a digest', TWO],
    ['a single event', TWO.slice(0, 1)],
    ['a digest of nothing', []],
  ])('says on %s how many were shown already', (_, events) => {
    const [first] = render({ summary: aDigest(events), alreadyShown: 3 }).sections;

    expect(first.text).toContain('3 already shown');
  });

  it('says nothing of it where there were none', () => {
    expect(renderCard(aRequest())).not.toContain('already shown');
  });
});
