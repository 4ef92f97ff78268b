/** The Connect picker. Source: Microsoft's "Register your connector", 2017; removed from the documents in August 2018. */
import { readForm } from '../http/body.ts';
import type { Html } from '../http/html.ts';
import { type Call, type Reply, type Route, reply, route } from '../http/router.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';
import type { ConnectorApp } from '../world/connector-app.ts';
import type { User } from '../world/people.ts';
import type { Place } from '../world/places.ts';
import { callbackQuery, deniedQuery, variantNamed } from './callback.ts';
import { invalidRequestPage, noCallbackPage, pickerPage } from './picker-page.ts';

/** What the picker needs of the world. */
export interface ConnectParts {
  readonly app: () => ConnectorApp;
  readonly users: () => readonly User[];
  /** The groups and the inbox that somebody may pick. */
  readonly placesOf: (user: User) => readonly Place[];
  readonly webhooks: Webhooks;
}

/** The picker's page, and where its form goes. Both work without a browser. */
export function connectRoutes(parts: ConnectParts): Route[] {
  return [
    route('GET', '/connectors/Connect', ({ url }) => show(parts, url.searchParams)),
    route('POST', '/connectors/Connect', (call) => decide(parts, call)),
  ];
}

const answerPage = (status: number, { html }: Html): Reply =>
  // Nothing here may be framed: the person must see whom they allow.
  reply(status, 'text/html', html, {
    'content-security-policy': "frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
  });

function show(parts: ConnectParts, query: URLSearchParams): Reply {
  const invalid = whyInvalid(parts.app(), query);
  if (invalid !== undefined) return answerPage(400, invalidRequestPage(invalid));
  const user = userOf(parts, query);
  return answerPage(
    200,
    pickerPage({
      app: parts.app(),
      callbackUrl: query.get('callback_url') ?? '',
      state: query.get('state'),
      user,
      users: parts.users(),
      places: parts.placesOf(user),
    }),
  );
}

async function decide(parts: ConnectParts, call: Call): Promise<Reply> {
  const form = await readForm(call);
  const invalid = whyInvalid(parts.app(), form);
  if (invalid !== undefined) return answerPage(400, invalidRequestPage(invalid));
  const callbackUrl = form.get('callback_url') ?? '';
  if (!mayCallBack(callbackUrl)) return answerPage(200, noCallbackPage());
  const state = form.get('state');
  if (form.get('decision') === 'deny') return redirect(callbackUrl, deniedQuery(state));
  const user = userOf(parts, form);
  const place = parts.placesOf(user).find(({ id }) => id === form.get('place'));
  if (place === undefined) return answerPage(400, invalidRequestPage('no such group or inbox for this person'));
  const { appId, name } = parts.app();
  const webhook = parts.webhooks.create({ kind: 'connector', name, place, provider: appId });
  const variant = variantNamed(form.get('variant'));
  return redirect(callbackUrl, callbackQuery({ state, place, webhook, userObjectId: user.oid }, variant));
}

const redirect = (to: string, query: string): Reply =>
  reply(302, 'text/plain', '', { location: query === '' ? to : `${to}?${query}`, 'referrer-policy': 'no-referrer' });

function userOf({ users }: ConnectParts, query: URLSearchParams): User {
  const user = users().find(({ oid }) => oid === query.get('user')) ?? users()[0];
  if (user === undefined) throw new Error('a Microsoft 365 without people');
  return user;
}

function whyInvalid(app: ConnectorApp, query: URLSearchParams): string | undefined {
  if (query.get('app_id') !== app.appId) return `app_id is not ${app.appId}.`;
  const callback = query.get('callback_url') ?? '';
  if (!URL.canParse(callback)) return 'callback_url is no address.';
  if (new URL(callback).search !== '') return 'callback_url has a query.';
  if (app.callbackUrl !== null && callback !== app.callbackUrl) return `callback_url is not ${app.callbackUrl}.`;
  return undefined;
}

/** "Nothing is returned if the callback_url is not a valid HTTPS URL"; "when developing you can provide your localhost". */
function mayCallBack(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || hostname === 'localhost' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
