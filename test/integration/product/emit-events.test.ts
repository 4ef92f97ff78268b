/** `POST /api/events`, with the official SDK as the client and by hand: all of it is on the queue, or nothing is taken. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HttpRequest, type HttpResponseInit, InvocationContext } from '@azure/functions';
import { CloudEvent, emitterFor, HTTP, httpTransport, Mode } from 'cloudevents';
import { createEmitEventsHandler } from '../../../functions/emit-events.ts';
import { createQueueEvents } from '../../../shared/events/events-queue.ts';
import { parseMessage } from '../../../shared/events/parse-events.ts';
import { answering } from '../../../shared/platform/answering.ts';
import { anEvent } from '../../world/make.ts';

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

/** The handler behind a real server; `messages` are the texts on the queue. */
async function anEndpoint({ failsAt = -1 } = {}) {
  const messages: string[] = [];
  const queue = {
    async sendMessage(text: string) {
      if (messages.length === failsAt) throw new Error('the queue is away');
      messages.push(text);
      return {} as never;
    },
  };
  const handler = answering(createEmitEventsHandler(createQueueEvents(queue)));
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
    const request = new HttpRequest({
      method: 'POST',
      url: 'http://x/api/events',
      headers,
      body: { bytes: Buffer.concat(chunks) },
    });
    const answer = (await handler(request, new InvocationContext({ logHandler: () => {} }))) as HttpResponseInit;
    outgoing.writeHead(answer.status ?? 200, answer.headers as Record<string, string>).end(answer.body as string);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/events`;
  const post = async (type: string, body: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(url, { method: 'POST', headers: { 'content-type': type, ...headers }, body });
    return { status: answer.status, body: JSON.parse(await answer.text()) };
  };
  return { url, messages, post, queued: () => messages.flatMap((message) => parseMessage(message).events) };
}

const cloudEvent = (change: object = {}) =>
  new CloudEvent({
    source: 'https://builds.example/acme',
    type: 'build.failed',
    subject: 'Grüße, 100% "main"',
    account: 'acme',
    severity: 'error',
    scope: 'acme/api',
    data: { title: 'Build 812 failed – テスト', url: 'https://builds.example/812' },
    ...change,
  });

it.each([
  ['its default mode', undefined],
  ['structured mode', Mode.STRUCTURED],
])('takes what the official SDK sends in %s', async (_mode, mode) => {
  const { url, queued } = await anEndpoint();
  const emit = mode === undefined ? emitterFor(httpTransport(url)) : emitterFor(httpTransport(url), { mode });
  const event = cloudEvent();

  await emit(event);

  expect(queued()).toEqual([
    expect.objectContaining({
      id: event.id,
      source: event.source,
      type: 'build.failed',
      account: 'acme',
      severity: 'error',
      scope: 'acme/api',
      data: { title: 'Build 812 failed – テスト', url: 'https://builds.example/812' },
    }),
  ]);
});

it('reads what the SDK puts in headers as it was meant, percent signs too', async () => {
  const { post, queued } = await anEndpoint();
  const { headers, body } = HTTP.binary(cloudEvent());
  const encoded = { ...(headers as Record<string, string>), 'ce-subject': encodeURIComponent('Grüße, 100% "main"') };

  const { status } = await post('application/json', String(body), encoded);

  expect(status).toBe(202);
  expect(queued()[0]?.subject).toBe('Grüße, 100% "main"');
});

it('takes a batch, cut into messages that a queue holds, in order', async () => {
  const { post, messages, queued } = await anEndpoint();
  const events = Array.from({ length: 400 }, () => anEvent({ data: { title: 'x', text: 'é'.repeat(1_000) } }));

  const { status, body } = await post('application/cloudevents-batch+json; charset=utf-8', JSON.stringify(events));

  expect([status, body]).toEqual([202, { accepted: 400 }]);
  expect(messages.length).toBeGreaterThan(10);
  expect(Math.max(...messages.map((message) => Buffer.byteLength(message)))).toBeLessThan(64 * 1024);
  expect(queued().map(({ id }) => id)).toEqual(events.map(({ id }) => id));
});

it('names every bad event by its index, and takes none', async () => {
  const { post, messages } = await anEndpoint();
  const { account: _, ...homeless } = anEvent();
  const batch = [anEvent(), homeless, 'a sentence', anEvent({ source: 'x'.repeat(70_000) })];

  const { status, body } = await post('application/cloudevents-batch+json', JSON.stringify(batch));

  expect(status).toBe(400);
  expect(body).toMatchObject({
    code: 'invalid-events',
    refused: 3,
    events: [{ index: 1 }, { index: 2 }, { index: 3 }],
  });
  expect(body.events[0].reason).toContain('account');
  expect(messages).toEqual([]);
});

it.each<[string, string, string, number, string]>([
  ['no JSON', 'application/cloudevents+json', '{', 400, 'invalid-request'],
  ['another content type', 'text/plain', '{}', 400, 'invalid-request'],
  ['another format of events', 'application/cloudevents+avro', '{}', 400, 'invalid-request'],
  ['a batch that is one event', 'application/cloudevents-batch+json', '{}', 400, 'invalid-request'],
  ['more than 1 MiB', 'application/cloudevents+json', JSON.stringify('x'.repeat(1024 * 1024)), 413, 'too-large'],
])('refuses %s', async (_what, type, text, status, code) => {
  const { post, messages } = await anEndpoint();

  const answer = await post(type, text);

  expect([answer.status, answer.body.code]).toEqual([status, code]);
  expect(messages).toEqual([]);
});

it('does not say 202 when not all of it is on the queue', async () => {
  const { post } = await anEndpoint({ failsAt: 1 });
  const events = Array.from({ length: 100 }, () => anEvent({ data: { title: 'x', text: 'x'.repeat(2_000) } }));

  const { status, body } = await post('application/cloudevents-batch+json', JSON.stringify(events));

  expect([status, body.code]).toEqual([503, 'unavailable']);
});
