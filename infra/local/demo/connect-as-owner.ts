/** Connects a group as its owner does in a browser: a setup token from the product, then Office 365's picker and back. */
import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';

/** Where things are, and what the product signs with. */
export interface OwnerJourney {
  readonly publicUrl: string;
  readonly account: string;
  readonly issuer: string;
  readonly setupKey: string;
  readonly timeZone: string;
  /** Which place to take; a card in a group's mailbox cannot be answered. */
  readonly place?: 'first' | 'inbox';
}

/** Goes the whole way; gives the id of the subscription. @throws Error that says at which step what was answered. */
export async function connectAsOwner({
  publicUrl,
  account,
  issuer,
  setupKey,
  timeZone,
  place = 'first',
}: OwnerJourney): Promise<string> {
  const setupToken = await new SignJWT({ account })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(issuer)
    .setAudience(publicUrl)
    .setSubject('owner@acme.example')
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(new TextEncoder().encode(setupKey));

  const session = await fetch(`${publicUrl}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ setupToken, as: 'cookie', timeZone }),
  });
  const cookies = cookiesOf(await expectStatus(session, 200, 'signing in'));

  const begun = await fetch(`${publicUrl}/connect`, { headers: { cookie: cookies }, redirect: 'manual' });
  const picker = new URL(locationOf(await expectStatus(begun, 302, 'beginning to connect')));
  const allowed = await fetch(picker.origin + picker.pathname, {
    method: 'POST',
    body: await allowPlace(picker, place),
    redirect: 'manual',
  });
  const callback = locationOf(await expectStatus(allowed, 302, 'allowing in the picker'));

  const back = await fetch(callback, { headers: { cookie: `${cookies}; ${cookiesOf(begun)}` }, redirect: 'manual' });
  const clean = locationOf(await expectStatus(back, 302, 'coming back from the picker'));
  const id = new URL(clean, publicUrl).searchParams.get('subscription');
  if (id === null) throw new Error('coming back from the picker led to no subscription');
  return id;
}

/** Fills in the picker's form as a person would who takes a place and presses Allow. */
async function allowPlace(picker: URL, place: 'first' | 'inbox'): Promise<URLSearchParams> {
  const page = await (await expectStatus(await fetch(picker), 200, 'opening the picker')).text();
  const form = new URLSearchParams({ decision: 'allow' });
  for (const [input] of page.matchAll(/<input\b[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(input)?.[1];
    const value = /value="([^"]*)"/.exec(input)?.[1];
    const isWanted = name !== 'place' || place === 'first' || value?.startsWith('inbox-');
    if (name !== undefined && value !== undefined && isWanted && !form.has(name)) form.set(name, unescapeHtml(value));
  }
  return form;
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

async function expectStatus(response: Response, status: number, step: string): Promise<Response> {
  if (response.status === status) return response;
  throw new Error(`${step}: expected ${status}, was answered ${response.status}\n${await response.text()}`);
}

function locationOf(response: Response): string {
  return response.headers.get('location') ?? '';
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}
