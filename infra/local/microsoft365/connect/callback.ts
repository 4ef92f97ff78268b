/** What the Connect picker sends back to a product: the parameters as documented, and every way they can be wrong. */
import type { Webhook } from '../webhooks/webhook.ts';
import { appTypes, type Place } from '../world/places.ts';

/** One of the variants below, or `documented`. */
export type CallbackVariant = keyof typeof variants;

/** What was picked, and by whom. */
export interface Picked {
  readonly state: string | null;
  readonly place: Place;
  readonly webhook: Webhook;
  readonly userObjectId: string;
}

type Parameters = [name: string, value: string][];

const set =
  (name: string, value: string) =>
  (all: Parameters): Parameters =>
    all.map((pair) => (pair[0] === name ? [name, value] : pair));
const drop =
  (name: string) =>
  (all: Parameters): Parameters =>
    all.filter(([given]) => given !== name);
const add =
  (name: string, value: string) =>
  (all: Parameters): Parameters => [...all, [name, value]];
const changeUrl =
  (change: (url: URL) => void) =>
  (all: Parameters): Parameters =>
    all.map(([name, value]) => {
      if (name !== 'webhook_url') return [name, value];
      const url = new URL(value);
      change(url);
      return [name, url.href];
    });

/** Each breaks one thing. Their names are what the picker's page and the control API take. */
export const variants = {
  documented: (all: Parameters) => all,
  'capital app type': (all: Parameters): Parameters =>
    all.map(([name, value]) => [name, name === 'app_type' ? value.charAt(0).toUpperCase() + value.slice(1) : value]),
  'no parameters': (): Parameters => [],
  'no state': drop('state'),
  'other state': set('state', 'not-the-state-you-gave'),
  'two states': add('state', 'a-second-state'),
  'no webhook': drop('webhook_url'),
  'empty webhook': set('webhook_url', ''),
  'webhook is no address': set('webhook_url', 'not an address'),
  'webhook of another host': set('webhook_url', 'https://evil.example/webhookb2/steal'),
  'webhook of a look-alike host': set('webhook_url', 'https://outlook.office.com.evil.example/webhook/steal'),
  'webhook with user info': changeUrl((url) => {
    url.username = 'outlook.office.com';
  }),
  'webhook with a fragment': changeUrl((url) => {
    url.hash = 'fragment';
  }),
  'webhook of a private address': set('webhook_url', 'http://169.254.169.254/latest/meta-data'),
  'webhook by script': set('webhook_url', 'javascript:alert(1)'),
  'webhook of another tenant': changeUrl((url) => {
    url.pathname = url.pathname.replace(/@[0-9a-f-]{36}/, '@72f988bf-0000-4000-8000-00000000fab2');
  }),
  'two webhooks': add('webhook_url', 'https://evil.example/webhookb2/steal'),
  'no app type': drop('app_type'),
  'unknown app type': set('app_type', 'yammer'),
  'no group name': drop('group_name'),
  'group name with markup': set('group_name', '<img src=x onerror=alert(1)>[click](https://evil.example)\r\nX: y'),
  'group name of 5,000 characters': set('group_name', 'g'.repeat(5_000)),
  'no user': drop('user_objectId'),
  'user is no GUID': set('user_objectId', '../admin'),
  'error beside the webhook': add('error', 'AccessDenied'),
  'unknown error': (all: Parameters): Parameters => [
    ...all.filter(([name]) => name === 'state'),
    ['error', 'ServerError'],
  ],
  'broken encoding': (all: Parameters) => all,
} as const;

/** Sources: Microsoft's connector registration page of 2017, "query parameters are sent back in the response". */
export function callbackQuery({ state, place, webhook, userObjectId }: Picked, variant: CallbackVariant): string {
  const documented: Parameters = [
    ...(state === null ? [] : [['state', state] satisfies [string, string]]),
    // Only when a group was picked: an inbox has no name.
    ...(place.kind === 'inbox' ? [] : [['group_name', place.name] satisfies [string, string]]),
    ['webhook_url', webhook.url],
    ['app_type', appTypes[place.kind]],
    ['user_objectId', userObjectId],
  ];
  const query = new URLSearchParams(variants[variant](documented)).toString();
  return variant === 'broken encoding' ? query.replace('group_name=', 'group_name=%E0%A4%A') : query;
}

/** The answer to *Deny*: the state and the error, and nothing that only success brings. */
export function deniedQuery(state: string | null): string {
  const query = new URLSearchParams(state === null ? {} : { state });
  query.append('error', 'AccessDenied');
  return query.toString();
}

/** The variant of that name, or the documented one. */
export function variantNamed(name: string | null): CallbackVariant {
  return name !== null && Object.hasOwn(variants, name) ? (name as CallbackVariant) : 'documented';
}
