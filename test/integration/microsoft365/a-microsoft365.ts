/** What the tests of the stand-in share: one that stops with the test, and calls to it. */
import {
  type Microsoft365,
  type Microsoft365Options,
  startMicrosoft365,
} from '../../../infra/local/microsoft365/server.ts';
import type { Webhook } from '../../../infra/local/microsoft365/webhooks/webhook.ts';

const running: Microsoft365[] = [];

/** A stand-in on a free port. */
export async function aMicrosoft365(options: Microsoft365Options = {}): Promise<Microsoft365> {
  const started = await startMicrosoft365(options);
  running.push(started);
  return started;
}

/** Stops what `aMicrosoft365` started; for `afterEach`. */
export async function stopMicrosoft365(): Promise<void> {
  await Promise.all(running.splice(0).map((one) => one.stop()));
}

/** A clock that a test sets. */
export function aClock(at = '2026-11-21T09:00:00Z') {
  let now = Date.parse(at);
  const pass = (seconds: number) => {
    now += seconds * 1_000;
  };
  return { now: () => now, pass };
}

/** The smallest card that a connector takes. */
export const aCard = {
  '@type': 'MessageCard',
  '@context': 'https://schema.org/extensions',
  summary: 'Hello',
  text: 'Hello',
};

/** The smallest envelope that a flow posts. */
export const anEnvelope = {
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      contentUrl: null,
      content: { type: 'AdaptiveCard', version: '1.4', body: [{ type: 'TextBlock', text: 'Hello' }] },
    },
  ],
};

/** Posts a card as a sender does; `body` as it is when it is a string. */
export function post(
  webhook: Pick<Webhook, 'url'>,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(webhook.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** Calls the control API. */
export async function control(
  url: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${url}/_control${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.json() };
}
