/** The page that lists what arrived at the webhooks, newest first, with the bytes and the answers. */
import { type Html, html } from '../http/html.ts';
import { page } from '../http/page.ts';
import type { RecordedRequest, RequestSums } from '../webhooks/request-log.ts';
import type { Webhook } from '../webhooks/webhook.ts';
import { navigation } from './navigation.ts';

const SHOWN = 100;

/** The page. */
export function requestsPage(
  requests: readonly RecordedRequest[],
  sums: RequestSums,
  webhooks: readonly Webhook[],
): Html {
  const names = new Map(webhooks.map(({ id, name }) => [id, name]));
  const newest = requests.slice(-SHOWN).reverse();
  return page({
    title: 'Requests',
    body: html`${navigation('/requests')}<main class="wide"><h1>What arrived</h1>
      <p>${sums.requests} requests · ${sums.accepted} accepted · ${sums.lostAnswers} answers lost · ${sums.violations} over a limit</p>
      <p class="note">The newest ${SHOWN}. All of them: <a href="/_control/requests">/_control/requests</a></p>
      ${newest.length === 0 ? html`<p class="notice">Nothing has arrived yet.</p>` : undefined}
      ${newest.map((request) => row(request, names.get(request.webhook ?? '') ?? 'no webhook of ours'))}</main>`,
  });
}

function row(request: RecordedRequest, name: string): Html {
  const { answer } = request;
  const outcome = request.lost ? 'lost' : request.accepted ? 'good' : 'bad';
  return html`<details class="request"><summary>
      <time>${request.at.slice(11, 23)}</time> <b>${name}</b>
      <span>${request.method} ${request.bytes} bytes</span>
      <span class="badge ${outcome}">${answer === null ? 'no answer' : answer.status}</span>
      <span class="answer">${answer?.body.slice(0, 120)}</span>
      ${request.violations.map((window) => html`<span class="badge bad">${window}</span>`)}
      ${request.lost ? html`<span class="badge lost">answer lost</span>` : undefined}
    </summary>
    <h2>Headers</h2><pre>${Object.entries(request.headers).map(([key, value]) => html`${key}: ${value}\n`)}</pre>
    <h2>Body</h2><pre>${indented(request.body)}</pre>
    <h2>Answer</h2><pre>${answer === null ? 'none: the connection ended' : `${answer.status} ${answer.body}`}</pre>
  </details>`;
}

function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    return body;
  }
}
