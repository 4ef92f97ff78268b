/** Connect, from the button to the settings page: the journey, and everything that can be wrong on the way back. */
import type { HttpResponseInit } from '@azure/functions';
import type { KeyVault } from '../../../infra/local/key-vault/server.ts';
import type { ConnectSubscriptionDeps } from '../../../shared/subscriptions/connect-subscription.ts';
import type { Subscription } from '../../../shared/subscriptions/subscription.ts';
import { webhookSecretName } from '../../../shared/subscriptions/webhook-vault.ts';
import {
  APP_ID,
  aBrowser,
  aConnectVault,
  aConnectWorld,
  aWebhookUrl,
  CONTOSO,
  type ConnectWorld,
  headerOf,
  PUBLIC_URL,
  textOf,
} from './connect-world.ts';

const OID = '0b1ec700-0000-4000-8000-0000000000a1';
const MINUTE = 60_000;

let vault: KeyVault;
let world: ConnectWorld;
beforeAll(async () => {
  vault = await aConnectVault();
});
afterAll(() => vault.stop());
beforeEach(async () => {
  world = await aConnectWorld({ vault });
});
afterEach(() => vault.faults.clear());

/** The callback's address for what Office 365 sends on success, with changes. */
function callbackPath(state: string, change: Record<string, string | undefined> = {}): string {
  const query = {
    state,
    webhook_url: aWebhookUrl(),
    app_type: 'groups',
    group_name: 'Build room',
    user_objectId: OID,
    ...change,
  };
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return `/connect/callback?${new URLSearchParams(given)}`;
}

/** A browser on its way back, with its state. */
async function aBegunConnection(claims: object = {}, query = '') {
  const browser = aBrowser(world);
  await browser.signIn(claims);
  const picker = await browser.connect(query);
  return { browser, state: picker.searchParams.get('state') ?? '' };
}

async function storedSubscriptions(account = 'acme/#?'): Promise<Subscription[]> {
  const found: Subscription[] = [];
  for await (const row of world.subscriptions.list(account)) if (row.is === 'present') found.push(row.subscription);
  return found;
}

function refusalOf(answer: HttpResponseInit) {
  return { status: answer.status, code: /<code>([^<]+)<\/code>/.exec(textOf(answer))?.[1] };
}

describe('GET /connect', () => {
  it('leads to the picker with a state, the connector’s id and a callback without a query', async () => {
    const browser = aBrowser(world);
    await browser.signIn();

    const answer = await browser.get('/connect');

    const picker = new URL(headerOf(answer, 'location'));
    expect(answer.status).toBe(302);
    expect(picker.origin + picker.pathname).toBe('https://outlook.office.com/connectors/Connect');
    expect(Object.fromEntries(picker.searchParams)).toEqual({
      state: expect.stringMatching(/^eyJ/),
      app_id: APP_ID,
      callback_url: `${PUBLIC_URL}/connect/callback`,
    });
    expect(headerOf(answer, 'referrer-policy')).toBe('no-referrer');
    expect(answer.cookies).toEqual([
      expect.objectContaining({
        name: expect.stringMatching(/^__Host-tidings-connect-sub_[0-9a-f]{32}$/),
        httpOnly: true,
        maxAge: 600,
      }),
    ]);
  });

  it('tells someone who is not signed in what to do', async () => {
    const answer = await aBrowser(world).get('/connect');

    expect(refusalOf(answer)).toEqual({ status: 401, code: 'session-required' });
    expect(textOf(answer)).toContain('Open this page from the product again.');
  });

  it('says that it is not set up where no connector is registered', async () => {
    world = await aConnectWorld({ vault, appId: null });
    const browser = aBrowser(world);
    await browser.signIn();

    const answer = await browser.get('/connect');

    expect(refusalOf(answer)).toEqual({ status: 404, code: 'connect-not-configured' });
  });
});

describe('the way back', () => {
  it('stores the subscription, with its webhook in the vault and sealed in the row', async () => {
    const { browser, state } = await aBegunConnection();
    const webhookUrl = aWebhookUrl();

    const answer = await browser.get(callbackPath(state, { webhook_url: webhookUrl }));

    const [stored, ...others] = await storedSubscriptions();
    expect(others).toEqual([]);
    expect(stored).toMatchObject({
      account: 'acme/#?',
      target: {
        appType: 'groups',
        name: 'Build room',
        kind: 'connector',
        host: '….webhook.office.com',
        tenant: CONTOSO,
      },
      topics: ['build.failed'],
      schedule: { every: 'day', at: '09:00', days: ['mon', 'tue', 'wed', 'thu', 'fri'], timeZone: 'Europe/Berlin' },
      state: { is: 'active' },
      owners: [{ sub: 'ada', tid: CONTOSO }],
      revision: 1,
      createdAt: world.clock.now(),
    });
    const id = stored?.id ?? '';
    expect(await world.secrets.read(webhookSecretName(id))).toBe(webhookUrl);
    expect(world.webhookSeal.open(id, stored?.sealedWebhook ?? '')).toBe(webhookUrl);
    expect(world.created).toEqual([expect.objectContaining({ id })]);
    expect(answer.status).toBe(302);
    expect(headerOf(answer, 'location')).toBe(`/config?subscription=${id}`);
    expect([headerOf(answer, 'cache-control'), headerOf(answer, 'referrer-policy')]).toEqual([
      'no-store',
      'no-referrer',
    ]);
    expect([...browser.jar.keys()]).toEqual(['__Host-tidings-session']);
  });

  it('keeps who connected only as a sealed hint beside the owner, who is the session’s', async () => {
    const { browser, state } = await aBegunConnection();

    await browser.get(callbackPath(state));

    const [stored] = await storedSubscriptions();
    const rows: object[] = [];
    for await (const row of world.storage.table('subscriptions').listEntities()) rows.push(row);
    expect(JSON.stringify(rows)).not.toContain(OID);
    expect(stored?.owners).toEqual([{ sub: 'ada', tid: CONTOSO }]);
    expect(world.seal.open(`connected-by ${stored?.id}`, stored?.target.connectedBy ?? '')).toBe(OID);
  });

  it.each([
    ['an inbox', { app_type: 'mail', group_name: undefined }, { appType: 'mail', name: 'Inbox' }],
    ['the documents’ capital letter', { app_type: 'Groups' }, { appType: 'groups', name: 'Build room' }],
    ['no user', { user_objectId: undefined }, { name: 'Build room' }],
    ['a user that is no id', { user_objectId: '../admin' }, { name: 'Build room' }],
    ['a name with markup', { group_name: '<img src=x>\r\nX: y' }, { name: '<img src=x> X: y' }],
  ])('takes %s', async (_what, change, target) => {
    const { browser, state } = await aBegunConnection();

    const answer = await browser.get(callbackPath(state, change));

    expect(answer.status).toBe(302);
    expect((await storedSubscriptions())[0]?.target).toMatchObject(target);
  });

  it.each([
    ['?timeZone=America/New_York', 'America/New_York'],
    ['?timeZone=Not/AZone', 'UTC'],
    ['', 'Europe/Berlin'],
  ])('takes the time zone that the browser said: /connect%s', async (query, timeZone) => {
    const { browser, state } = await aBegunConnection({}, query);

    await browser.get(callbackPath(state));

    expect((await storedSubscriptions())[0]?.schedule).toMatchObject({ timeZone });
  });

  it('connects two channels that were begun in two tabs', async () => {
    const { browser, state } = await aBegunConnection();
    const second = (await browser.connect()).searchParams.get('state') ?? '';

    const answers = [await browser.get(callbackPath(state)), await browser.get(callbackPath(second))];

    expect(answers.map((answer) => answer.status)).toEqual([302, 302]);
    expect(await storedSubscriptions()).toHaveLength(2);
  });
});

describe('a way back that is refused', () => {
  it.each<[string, Record<string, string | undefined>, number, string]>([
    ['access was denied', { error: 'AccessDenied', webhook_url: undefined }, 403, 'connect-refused'],
    ['another error', { error: 'ServerError', webhook_url: undefined }, 403, 'connect-refused'],
    ['an error beside a webhook', { error: 'AccessDenied' }, 403, 'connect-refused'],
    ['no state', { state: undefined }, 400, 'invalid-callback'],
    ['no webhook', { webhook_url: undefined }, 400, 'invalid-callback'],
    ['no app type', { app_type: undefined }, 400, 'invalid-callback'],
    ['an unknown app type', { app_type: 'yammer' }, 400, 'invalid-callback'],
    ['a webhook of another host', { webhook_url: 'https://evil.example/webhookb2/canary' }, 400, 'webhook-not-allowed'],
    [
      'a webhook of a look-alike',
      { webhook_url: 'https://outlook.office.com.evil.example/webhook/canary' },
      400,
      'webhook-not-allowed',
    ],
    ['a private address', { webhook_url: 'http://169.254.169.254/canary' }, 400, 'webhook-not-allowed'],
    [
      'a webhook of another tenant',
      { webhook_url: aWebhookUrl('72f988bf-0000-4000-8000-00000000fab2') },
      403,
      'webhook-of-another-tenant',
    ],
  ])('because of %s: a page says so, and nothing is stored', async (_what, change, status, code) => {
    const { browser, state } = await aBegunConnection();
    const before = vault.requests.length;

    const answer = await browser.get(callbackPath(state, change));

    expect(refusalOf(answer)).toEqual({ status, code });
    expect(textOf(answer)).toMatch(
      /Start again from the product|start again from the product|Copy the address again|Choose a channel|Cards can go to/,
    );
    expect(textOf(answer)).not.toMatch(/canary|evil|169\.254|yammer|webhookb2/);
    expect(headerOf(answer, 'content-security-policy')).toContain("default-src 'none'");
    expect(await storedSubscriptions()).toEqual([]);
    expect(vault.requests).toHaveLength(before);
  });

  it('because a parameter comes twice', async () => {
    const { browser, state } = await aBegunConnection();

    const answer = await browser.get(`${callbackPath(state)}&webhook_url=${encodeURIComponent(aWebhookUrl())}`);

    expect(refusalOf(answer)).toEqual({ status: 400, code: 'invalid-callback' });
  });

  it('does not ask for the tenant of an owner whose tenant is not known', async () => {
    const { browser, state } = await aBegunConnection({ tid: undefined });

    const answer = await browser.get(
      callbackPath(state, { webhook_url: aWebhookUrl('72f988bf-0000-4000-8000-00000000fab2') }),
    );

    expect(answer.status).toBe(302);
  });
});

describe('a state', () => {
  it.each<[string, (state: string) => string, number, string]>([
    ['made up', () => 'not-the-state-you-gave', 400, 'invalid-state'],
    ['changed', (state) => state.replace(/\.[^.]+\./, (payload) => `${payload.slice(0, -2)}x.`), 400, 'invalid-state'],
    ['without its signature', (state) => state.slice(0, state.lastIndexOf('.') + 1), 400, 'invalid-state'],
  ])('%s is refused', async (_what, change, status, code) => {
    const { browser, state } = await aBegunConnection();

    const answer = await browser.get(callbackPath(change(state)));

    expect(refusalOf(answer)).toEqual({ status, code });
  });

  it('that is a session’s token is refused: it was made for something else', async () => {
    const { browser } = await aBegunConnection();

    const answer = await browser.get(callbackPath(browser.jar.get('__Host-tidings-session') ?? ''));

    expect(refusalOf(answer)).toEqual({ status: 400, code: 'invalid-state' });
  });

  it.each([
    [10 * MINUTE - 1000, { status: 302, code: undefined }],
    [10 * MINUTE, { status: 400, code: 'state-expired' }],
  ])('after %d ms answers %j', async (after, expected) => {
    const { browser, state } = await aBegunConnection();
    world.clock.advance(after);

    const answer = await browser.get(callbackPath(state));

    expect(refusalOf(answer)).toEqual(expected);
  });

  it('is good in the browser that began, and in no other', async () => {
    const { browser, state } = await aBegunConnection();
    const stranger = aBrowser(world);
    await stranger.signIn();

    const answers = [await stranger.get(callbackPath(state)), await browser.get(callbackPath(state))];

    expect(answers.map(refusalOf)).toEqual([
      { status: 403, code: 'state-of-another-browser' },
      { status: 302, code: undefined },
    ]);
  });

  it.each([
    ['with the same webhook', 'same'],
    ['with another webhook', 'other'],
  ])('used twice, %s, changes nothing and answers 409', async (_what, which) => {
    const { browser, state } = await aBegunConnection();
    const [first = '', other = ''] = [aWebhookUrl(), aWebhookUrl()];
    const cookies = new Map(browser.jar);
    await browser.get(callbackPath(state, { webhook_url: first }));
    for (const [name, value] of cookies) browser.jar.set(name, value);

    const again = await browser.get(callbackPath(state, { webhook_url: which === 'same' ? first : other }));

    const [stored] = await storedSubscriptions();
    expect(refusalOf(again)).toEqual({ status: 409, code: 'state-used' });
    expect(await world.webhookVault.read(stored?.id ?? '')).toBe(first);
    expect(world.created).toHaveLength(1);
  });

  it('used twice at once with two webhooks leaves row and vault with the same one', async () => {
    const { browser, state } = await aBegunConnection();

    const answers = await Promise.all([browser.get(callbackPath(state)), browser.get(callbackPath(state))]);

    const [stored, ...others] = await storedSubscriptions();
    expect(answers.map((answer) => answer.status).sort()).toEqual([302, 409]);
    expect(others).toEqual([]);
    expect(world.webhookSeal.open(stored?.id ?? '', stored?.sealedWebhook ?? '')).toBe(
      await world.webhookVault.read(stored?.id ?? ''),
    );
  });
});

describe('a webhook that is in use', () => {
  it('is refused to a second subscription, and stays with the first', async () => {
    const webhook_url = aWebhookUrl();
    const first = await aBegunConnection();
    const second = await aBegunConnection({ account: 'other', sub: 'grace' });
    await first.browser.get(callbackPath(first.state, { webhook_url }));

    const answer = await second.browser.get(
      callbackPath(second.state, { webhook_url: webhook_url.replace('.com/', '.com:443/') }),
    );

    expect(refusalOf(answer)).toEqual({ status: 409, code: 'webhook-taken' });
    expect(await storedSubscriptions('other')).toEqual([]);
    expect(await storedSubscriptions()).toHaveLength(1);
  });

  it('can be had after ten minutes when its first subscription was never written', async () => {
    const webhook_url = aWebhookUrl();
    const crash: ConnectSubscriptionDeps['vault'] = { put: () => Promise.reject(new Error('crash')) };
    const storage = { storage: world.storage };
    const first = await aBegunConnection();
    world = await aConnectWorld({ vault, ...storage, clock: world.clock, deps: { vault: crash } });
    await aBrowserLike(first.browser).get(callbackPath(first.state, { webhook_url }));
    world = await aConnectWorld({ vault, ...storage, clock: world.clock });

    const early = await aBegunConnection();
    const tooEarly = await early.browser.get(callbackPath(early.state, { webhook_url }));
    world.clock.advance(10 * MINUTE);
    const late = await aBegunConnection();
    const inTime = await late.browser.get(callbackPath(late.state, { webhook_url }));

    expect(refusalOf(tooEarly)).toEqual({ status: 409, code: 'webhook-taken' });
    expect(inTime.status).toBe(302);
  });
});

describe('a process that dies on the way', () => {
  type Step = 'claim' | 'put' | 'create' | 'onCreated';

  /** Fails at one step, once: before it is done, or after. */
  function dyingAt(
    step: Step,
    when: 'before' | 'after',
  ): (deps: ConnectSubscriptionDeps) => Partial<ConnectSubscriptionDeps> {
    return (deps) => {
      const die =
        <Args extends unknown[], Result>(run: (...args: Args) => Promise<Result>) =>
        async (...args: Args): Promise<Result> => {
          if (when === 'after') await run(...args);
          throw new Error('the process died');
        };
      switch (step) {
        case 'claim':
          return { webhooks: { claim: die(deps.webhooks.claim) } };
        case 'put':
          return { vault: { put: die(deps.vault.put) } };
        case 'create':
          return { subscriptions: { ...deps.subscriptions, create: die(deps.subscriptions.create) } };
        case 'onCreated':
          return { onCreated: die(deps.onCreated) };
      }
    };
  }

  it.each<[Step, 'before' | 'after', number]>([
    ['claim', 'before', 302],
    ['claim', 'after', 302],
    ['put', 'before', 302],
    ['put', 'after', 302],
    ['create', 'before', 302],
    // The subscription is there: the page says so, and what is left to do `reconcile` does.
    ['create', 'after', 409],
    ['onCreated', 'before', 409],
    ['onCreated', 'after', 409],
  ])('at %s, %s it, leaves something that a reload finishes', async (step, when, status) => {
    const { browser, state } = await aBegunConnection();
    const path = callbackPath(state);
    const healthy = world;
    world = await aConnectWorld({ vault, storage: healthy.storage, clock: healthy.clock, change: dyingAt(step, when) });
    const died = await aBrowserLike(browser).get(path);
    world = healthy;

    const reloaded = await browser.get(path);

    const stored = await storedSubscriptions();
    expect(refusalOf(died)).toEqual({ status: 500, code: 'invocation-1' });
    expect(reloaded.status).toBe(status);
    expect(stored).toHaveLength(1);
    expect(await world.webhookVault.read(stored[0]?.id ?? '')).toBe(
      world.webhookSeal.open(stored[0]?.id ?? '', stored[0]?.sealedWebhook ?? ''),
    );
  });

  it('says to try again while the vault is away, and goes on from there', async () => {
    const { browser, state } = await aBegunConnection();
    const path = callbackPath(state);
    vault.faults.add({ fault: { is: 'failing', status: 503 }, method: 'PUT' });

    const away = await browser.get(path);
    vault.faults.clear();
    const back = await browser.get(path);

    expect(refusalOf(away)).toEqual({ status: 503, code: 'unavailable' });
    expect(back.status).toBe(302);
  });
});

/** What the server wrote into the page for its script. */
function settingsOf(page: HttpResponseInit): { who?: object } {
  const [, attribute = '{}'] = /data-settings="([^"]*)"/.exec(textOf(page)) ?? [];
  return JSON.parse(attribute.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
}

/** The same browser, its cookies too, in front of the world as it is now. */
function aBrowserLike(browser: ReturnType<typeof aBrowser>) {
  const copy = aBrowser(world);
  for (const [name, value] of browser.jar) copy.jar.set(name, value);
  return copy;
}

describe('GET /config', () => {
  it('names the account and the person who hold the cookie, and nobody else', async () => {
    const browser = aBrowser(world);
    const before = await browser.get('/config');
    await browser.signIn();

    const after = await browser.get('/config');

    expect([settingsOf(before).who, settingsOf(after).who]).toEqual([
      undefined,
      { account: 'acme/#?', person: { sub: 'ada', tid: expect.any(String) } },
    ]);
  });

  it('says nothing of a subscription, whoever asks', async () => {
    const { browser, state } = await aBegunConnection();
    const back = await browser.get(callbackPath(state, { group_name: '<Build> room' }));

    const page = await browser.get(headerOf(back, 'location'));

    expect(page.status).toBe(200);
    expect(textOf(page)).not.toMatch(/Build|room/);
  });
});

it('never says a webhook’s address, whatever happens to it', async () => {
  const failing = (path: string) => ({ fault: { is: 'failing', status: 500 } as const, path });
  const { browser, state } = await aBegunConnection();
  const webhook_url = aWebhookUrl();

  vault.faults.add({ ...failing('/secrets/webhook'), times: 2 });
  await browser.get(callbackPath(state, { webhook_url }));
  await browser.get(callbackPath(state, { webhook_url: `${webhook_url}#canary` }));
  await browser.get(callbackPath(state, { webhook_url, app_type: 'canary' }));
  await browser.get(callbackPath(state, { webhook_url }));
  const other = await aBegunConnection({ sub: 'grace' });
  await other.browser.get(callbackPath(other.state, { webhook_url }));

  const rows: object[] = [];
  for (const name of ['subscriptions', 'webhooks', 'once'] as const) {
    for await (const row of world.storage.table(name).listEntities()) rows.push(row);
  }
  expect(await storedSubscriptions()).toHaveLength(1);
  expect(world.said()).not.toContain('canary');
  expect(JSON.stringify(rows)).not.toContain('canary');
});
