/** Connect with the local Microsoft 365's own picker: as documented, refused, and with every way its answer can be wrong. */
import type { KeyVault } from '../../../infra/local/key-vault/server.ts';
import { type CallbackVariant, variants } from '../../../infra/local/microsoft365/connect/callback.ts';
import { type Microsoft365, startMicrosoft365 } from '../../../infra/local/microsoft365/server.ts';
import {
  aBrowser,
  aConnectVault,
  aConnectWorld,
  type ConnectWorld,
  headerOf,
  PUBLIC_URL,
  textOf,
} from './connect-world.ts';

let vault: KeyVault;
let office: Microsoft365;
let world: ConnectWorld;
beforeAll(async () => {
  [vault, office] = await Promise.all([aConnectVault(), startMicrosoft365({ productUrl: PUBLIC_URL })]);
  world = await aConnectWorld({ vault, connectUrl: `${office.url}/connectors/Connect` });
});
afterAll(() => Promise.all([vault.stop(), office.stop()]));

/** Chooses on the picker's page, and gives the path that Office 365 sends the browser back to. */
async function choose(picker: URL, choice: Record<string, string>): Promise<string> {
  const page = await fetch(picker);
  expect(page.status).toBe(200);
  const form = new URLSearchParams([...picker.searchParams, ...Object.entries(choice)]);
  const back = await fetch(picker.origin + picker.pathname, { method: 'POST', body: form, redirect: 'manual' });
  const location = new URL(back.headers.get('location') ?? '');
  expect(location.origin).toBe(PUBLIC_URL);
  return location.pathname + location.search;
}

async function connecting(choice: Record<string, string>) {
  const browser = aBrowser(world);
  await browser.signIn();
  const back = await choose(await browser.connect(), choice);
  return { browser, answer: await browser.get(back) };
}

const [GROUP, INBOX] = ['9f0c0de0-0000-4000-8000-0000000000f1', 'inbox-0b1ec700-0000-4000-8000-0000000000a1'];

it.each([
  ['a group', GROUP, 'Product team'],
  ['an inbox', INBOX, 'Inbox'],
])('connects %s under its name, and its webhook takes what is posted', async (_what, place, name) => {
  const { answer } = await connecting({ decision: 'allow', place });

  const location = headerOf(answer, 'location');
  const id = location.slice(location.indexOf('=') + 1);
  const url = await world.webhookVault.read(id);
  const card = { '@type': 'MessageCard', '@context': 'https://schema.org/extensions', summary: 'Hello', text: 'Hello' };
  const posted = await fetch(url ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(card),
  });
  expect(world.created.find((subscription) => subscription.id === id)?.target.name).toBe(name);
  expect([posted.status, await posted.text()]).toEqual([200, '1']);
});

it('says that access was denied when it was', async () => {
  const { answer } = await connecting({ decision: 'deny' });

  expect(answer.status).toBe(403);
  expect(textOf(answer)).toContain('Access was denied in Office 365');
});

const FINE: CallbackVariant[] = [
  'documented',
  'capital app type',
  'no group name',
  'group name with markup',
  'group name of 5,000 characters',
  'no user',
  'user is no GUID',
];

it.each(
  (Object.keys(variants) as CallbackVariant[]).map((variant) => [variant, FINE.includes(variant) ? 302 : 'a page']),
)('answers "%s" with %s', async (variant, expected) => {
  const { answer } = await connecting({ decision: 'allow', place: GROUP, variant });

  if (expected === 302) return expect(answer.status).toBe(302);
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(textOf(answer)).toMatch(/<h1>Not connected<\/h1>[\s\S]*<code>[a-z-]+<\/code>/);
  expect(textOf(answer)).not.toMatch(/webhookb2|evil|169\.254/);
});
