import type { lookup } from 'node:dns';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPostCard } from '../../../shared/delivery/webhook-client.ts';

const servers: Server[] = [];
afterAll(() => servers.map((server) => server.close()));

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function post(origin: string, { body = '{"text":"Grüße"}', timeoutMs = 2_000 } = {}) {
  const postCard = createPostCard({ localOrigins: [origin], now: () => Date.parse('2026-11-23T09:00:00Z') });
  return postCard({ kind: 'connector', url: `${origin}/webhook/secret?sig=%2Fa%2fb` }, body, timeoutMs);
}

describe('posting a card', () => {
  it('sends the body as it is, with its size in bytes and no credentials', async () => {
    const seen: unknown[] = [];
    const origin = await serve(async (request, response) => {
      let body = '';
      for await (const part of request) body += part;
      const { authorization, cookie } = request.headers;
      seen.push({
        url: request.url,
        length: request.headers['content-length'],
        type: request.headers['content-type'],
        body,
        authorization,
        cookie,
      });
      response.end('1');
    });

    const answer = await post(origin);

    expect(answer).toEqual({ is: 'answered', status: 200, body: '1', retryAfterMs: undefined });
    expect(seen).toEqual([
      {
        url: '/webhook/secret?sig=%2Fa%2fb',
        length: '18',
        type: 'application/json; charset=utf-8',
        body: '{"text":"Grüße"}',
      },
    ]);
  });

  it.each([
    ['seconds', '120', 120_000],
    ['a date', 'Mon, 23 Nov 2026 09:05:00 GMT', 300_000],
    ['a date gone by', 'Mon, 23 Nov 2026 08:00:00 GMT', 0],
    ['nonsense', 'soon', undefined],
  ])('reads a Retry-After in %s', async (_, header, retryAfterMs) => {
    const origin = await serve((_request, response) => response.writeHead(429, { 'retry-after': header }).end());

    expect(await post(origin)).toEqual({ is: 'answered', status: 429, body: '', retryAfterMs });
  });

  it('follows no redirect', async () => {
    let visits = 0;
    const elsewhere = await serve((_request, response) => {
      visits += 1;
      response.end('1');
    });
    const origin = await serve((_request, response) => response.writeHead(307, { location: elsewhere }).end());

    expect(await post(origin)).toMatchObject({ is: 'answered', status: 307 });
    expect(visits).toBe(0);
  });

  it('reads four KiB of an answer without end, and lets go', async () => {
    const origin = await serve((_request, response) => {
      const more = setInterval(() => response.write('x'.repeat(10_000)), 1);
      response.on('close', () => clearInterval(more));
    });

    const answer = await post(origin);

    expect(answer).toMatchObject({ is: 'answered', body: 'x'.repeat(4_096) });
  });

  it('knows that nothing was sent where nobody listens', async () => {
    const origin = await serve(() => {});
    const server = servers.at(-1);
    await new Promise((resolve) => server?.close(resolve));

    expect(await post(origin)).toEqual({ is: 'not-sent', reason: 'The webhook could not be reached (ECONNREFUSED).' });
  });

  it('does not know what became of a card when the connection ends before the answer', async () => {
    const origin = await serve((request) => {
      request.resume().on('end', () => request.socket.destroy());
    });

    expect(await post(origin)).toEqual({
      is: 'lost',
      reason: 'The connection ended before an answer came (ECONNRESET).',
    });
  });

  it('does not know what became of a card that got no answer in time', async () => {
    const origin = await serve((request) => request.resume());

    expect(await post(origin, { timeoutMs: 50 })).toEqual({
      is: 'lost',
      reason: 'The webhook did not answer in time.',
    });
  });

  it('believes a refusal whose body broke off, but no 200', async () => {
    const breaking =
      (status: number): RequestListener =>
      (_request, response) => {
        response.writeHead(status, { 'content-length': 100 });
        response.write('half');
        setImmediate(() => response.destroy());
      };

    expect(await post(await serve(breaking(404)))).toMatchObject({ is: 'answered', status: 404 });
    expect(await post(await serve(breaking(200)))).toMatchObject({ is: 'lost' });
  });

  it('never calls this machine, but for the origins it was given', async () => {
    let visits = 0;
    const origin = await serve((_request, response) => {
      visits += 1;
      response.end('1');
    });
    const postCard = createPostCard({ now: Date.now });

    const plain = await postCard({ kind: 'connector', url: `${origin}/webhook` }, '{}', 500);
    const secure = await postCard(
      { kind: 'connector', url: origin.replace('http://127.0.0.1', 'https://localhost') },
      '{}',
      500,
    );

    expect(plain).toMatchObject({ is: 'not-sent' });
    expect(secure).toEqual({ is: 'not-sent', reason: 'The webhook could not be reached (EPRIVATE).' });
    expect(visits).toBe(0);
  });

  it('refuses a name that leads inside, at the moment of connecting', async () => {
    const inside = ((_name: string, _options: object, done: (error: null, addresses: object[]) => void) =>
      done(null, [{ address: '10.0.0.5', family: 4 }])) as never;
    const postCard = createPostCard({ resolve: inside, now: Date.now });

    expect(await postCard({ kind: 'connector', url: 'https://outlook.office.com/webhook/x' }, '{}', 500)).toEqual({
      is: 'not-sent',
      reason: 'The webhook could not be reached (EPRIVATE).',
    });
  });

  it('asks the name anew for each connection: one that was public when it was checked does not lead inside later', async () => {
    const answers = ['52.96.0.1', '127.0.0.1'];
    const rebinding = ((_name: string, _options: object, done: (error: null, addresses: object[]) => void) =>
      done(null, [{ address: answers.shift() ?? '127.0.0.1', family: 4 }])) as never as typeof lookup;
    const checked = await new Promise((resolve) =>
      rebinding('outlook.office.com', { all: true }, (_error, [first]) => resolve(first?.address)),
    );
    const postCard = createPostCard({ resolve: rebinding, now: Date.now });

    const answer = await postCard({ kind: 'connector', url: 'https://outlook.office.com/webhook/x' }, '{}', 500);

    expect(checked).toBe('52.96.0.1');
    expect(answer).toEqual({ is: 'not-sent', reason: 'The webhook could not be reached (EPRIVATE).' });
  });

  it.each(['https://127.0.0.1/webhook', 'https://10.0.0.5/webhook', 'https://[::1]/webhook', 'https://2130706433/'])(
    'posts to no number, which no name server is asked for: %s',
    async (url) => {
      const postCard = createPostCard({ now: Date.now });

      expect(await postCard({ kind: 'connector', url }, '{}', 500)).toEqual({
        is: 'not-sent',
        reason: 'The webhook is a number instead of a name.',
      });
    },
  );

  it('repeats no part of the address in what it says', async () => {
    const postCard = createPostCard({ now: Date.now });

    const answer = await postCard({ kind: 'connector', url: 'https://canary.invalid/webhook/canary' }, '{}', 500);

    expect(JSON.stringify(answer)).not.toContain('canary');
  });
});
