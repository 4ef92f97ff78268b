/** What a webhook can answer: bytes on the wire, read by the client that posts, and what is made of it. */
import { type AddressInfo, createServer, type Server } from 'node:net';
import fc from 'fast-check';
import { type Answer, readOutcome } from '../../../shared/delivery/outcome.ts';
import { verdictOf } from '../../../shared/delivery/verdict.ts';
import { createPostCard } from '../../../shared/delivery/webhook-client.ts';
import { nearlyText, text } from '../inputs.ts';
import { must, type Target } from '../target.ts';

const KINDS = ['connector', 'workflow'] as const;
const HIDDEN =
  'Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429 with ContextId x';
const RAW = [
  'HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1',
  'HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n',
  `HTTP/1.1 200 OK\r\nContent-Length: ${HIDDEN.length}\r\n\r\n${HIDDEN}`,
  'HTTP/1.1 429 Too Many Requests\r\nRetry-After: 20\r\nContent-Length: 0\r\n\r\n',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n1\r\n0\r\n\r\n',
  'HTTP/1.1 302 Found\r\nLocation: http://evil.example\r\n\r\n',
  'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nConnection: close\r\n\r\n1',
] as const;

const NOW = Date.parse('2026-11-21T09:00:00Z');
const POST_MS = 2_000;
let sends = '';
let listening: Promise<{ readonly server: Server; readonly post: () => Promise<Answer> }> | undefined;

/** The target. */
export const webhookAnswers: Target = {
  name: 'webhook-answers',
  inputs: fc.record({
    kind: fc.constantFrom(...KINDS),
    failures: fc.integer({ min: 1, max: 10 }),
    random: fc.double({ min: 0, max: 0.999, noNaN: true }),
    answer: fc.oneof(
      fc.record({
        is: fc.constant('answered'),
        status: fc.oneof(fc.constantFrom(200, 202, 400, 404, 410, 413, 429, 500), fc.integer()),
        body: nearlyText('1', HIDDEN, 'Error contacting Microsoft Teams endpoint'),
        retryAfterMs: fc.option(fc.double({ min: -1e15, max: 1e15, noNaN: true }), { nil: undefined }),
      }),
      fc.record({ is: fc.constantFrom('lost', 'not-sent'), reason: text }),
      fc.record({ is: fc.constant('raw'), bytes: nearlyText(...RAW) }),
    ),
  }),
  async run(input) {
    const { kind, failures, random, answer } = input as Input;
    const answered = answer.is === 'raw' ? await post(answer.bytes) : answer;
    const outcome = readOutcome(kind, answered);
    const verdict = verdictOf(outcome, { style: 'normal', budgetBytes: 18_000 }, failures, random);
    must(
      outcome.is !== 'delivered' || (answered.is === 'answered' && answered.status === 200),
      'a success that is none',
    );
    must(
      verdict.next !== 'retry' || (verdict.waitMs >= 0 && verdict.waitMs <= 25 * 3_600_000),
      'a wait beyond all bounds',
    );
    // Whether the bytes arrive before the end of the connection is for the machine to say.
    return answer.is === 'raw' ? `${kind}, bytes` : `${kind}, ${answer.is}: ${outcome.is}, ${verdict.next}`;
  },
  async stop() {
    const { server } = (await listening) ?? {};
    listening = undefined;
    await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
  },
};

interface Input {
  readonly kind: (typeof KINDS)[number];
  readonly failures: number;
  readonly random: number;
  readonly answer: Answer | { readonly is: 'raw'; readonly bytes: string };
}

/** Posts to a server that answers so, whatever comes, and hangs up. */
async function post(bytes: string): Promise<Answer> {
  listening ??= listen();
  sends = bytes;
  return (await listening).post();
}

async function listen() {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(Buffer.from(sends, 'utf8')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const postCard = createPostCard({ localOrigins: [origin], now: () => NOW });
  return { server, post: () => postCard({ kind: 'connector', url: origin }, '{}', POST_MS) };
}
