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
import { applyConsent, applyQuirks, switches } from './switches.ts';

/** What the product's linter says of a card. */
export interface Finding {
  readonly level: 'error' | 'warning';
  readonly message: string;
}

/** The product's linter: takes a card's JSON as text. */
export type Lint = (text: string) => readonly Finding[] | Promise<readonly Finding[]>;

/** Lets something happen in the product, and says what. */
export type Sample = () => Promise<string>;

/** What the product lends the pages. */
export interface Lent {
  readonly lint?: Lint;
  readonly sample?: Sample;
}

/** The routes of the pages. */
export function viewRoutes(control: Control, { lint, sample }: Lent): Route[] {
  const { world, requests, runs, faults, webhooks, quirks } = control;
  return [
    route('GET', '/', () => answerHtml(startPage(world, sample !== undefined))),
    route('GET', '/teams', () => answerHtml(hostPage('teams', sample !== undefined))),
    route('GET', '/outlook', () => answerHtml(hostPage('outlook', sample !== undefined))),
    route('GET', '/channel/:id', ({ params }) => answerHtml(channelPage(world.place(params['id'] ?? '')))),
    route('GET', '/requests', () => answerHtml(requestsPage(requests.list(), requests.sums(), webhooks()))),
    route('GET', '/flows', () => answerHtml(flowsPage(webhooks(), runs.list()))),
    route('GET', '/faults', () => answerHtml(faultsPage(faults.list(), webhooks(), switches(quirks, world.users)))),
    route('POST', '/faults', (call) => changeFaults(control, call)),
    route('GET', '/playground', () => answerHtml(playgroundPage(world.places))),
    route('POST', '/_host/lint', async (call) => {
      const text = textOf(await readJson(call), 'text') ?? '';
      return json(200, { findings: lint === undefined ? null : await lint(text) });
    }),
    route('POST', '/_host/sample', async (call) => {
      await readJson(call); // its content type is demanded
      return json(200, { said: (await sample?.()) ?? 'There is nothing to send.' });
    }),
    route('POST', '/_host/post', (call) => postCard(control, call)),
  ];
}

/** Pages run their own scripts only; what a card shows, and what a dialog frames, may come from anywhere. */
const POLICY =
  "default-src 'self'; img-src * data:; style-src 'self' 'unsafe-inline'; frame-src *; frame-ancestors 'none'";

const answerHtml = ({ html }: Html): Reply => reply(200, 'text/html', html, { 'content-security-policy': POLICY });

async function changeFaults({ faults, quirks, world }: Control, call: Call): Promise<Reply> {
  // Any site's form could reach this: only this page's own is heard.
  if (call.request.headers.origin !== call.url.origin) throw new CallerError(403, 'not from this page');
  const form = await readForm(call);
  const what = form.get('do');
  if (what === 'clear') faults.remove();
  else if (what === 'client') applyQuirks(quirks, form);
  else if (what === 'consent') applyConsent(world.users, form);
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
