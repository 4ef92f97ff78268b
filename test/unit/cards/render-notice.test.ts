import { lintMessageCard } from '../../../shared/cards/lint-message-card.ts';
import { LANGUAGES } from '../../../shared/cards/messages/languages.ts';
import { type Notice, type NoticeRequest, renderNotice } from '../../../shared/cards/render-notice.ts';
import { draw, schemaFaults } from './adaptive-host.ts';
import { NOW } from './an-event.ts';

const WELCOME: Notice = {
  is: 'welcome',
  setUpBy: 'Ada *Lovelace*',
  topics: ['build.failed', 'deploy.done'],
  schedule: 'Mon–Fri, 09:00',
  firstAt: NOW,
};

function aRequest(parts: Partial<NoticeRequest> = {}): NoticeRequest {
  return {
    notice: WELCOME,
    kind: 'connector',
    locale: 'en',
    timeZone: 'Europe/Berlin',
    brand: { name: 'Acme Builds', colour: '#0a84ff' },
    topicName: (type) => ({ 'build.failed': 'Build failed', 'deploy.done': 'Deployed' })[type] ?? type,
    links: { settings: 'https://tidings.example/config?subscription=sub_1' },
    budgetBytes: 18_432,
    style: 'normal',
    ...parts,
  };
}

const render = (parts: Partial<NoticeRequest> = {}) => JSON.parse(renderNotice(aRequest(parts)));

it('welcomes with who set it up, what comes, when first, and how to change or stop it', () => {
  const card = render();

  expect(card).toMatchObject({ title: 'Acme Builds is connected', summary: 'Acme Builds is connected' });
  expect(card.sections[0].text).toContain('Set up by Ada \\*Lovelace\\*.');
  expect(card.sections[0].facts).toEqual([
    { name: 'What comes', value: 'Build failed, Deployed' },
    { name: 'Schedule', value: 'Mon–Fri, 09:00' },
    { name: 'First delivery', value: '21 Nov, 10:00 CET' },
  ]);
  expect(card.potentialAction).toEqual([
    {
      '@type': 'OpenUri',
      name: 'Change or stop',
      targets: [{ os: 'default', uri: 'https://tidings.example/config?subscription=sub_1' }],
    },
  ]);
});

it('welcomes a channel that is told everything at once', () => {
  const card = render({ notice: { is: 'welcome', topics: [] } });

  expect(card.sections[0].facts).toEqual([
    { name: 'What comes', value: 'Everything' },
    { name: 'Schedule', value: 'As it happens' },
  ]);
});

it('says in a test when it was sent', () => {
  const card = render({ notice: { is: 'test', sentAt: NOW } });

  expect(card.title).toBe('Acme Builds: test');
  expect(card.sections[0].facts).toEqual([{ name: 'Sent', value: '21 Nov, 10:00 CET' }]);
});

it('says since when it has been quiet, and why it says so', () => {
  const card = render({ notice: { is: 'quiet', since: Date.parse('2026-09-22T07:00:00Z') } });

  expect(card.sections[0].text).toContain('No events since 22 Sept 2026, 09:00');
  expect(card.sections[0].text).toContain('There is nothing to do');
});

describe.each(LANGUAGES)('in %s', (locale) => {
  it.each([WELCOME, { is: 'test', sentAt: NOW }, { is: 'quiet', since: NOW }] satisfies Notice[])(
    'the $is card is right in both formats',
    (notice) => {
      const connector = render({ notice, locale });
      const workflow = render({ notice, locale, kind: 'workflow' });

      const adaptive = workflow.attachments[0].content;
      expect(lintMessageCard(connector)).toEqual([]);
      expect(schemaFaults(adaptive)).toEqual([]);
      expect(draw(adaptive)).toMatchObject({ complaints: [], text: expect.stringContaining('Acme Builds') });
    },
  );
});

it('goes out plain when it was refused or is over the budget', () => {
  const plain = renderNotice(aRequest({ style: 'plain' }));
  const tight = renderNotice(aRequest({ budgetBytes: 500 }));

  expect(JSON.parse(plain)).toMatchObject({
    text: expect.stringContaining('[Change or stop](https://tidings.example'),
  });
  expect(Buffer.byteLength(tight)).toBeLessThanOrEqual(500);
});

it('says that another channel gets no cards any more, why, since when, and what to do', () => {
  const reason = 'The webhook was removed: paste a new one.';

  const card = render({ notice: { is: 'disabled', name: 'Build *room*', reason, since: NOW } });

  expect(card.title).toBe('Acme Builds: a channel is no longer reached');
  expect(card.sections[0].text).toContain('Cards do not arrive in “Build \\*room\\*” any more.');
  expect(card.sections[0].facts).toEqual([
    { name: 'Reason', value: reason },
    { name: 'Since', value: '21 Nov, 10:00 CET' },
  ]);
});

it('tells a paused channel that it is paused, instead of that nothing happened', () => {
  const { sections } = render({ notice: { is: 'quiet', since: NOW, paused: true } });

  expect(sections[0].text).toContain('This channel is paused.');
  expect(sections[0].text).not.toContain('No events');
});

it.each(LANGUAGES)('draws a notice of a disabled channel in %s that both kinds of webhook take', (locale) => {
  const notice = { is: 'disabled', name: 'Build room', reason: 'It has gone.', since: NOW } as const;

  const card = render({ notice, locale });
  const envelope = render({ notice, locale, kind: 'workflow' });

  expect(lintMessageCard(card)).toEqual([]);
  expect(schemaFaults(envelope.attachments[0].content)).toEqual([]);
});
