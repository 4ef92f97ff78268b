/** The pages, and what only they ask for. */
import type { Control } from '../control/control.ts';
import { faultOf, kindOf, textOf } from '../control/parse.ts';
import { CallerError, readForm, readJson } from '../http/body.ts';
import type { Html } from '../http/html.ts';
import { type Call, json, type Reply, type Route, reply, route } from '../http/router.ts';
import { channelPage, hostPage, playgroundPage } from './app-pages.ts';
import { faultFields, faultsPage } from './faults-page.ts';
import { flowsPage } from './flows-page.ts';
import { requestsPage } from './requests-page.ts';
import { startPage } from './start-page.ts';

/** What the product's linter says of a card. */
export interface Finding {
  readonly level: 'error' | 'warning';
  readonly message: string;
}

/** The product's linter: takes a card's JSON as text. */
export type Lint = (text: string) => readonly Finding[] | Promise<readonly Finding[]>;

/** The routes of the pages. */
export function viewRoutes(control: Control, lint: Lint | undefined): Route[] {
  const { world, requests, runs, faults, webhooks } = control;
  return [
    route('GET', '/', () => answerHtml(startPage(world))),
    route('GET', '/teams', () => answerHtml(hostPage('teams'))),
    route('GET', '/outlook', () => answerHtml(hostPage('outlook'))),
    route('GET', '/channel/:id', ({ params }) => answerHtml(channelPage(world.place(params['id'] ?? '')))),
    route('GET', '/requests', () => answerHtml(requestsPage(requests.list(), requests.sums(), webhooks()))),
    route('GET', '/flows', () => answerHtml(flowsPage(webhooks(), runs.list()))),
    route('GET', '/faults', () => answerHtml(faultsPage(faults.list(), webhooks()))),
    route('POST', '/faults', (call) => changeFaults(control, call)),
    route('GET', '/playground', () => answerHtml(playgroundPage(world.places))),
    route('POST', '/_host/lint', async (call) => {
      const text = textOf(await readJson(call), 'text') ?? '';
      return json(200, { findings: lint === undefined ? null : await lint(text) });
    }),
    route('POST', '/_host/post', (call) => postCard(control, call)),
  ];
}

/** Pages run their own scripts only; what a card shows, and what a dialog frames, may come from anywhere. */
const POLICY =
  "default-src 'self'; img-src * data:; style-src 'self' 'unsafe-inline'; frame-src *; frame-ancestors 'none'";

const answerHtml = ({ html }: Html): Reply => reply(200, 'text/html', html, { 'content-security-policy': POLICY });

async function changeFaults({ faults }: Control, call: Call): Promise<Reply> {
  // Any site's form could reach this: only this page's own is heard.
  if (call.request.headers.origin !== call.url.origin) throw new CallerError(403, 'not from this page');
  const form = await readForm(call);
  if (form.get('do') === 'clear') faults.remove();
  else faults.add(faultOf(faultFields(form)));
  return reply(303, 'text/plain', '', { location: '/faults' });
}

/** Posts a card from the playground as a sender would: over HTTP, through a webhook made for it. */
async function postCard({ createWebhook }: Control, call: Call): Promise<Reply> {
  const fields = await readJson(call);
  const place = textOf(fields, 'place') ?? '';
  const webhook = createWebhook({ kind: kindOf(fields) ?? 'connector', name: 'Playground', place });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(webhook.url, { method: 'POST', headers, body: textOf(fields, 'text') ?? '' });
  return json(200, { status: answer.status, body: await answer.text(), place });
}
