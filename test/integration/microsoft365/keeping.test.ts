/** What outlives a restart, and who is let in. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { startMicrosoft365 } from '../../../infra/local/microsoft365/server.ts';
import { aCard, aMicrosoft365, control, post, stopMicrosoft365 } from './a-microsoft365.ts';

afterEach(stopMicrosoft365);

async function inFolder(test: (dir: string) => Promise<void>): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'microsoft365-'));
  await test(dir).finally(() => rm(dir, { recursive: true, force: true }));
}

it('keeps webhooks, cards, connectors and keys from run to run', async () => {
  await inFolder(async (dir) => {
    const first = await startMicrosoft365({ dir });
    const webhook = first.api.createWebhook({ kind: 'connector', name: 'Builds' });
    await post(webhook, aCard);
    const token = await first.api.tokens.issue({ kind: 'sso', user: first.api.world.user(undefined) });
    const dialog = first.api.connectors.open(
      'add',
      first.api.world.place(webhook.place),
      first.api.world.user(undefined),
    );
    first.api.connectors.save(dialog.id, { entityId: 'key-1' });
    await first.stop();

    const second = await aMicrosoft365({ dir, port: Number(new URL(first.url).port) });
    const answer = await post(webhook, aCard);
    const verified = jwtVerify(token, createRemoteJWKSet(new URL(`${second.url}/common/discovery/v2.0/keys`)));

    expect(await answer.text()).toBe('1');
    expect(second.api.messages.of(webhook.place).map(({ id }) => id)).toEqual(['message-1', 'message-2']);
    expect(second.api.connectors.list(webhook.place).map(({ config }) => config)).toEqual([{ entityId: 'key-1' }]);
    await expect(verified).resolves.toBeDefined();
  });
});

it('says what to do when what was kept cannot be read', async () => {
  await inFolder(async (dir) => {
    await writeFile(join(dir, 'microsoft365.json'), '{');

    await expect(startMicrosoft365({ dir })).rejects.toThrow('is not readable: delete it to begin anew');
  });
});

it('keeps nothing without a folder', async () => {
  const first = await startMicrosoft365();
  const webhook = first.api.createWebhook({ kind: 'connector' });
  await first.stop();

  const second = await aMicrosoft365({ port: Number(new URL(first.url).port) });

  expect([second.api.webhooks(), (await post(webhook, aCard)).status]).toEqual([[], 404]);
});

it.each([
  ['localhost', 'localhost', 200],
  ['an address of this machine', '127.0.0.1', 200],
  ['another name that leads here', 'rebound.example', 421],
])('answers to %s or not', async (_what, host, expected) => {
  const { url } = await aMicrosoft365();
  const { port } = new URL(url);

  const status = await new Promise((resolve) => {
    request({ port, host: '127.0.0.1', path: '/_control/world', headers: { host: `${host}:${port}` } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).end();
  });

  expect(status).toBe(expected);
});

it('takes no control call that a form of another site could send', async () => {
  const { url, api } = await aMicrosoft365();

  const answer = await fetch(`${url}/_control/webhooks`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: '{}',
  });

  expect([answer.status, api.webhooks()]).toEqual([415, []]);
});

it('clears what arrived and leaves webhooks as they are', async () => {
  const { url, api } = await aMicrosoft365();
  const webhook = api.createWebhook({ kind: 'connector' });
  await post(webhook, aCard);

  await control(url, 'POST', '/clear', {});

  expect([api.requests.list(), api.messages.all(), api.requests.sums().requests, api.webhooks().length]).toEqual([
    [],
    [],
    0,
    1,
  ]);
});

it('forgets the oldest requests beyond what it was told to keep, while the sums go on', async () => {
  const { api } = await aMicrosoft365({ keepRequests: 10 });
  const webhook = api.createWebhook({ kind: 'connector', quirks: { windows: [] } });
  for (let sent = 0; sent < 12; sent++) await post(webhook, aCard);

  const kept = api.requests.list().map(({ id }) => id);

  expect([kept.length, kept.at(-1), api.requests.sums().accepted]).toEqual([10, 12, 12]);
});

it.each([
  ['webhookb2', /\/webhookb2\/[0-9a-f-]{36}@[0-9a-f-]{36}\/IncomingWebhook\/[0-9a-f]{32}\/[0-9a-f-]{36}$/],
  ['refreshed', /\/webhookb2\/[0-9a-f-]{36}@[0-9a-f-]{36}\/IncomingWebhook\/[0-9a-f]{32}\/[0-9a-f-]{36}\/V2[\w-]{43}$/],
  ['outlook', /\/webhook\/[0-9a-f-]{36}@[0-9a-f-]{36}\/IncomingWebhook\/[0-9a-f]{32}\/[0-9a-f-]{36}$/],
])('makes connector addresses of the documented shape: %s', async (shape, pattern) => {
  const { url } = await aMicrosoft365();

  const { status, body } = await control(url, 'POST', '/webhooks', { kind: 'connector', name: 'Builds', shape });

  expect([status, (body as { url: string }).url]).toEqual([201, expect.stringMatching(pattern)]);
});

it.each([
  [{ kind: 'telegram' }, 'kind must be one of connector, workflow'],
  [{ kind: 'connector', shape: 'logic' }, 'shape must be one of'],
  [{ kind: 'connector', place: 'nowhere' }, 'no such place'],
  [{ kind: 'connector', colour: 'red' }, 'cannot change: colour'],
])('refuses to make a webhook of %j', async (request, sentence) => {
  const { url } = await aMicrosoft365();

  const { status, body } = await control(url, 'POST', '/webhooks', request);

  expect([status >= 400 && status < 500, JSON.stringify(body)]).toEqual([true, expect.stringContaining(sentence)]);
});
