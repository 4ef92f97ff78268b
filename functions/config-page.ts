/** `GET /config`: what is set up for a channel, for its owner. The page that changes it takes its place. */
import type { HttpHandler } from '@azure/functions';
import type { Session, Sessions } from '../shared/identity/session.ts';
import { answeringPages } from '../shared/platform/answering-pages.ts';
import { type Html, html } from '../shared/platform/html.ts';
import { pageAnswer } from '../shared/platform/page.ts';
import { describeContent, describeSchedule } from '../shared/subscriptions/describe.ts';
import type { ReadOwnSubscription } from '../shared/subscriptions/own-subscription.ts';
import type { Subscription } from '../shared/subscriptions/subscription.ts';

/** `nextDeliveries`: the next five times in milliseconds since 1970, none for a channel that is told at once or not at all. */
export interface ConfigPageDeps {
  readonly sessions: Sessions;
  readonly readOwn: ReadOwnSubscription;
  readonly nextDeliveries: (subscription: Subscription) => readonly number[];
  readonly topicName: (type: string) => string;
}

/** Handles `GET /config?subscription=…`. */
export function createConfigPageHandler({ sessions, readOwn, nextDeliveries, topicName }: ConfigPageDeps): HttpHandler {
  return answeringPages('Notifications', async (request) => {
    const session = await sessions.read(request);
    const id = request.query.get('subscription');
    const who = whoIsSignedIn(session);
    if (id === null)
      return pageAnswer({
        title: 'Notifications',
        body: html`${who}<p><a href="/connect">Connect to Office 365</a></p>`,
      });
    const subscription = await readOwn(session, id);
    const next = nextDeliveries(subscription).map((at) => html`<li>${inZone(at, subscription)}</li>`);
    const body = html`<dl>
<dt>What it gets</dt><dd>${describeContent(subscription, topicName)}</dd>
<dt>When</dt><dd>${describeSchedule(subscription.schedule)}</dd>
<dt>State</dt><dd>${subscription.state.is}</dd>
</dl>
${next.length === 0 ? '' : html`<h2>Next deliveries</h2>\n<ol>${next}</ol>`}
${who}`;
    return pageAnswer({ title: subscription.target.name, body });
  });
}

function whoIsSignedIn({ account, person }: Session): Html {
  return html`<p>Account: ${account}. Signed in as ${person.sub ?? 'a person of your organisation'}.</p>`;
}

function inZone(at: number, { schedule, locale }: Subscription): string {
  const timeZone = schedule.every === 'now' ? 'UTC' : schedule.timeZone;
  return new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'full', timeStyle: 'short' }).format(at);
}
