import { readdirSync } from 'node:fs';
import { toAdaptiveMarkdown, toPlainSummary } from '../../../shared/cards/adaptive-markdown.ts';
import { messageCardSchema } from '../../../shared/cards/message-card.ts';
import { toAdaptiveCard } from '../../../shared/cards/to-adaptive-card.ts';
import { draw, fixture, schemaFaults } from './adaptive-host.ts';

const convert = (card: object, instead?: string) => toAdaptiveCard(messageCardSchema.parse(card), { instead });

const WHOLE_CARDS = readdirSync('test/fixtures/messagecards').filter((name) =>
  /^(01|04|09|1\d|2[02478]|34)-.*\.json$/.test(name),
);
const POST = { '@type': 'HttpPOST', name: 'Rerun', target: 'https://builds.example/rerun' };
const OPEN = { '@type': 'OpenUri', name: 'Open', targets: [{ os: 'default', uri: 'https://builds.example/812' }] };

describe('a MessageCard as an Adaptive Card', () => {
  it.each(WHOLE_CARDS)('passes the published schema and the official renderer: %s', (name) => {
    const adaptive = convert(fixture(`messagecards/${name}`) as object);

    const { complaints, text } = draw(adaptive);

    expect(schemaFaults(adaptive)).toEqual([]);
    expect(complaints).toEqual([]);
    expect(text.length).toBeGreaterThan(5);
  });

  it('says all that the card says', () => {
    const drawn = draw(convert(fixture('messagecards/18-prometheus-msteams-example.json') as object));

    for (const said of [
      'Project Tango',
      'John Doe commented',
      'Here are the designs',
      'Labels',
      'Designs, redlines',
      'final.jpg',
    ]) {
      expect(drawn.text).toContain(said);
    }
    expect(drawn.images).toHaveLength(4);
    expect(drawn.buttons).toEqual(['View in Trello']);
  });

  it('turns what a workflow cannot do into links to where it can be done', () => {
    const form = {
      '@type': 'ActionCard',
      name: 'Comment',
      inputs: [{ '@type': 'TextInput', id: 'c' }],
      actions: [POST],
    };
    const card = convert({ text: 'x', potentialAction: [POST, form, OPEN] }, 'https://product.example/812');

    expect(card.actions).toEqual([
      { type: 'Action.OpenUrl', title: 'Rerun', url: 'https://product.example/812' },
      { type: 'Action.OpenUrl', title: 'Comment', url: 'https://product.example/812' },
      { type: 'Action.OpenUrl', title: 'Open', url: 'https://builds.example/812' },
    ]);
  });

  it('leads there by the card’s own link when nothing else is given, and leaves the action out without one', () => {
    expect(convert({ text: 'x', sections: [{ potentialAction: [POST, OPEN] }] }).body.at(-1)).toMatchObject({
      items: [
        { type: 'ActionSet', actions: [{ title: 'Rerun', url: 'https://builds.example/812' }, { title: 'Open' }] },
      ],
    });
    expect(convert({ text: 'x', potentialAction: [POST] })).not.toHaveProperty('actions');
  });

  it('opens no address that is neither http nor https', () => {
    const bad = { '@type': 'OpenUri', name: 'Bad', targets: [{ os: 'default', uri: 'javascript:alert(1)' }] };

    expect(convert({ text: 'x', potentialAction: [bad] })).not.toHaveProperty('actions');
  });

  it('says the summary of a card that shows nothing else', () => {
    expect(draw(convert({ summary: 'Build **812** failed' })).text.trim()).toBe('Build 812 failed');
  });
});

it.each([
  ['## Heading', '**Heading**'],
  ['![Duck](https://a.example/d.png)', '[Duck](https://a.example/d.png)'],
  ['![](https://a.example/d.png)', '[↗](https://a.example/d.png)'],
  ['`code` and ~~gone~~', 'code and gone'],
  ['> quoted', 'quoted'],
  ['- one\r- two', '- one\n- two'],
  ['a <b>bold</b> word', 'a bold word'],
  ['5 \\< 6 \\*', '5 \\< 6 \\*'],
])('reads the Markdown %j as %j', (markdown, expected) => {
  expect(toAdaptiveMarkdown(markdown)).toBe(expected);
});

it.each([
  ['**Build** [812](https://a.example/) failed', 'Build 812 failed'],
  ['PR\\-1\\_x', 'PR-1_x'],
  ['one\n\ntwo', 'one two'],
])('says %j plainly as %j', (markdown, expected) => {
  expect(toPlainSummary(markdown)).toBe(expected);
});
