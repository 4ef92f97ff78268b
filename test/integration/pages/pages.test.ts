/** The pages of the site: what they carry, and the headers they come with. */
import { HttpRequest, type HttpResponseInit, InvocationContext } from '@azure/functions';
import { createConfigPageHandler } from '../../../functions/config-page.ts';
import { createHelpPageHandler } from '../../../functions/help-page.ts';
import { createLandingPageHandler } from '../../../functions/landing-page.ts';
import { createSignedInPageHandler } from '../../../functions/signed-in-page.ts';
import { SessionRequiredError } from '../../../shared/identity/errors.ts';
import { aBrand } from './a-brand.ts';

const file = (name: string) => `pages/${name.replace('.', '.HASH1234.')}`;
const common = { brand: aBrand, file };
const pages = {
  config: createConfigPageHandler({
    ...common,
    hosts: ['http://localhost:7072'],
    signInUrl: 'https://forge.example/sign-in',
    canConnect: true,
    withMicrosoft: true,
    sessions: {
      read: async () => {
        throw new SessionRequiredError();
      },
    },
  }),
  'signed-in': createSignedInPageHandler({
    ...common,
    hosts: [],
    entra: { authority: 'https://login.example', clientId: 'client' },
    publicUrl: 'https://tidings.example',
  }),
  landing: createLandingPageHandler(common),
  help: createHelpPageHandler({
    ...common,
    read: (name) => (name === 'index' ? { title: 'Help', markup: '<h1>Help</h1>' } : undefined),
  }),
} as const;
type Name = keyof typeof pages;
const NAMES = Object.keys(pages) as Name[];

async function get(name: Name, params: Record<string, string> = {}) {
  const request = new HttpRequest({ method: 'GET', url: `https://tidings.example/${name}`, params });
  const answer = (await pages[name](request, new InvocationContext({ logHandler: () => {} }))) as HttpResponseInit;
  const headers = new Headers(answer.headers as Record<string, string>);
  const policy = new Map(
    (headers.get('content-security-policy') ?? '').split('; ').map((directive) => {
      const [name = '', ...values] = directive.split(' ');
      return [name, values] as const;
    }),
  );
  return { status: answer.status, headers, policy, body: String(answer.body) };
}

describe.each(NAMES)('%s', (name) => {
  it('runs our own files only', async () => {
    const { policy, body } = await get(name);

    expect(policy.get('default-src')).toEqual(["'none'"]);
    expect(policy.get('script-src')).toEqual(["'self'"]);
    expect(policy.get('style-src')?.filter((source) => !source.startsWith("'sha256-"))).toEqual(["'self'"]);
    expect(JSON.stringify([...policy])).not.toContain('unsafe');
    expect(body).not.toMatch(/<script(?![^>]* src="\/static\/)| style="| on[a-z]+="/);
  });

  it('carries the product’s name, logo and colour', async () => {
    const { body } = await get(name);

    expect(body).toContain('Forge &amp; Co');
    expect(body).toContain('src="/static/brand/logo.png"');
    expect(body).toContain('--brand:#1f6feb');
  });

  it('is never guessed at, told to other sites, or fetched without encryption', async () => {
    const { headers } = await get(name);

    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=31536000/);
  });
});

it('lets Microsoft’s hosts and the setting’s frame the configuration page', async () => {
  const { policy } = await get('config');

  expect(policy.get('frame-ancestors')).toEqual([
    'https://*.cloud.microsoft',
    'https://teams.microsoft.com',
    'https://*.teams.microsoft.com',
    'https://*.microsoft365.com',
    'https://*.office.com',
    'https://outlook.office.com',
    'https://outlook.office365.com',
    'https://outlook-sdf.office.com',
    'https://outlook-sdf.office365.com',
    'http://localhost:7072',
  ]);
});

it.each(['signed-in', 'landing', 'help'] as const)('lets nobody frame %s', async (name) => {
  expect((await get(name)).policy.get('frame-ancestors')).toEqual(["'none'"]);
});

it('lets TeamsJS fetch its list of hosts', async () => {
  expect((await get('config')).policy.get('connect-src')).toEqual(["'self'", 'https://res.cdn.office.net']);
});

it.each<[Name, string]>([
  ['config', 'no-store'],
  ['signed-in', 'no-store'],
  ['landing', 'public, max-age=3600'],
  ['help', 'public, max-age=3600'],
])('%s is kept: %s', async (name, kept) => {
  expect((await get(name)).headers.get('cache-control')).toBe(kept);
});

it('leads from the landing page to connecting, and to the help', async () => {
  const { body } = await get('landing');

  expect(body).toContain('<a class="button primary" href="/config">Connect to Office 365</a>');
  expect(body).toContain('href="/help"');
});

it('answers 404 for a page of the help that is not there', async () => {
  expect((await get('help', { page: 'constructor' })).status).toBe(404);
});
