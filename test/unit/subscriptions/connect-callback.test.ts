/** The callback's query: what Office 365 sends, and everything else. */
import { parseConnectCallback } from '../../../shared/subscriptions/connect-callback.ts';

const GOOD = {
  state: 'state',
  webhook_url: 'https://outlook.office.com/webhook/secret',
  app_type: 'groups',
  group_name: 'Build room',
  user_objectId: '0B1EC700-0000-4000-8000-0000000000A1',
};

function parse(change: Record<string, string | undefined> = {}) {
  const given = Object.entries({ ...GOOD, ...change }).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  return parseConnectCallback(new URLSearchParams(given));
}

it('reads all of it', () => {
  const callback = parse();

  expect(callback).toEqual({
    state: 'state',
    webhookUrl: GOOD.webhook_url,
    appType: 'groups',
    name: 'Build room',
    userObjectId: GOOD.user_objectId.toLowerCase(),
  });
});

it.each([
  ['groups', 'groups'],
  ['Groups', 'groups'],
  ['MAIL', 'mail'],
  ['Teams', 'teams'],
])('takes app_type %s as %s', (given, appType) => {
  expect(parse({ app_type: given }).appType).toBe(appType);
});

describe('a name', () => {
  it.each([
    ['an inbox', 'mail', undefined, 'Inbox'],
    ['a group without one', 'groups', undefined, 'Outlook group'],
    ['a channel without one', 'teams', '', 'Teams channel'],
    ['a group called by spaces', 'groups', ' \t ', 'Outlook group'],
    ['markup', 'groups', '<b>&', '<b>&'],
    ['line breaks', 'groups', 'a\r\nSet-Cookie: b\tc', 'a Set-Cookie: b c'],
    ['text turned around', 'groups', 'abc\u202Edef\u200B', 'abc def'],
    ['exactly 100 characters', 'groups', '😀'.repeat(100), '😀'.repeat(100)],
    ['one more', 'groups', '😀'.repeat(101), `${'😀'.repeat(99)}…`],
  ])('of %s', (_what, app_type, group_name, name) => {
    expect(parse({ app_type, group_name }).name).toBe(name);
  });
});

it.each([undefined, '', '../admin', '0b1ec700'])('does without the hint of who it was: %s', (user_objectId) => {
  expect(parse({ user_objectId }).userObjectId).toBeUndefined();
});

it.each<[string, Record<string, string | undefined>, string]>([
  ['no state', { state: undefined }, 'state'],
  ['an empty state', { state: '' }, 'state'],
  ['an endless state', { state: 'x'.repeat(4097) }, 'state'],
  ['no webhook', { webhook_url: undefined }, 'webhook_url'],
  ['an empty webhook', { webhook_url: '' }, 'webhook_url'],
  ['no app type', { app_type: undefined }, 'app_type'],
  ['an unknown app type', { app_type: 'yammer' }, 'app_type'],
])('refuses %s and names it', (_what, change, parameter) => {
  const parsing = () => parse(change);

  expect(parsing).toThrow(expect.objectContaining({ code: 'invalid-callback', status: 400, parameter }));
});

it.each(['state', 'webhook_url', 'app_type', 'group_name', 'user_objectId'])('refuses two of %s', (name) => {
  const query = new URLSearchParams(GOOD);
  query.append(name, 'another');

  expect(() => parseConnectCallback(query)).toThrow(
    expect.objectContaining({ code: 'invalid-callback', parameter: name }),
  );
});

it('refuses bytes that are not text', () => {
  const query = new URLSearchParams(`${new URLSearchParams(GOOD)}`.replace('group_name=', 'group_name=%FF'));

  expect(() => parseConnectCallback(query)).toThrow(expect.objectContaining({ parameter: 'group_name' }));
});

it.each([
  ['AccessDenied', /Access was denied in Office 365/],
  ['accessdenied', /Access was denied in Office 365/],
  ['ServerError', /Office 365 reported a problem/],
  ['<script>', /Office 365 reported a problem/],
  ['', /Office 365 reported a problem/],
])('says what error %s means, whatever stands beside it', (error, words) => {
  const parsing = () => parse({ error });

  expect(parsing).toThrow(expect.objectContaining({ code: 'connect-refused', message: expect.stringMatching(words) }));
});
