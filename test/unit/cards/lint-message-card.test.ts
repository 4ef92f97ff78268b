import { formatFinding, lintMessageCard } from '../../../shared/cards/lint-message-card.ts';
import { fixture } from './adaptive-host.ts';

/** A card that is right in every way. */
const RIGHT = {
  '@type': 'MessageCard',
  '@context': 'https://schema.org/extensions',
  summary: 'Build failed',
  themeColor: '0078D7',
  sections: [
    {
      activityTitle: '**Build 812**',
      text: 'On \\*main\\*, see [the log](https://builds.example/812)',
      markdown: true,
    },
  ],
  potentialAction: [
    {
      '@type': 'ActionCard',
      name: 'Comment',
      inputs: [{ '@type': 'TextInput', id: 'comment', title: 'Your words', isMultiline: true }],
      actions: [
        {
          '@type': 'HttpPOST',
          name: 'Send',
          target: 'https://tidings.example/actions',
          body: '{"comment":"{{comment.value}}"}',
        },
      ],
    },
    { '@type': 'OpenUri', name: 'Open', targets: [{ os: 'default', uri: 'https://builds.example/812' }] },
  ],
};

const link = (uri: string) => ({ '@type': 'OpenUri', name: 'Open', targets: [{ os: 'default', uri }] });
const post = (parts: object) => ({ '@type': 'HttpPOST', name: 'Do', target: 'https://a.example/', ...parts });
const findings = (card: unknown) => lintMessageCard(card).map(({ level, path, rule }) => `${level} ${path} ${rule}`);
const levels = (card: unknown) => [...new Set(lintMessageCard(card).map(({ level }) => level))];

describe('the verdict on published cards', () => {
  it.each([
    '01-docs-outlook-trello-card-created',
    '04-docs-outlook-actionable-email',
    '11-jenkins-completed-failed',
    '13-jenkins-repeated_failure-pull_request',
    '18-prometheus-msteams-example',
    '22-docs-text-only',
    '24-github-connector-welcome',
    '34-todo-connector-welcome',
  ])('warns about %s, and finds no error', (name) => {
    expect(levels(fixture(`messagecards/${name}.json`))).toEqual(['warning']);
  });

  it.each(['20-docs-teams-markdown-formatting', '27-prometheus-msteams-default'])('finds no error in %s', (name) => {
    expect(levels(fixture(`messagecards/${name}.json`))).not.toContain('error');
  });

  it.each([
    ['09-docs-outlook-send-via-connectors', ['target-https', 'is-primary']],
    ['10-docs-teams-larry-bryant-task', ['target-https', 'string-boolean', 'context']],
    ['21-docs-teams-html-formatting', ['sections', 'html']],
    ['03-docs-action-invokeaddincommand', ['not-a-card']],
    ['05-docs-action-actioncard-comment', ['not-a-card']],
    ['06-docs-input-multichoice-compact', ['not-a-card']],
    ['07-docs-input-multichoice-multiselect', ['not-a-card']],
    ['08-docs-input-multichoice-expanded', ['not-a-card']],
  ])('finds errors in %s: %j', (name, rules) => {
    const found = lintMessageCard(fixture(`messagecards/${name}.json`));

    expect(found[0]?.level).toBe('error');
    expect(found.map(({ rule }) => rule)).toEqual(expect.arrayContaining(rules));
  });

  it('says of a Workflows envelope that it is one', () => {
    const [finding] = lintMessageCard(fixture('messagecards/37-workflow-adaptive-envelope.json'));

    expect(finding).toMatchObject({
      level: 'error',
      rule: 'not-a-card',
      message: expect.stringContaining('Workflows'),
    });
  });
});

describe('the linter', () => {
  it('has nothing against a card that is right', () => {
    expect(lintMessageCard(RIGHT)).toEqual([]);
  });

  it.each([
    ['no summary and no text', { summary: undefined }, ' summary-or-text'],
    ['an empty summary', { summary: ' ' }, ' summary-or-text'],
    ['eleven sections', { sections: Array(11).fill({ text: 'x' }) }, 'sections sections'],
    ['sections that are no list', { sections: 'x' }, 'sections shape'],
    ['five actions', { potentialAction: Array(5).fill(link('https://a.example/')) }, 'potentialAction actions'],
    [
      'six images',
      { sections: [{ images: Array(6).fill({ image: 'https://a.example/1.png' }) }] },
      'sections[0].images images',
    ],
    ['HTML', { text: 'a <b>bold</b> word' }, 'text html'],
    ['an HTML comment', { text: '<!-- x' }, 'text html'],
    ['a script link', { text: '[x](javascript:alert)' }, 'text link-http'],
    ['a relative link', { text: '[x](/y)' }, 'text link-http'],
    [
      'a link with a foreign scheme',
      { potentialAction: [link('ftp://a.example/')] },
      'potentialAction[0].targets[0].uri link-http',
    ],
    [
      'an image from a file',
      { sections: [{ images: [{ image: 'file:///x.png' }] }] },
      'sections[0].images[0].image link-http',
    ],
    [
      'a plain http target',
      { potentialAction: [post({ target: 'http://a.example/' })] },
      'potentialAction[0].target target-https',
    ],
    [
      'a body that is an object',
      { potentialAction: [post({ body: { a: 1 } })] },
      'potentialAction[0].body body-string',
    ],
    ['a placeholder in a text', { text: 'Hello {{name}}' }, 'text placeholder'],
    ['a template that was not run', { title: 'Build <%= number %>' }, 'title placeholder'],
    [
      'a placeholder in a target',
      { potentialAction: [post({ target: 'https://a.example/{{id.value}}' })] },
      'potentialAction[0].target placeholder',
    ],
    [
      'a placeholder that no input fills',
      { potentialAction: [post({ body: '{{other.value}}' })] },
      'potentialAction[0].body placeholder',
    ],
    ['an unknown action', { potentialAction: [{ '@type': 'Nope' }] }, 'potentialAction[0].@type shape'],
    [
      'an action without targets',
      { potentialAction: [{ '@type': 'OpenUri', name: 'x' }] },
      'potentialAction[0].targets shape',
    ],
    ['too many bytes', { text: '失'.repeat(10_000) }, ' size'],
  ])('finds an error in %s', (_, parts, expected) => {
    expect(findings({ ...RIGHT, ...parts })).toContain(`error ${expected}`);
  });

  it.each(['a-b', 'a.b', 'ä', '', 'a b'])('refuses the input id %j', (id) => {
    const action = { '@type': 'ActionCard', name: 'x', inputs: [{ '@type': 'TextInput', id }], actions: [post({})] };

    expect(findings({ ...RIGHT, potentialAction: [action] })).toContain(
      'error potentialAction[0].inputs[0].id input-id',
    );
  });

  it('refuses an ActionCard inside an ActionCard', () => {
    const inner = { '@type': 'ActionCard', name: 'y' };
    const found = findings({ ...RIGHT, potentialAction: [{ '@type': 'ActionCard', name: 'x', actions: [inner] }] });

    expect(found).toContain('error potentialAction[0].actions[0] nested-action');
  });

  it.each([
    ['no type', { '@type': undefined }, ' type'],
    ['the older context', { '@context': 'http://schema.org/extensions' }, ' context'],
    ['a colour with #', { themeColor: '#CC0003' }, 'themeColor colour'],
    ['a field for e-mail', { originator: 'x' }, 'originator email-only'],
    ['a boolean in words', { sections: [{ text: 'x', markdown: 'true' }] }, 'sections[0].markdown string-boolean'],
    [
      'a number for a fact',
      { sections: [{ facts: [{ name: 'n', value: 3 }] }] },
      'sections[0].facts[0].value number-as-text',
    ],
    [
      'a plain http link',
      { potentialAction: [link('http://a.example/')] },
      'potentialAction[0].targets[0].uri plain-http',
    ],
    [
      'a link before an answer',
      { potentialAction: [link('https://a.example/'), post({})] },
      'potentialAction open-uri-last',
    ],
    ['a single line break', { text: 'one\ntwo' }, 'text line-break'],
    ['HTML switched on', { sections: [{ text: 'x', markdown: false }] }, 'sections[0].markdown markdown-off'],
    [
      'a picture only Outlook shows',
      { sections: [{ heroImage: { image: 'https://a.example/x.png' } }] },
      'sections[0].heroImage outlook-only',
    ],
    ['a field that does not exist', { colour: 'red' }, 'colour unknown-field'],
    ['21 KB', { text: 'x'.repeat(21_000) }, ' size'],
  ])('warns about %s, no more', (_, parts, expected) => {
    const found = findings({ ...RIGHT, ...parts });

    expect(found).toContain(`warning ${expected}`);
    expect(found.filter((finding) => finding.startsWith('error'))).toEqual([]);
  });

  it.each(['one\n\ntwo', '- one\n- two', 'text\n- item'])('takes the line breaks of %j', (text) => {
    expect(findings({ ...RIGHT, text })).toEqual([]);
  });

  it.each(['a \\<b\\> c', '1 < 2 and 3 > 2', '<https://a.example/>'])('does not take %j for HTML', (text) => {
    expect(findings({ ...RIGHT, text })).not.toContain('error text html');
  });

  it.each([null, 'text', 3, []])('says that %j is no card', (card) => {
    expect(findings(card)).toEqual(['error  not-a-card']);
  });

  it.each([
    ['type', { '@type': { toString: false } }],
    ['summary', { ...RIGHT, summary: { toString: 1 } }],
    ['action', { ...RIGHT, potentialAction: [{ '@type': { toString: null } }, post({ target: { toString: 'x' } })] }],
    ['picture', { ...RIGHT, sections: [{ activityImage: { toString: [] }, text: 'x' }] }],
  ])('finds fault with a %s that is an object, whatever its fields are called', (_, card) => {
    expect(levels(card)).toContain('error');
  });

  it('prints a finding on one line', () => {
    const [finding] = lintMessageCard({ ...RIGHT, themeColor: '#CC0003' });

    expect(finding && formatFinding(finding)).toBe('warning  themeColor: should be RRGGBB, without # [colour]');
  });
});
