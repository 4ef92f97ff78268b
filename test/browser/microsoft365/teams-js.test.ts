/** The real TeamsJS, all that a configuration page calls, in Chromium, framed by the local Teams and Outlook. */
import type { Browser, FrameLocator, Page } from 'playwright-core';
import type { Microsoft365 } from '../../../infra/local/microsoft365/server.ts';
import { startMicrosoft365 } from '../../../infra/local/microsoft365/server.ts';
import { aPage, startBrowser } from '../browser.ts';
import { aProbe, type Probe } from './a-probe.ts';

let browser: Browser;
let probe: Probe;
let microsoft365: Microsoft365;
let page: Page;

beforeAll(async () => {
  [browser, probe] = await Promise.all([startBrowser(), aProbe()]);
}, 60_000);
beforeEach(async () => {
  microsoft365 = await startMicrosoft365({ productUrl: probe.url });
  page = await aPage(browser, { ignoreHTTPSErrors: true });
});
afterEach(async () => {
  await page.context().close();
  await microsoft365.stop();
});
afterAll(async () => {
  await browser.close();
  await probe.stop();
});

const adele = '0b1ec700-0000-4000-8000-0000000000a1';
const chloe = '0b1ec700-0000-4000-8000-0000000000a3';
const contoso = '72f988bf-0000-4000-8000-00000000c0a1';
const config = () => ({
  entityId: 'key-1',
  configName: 'Failed builds',
  contentUrl: `${probe.url}/edit`,
  removeUrl: `${probe.url}/remove`,
});

interface Opening {
  readonly host?: 'teams' | 'outlook';
  readonly place?: string;
  readonly user?: string;
  readonly press?: 'Configure' | 'Manage' | 'Remove' | 'Add another';
}

/** Opens a place, *Connectors*, and the framed page, which it waits for. */
async function open({ host = 'teams', place, user = adele, press = 'Configure' }: Opening = {}): Promise<FrameLocator> {
  const where =
    place ??
    microsoft365.api.world.places.find(({ kind }) => kind === (host === 'teams' ? 'channel' : 'group'))?.id ??
    '';
  await page.goto(`${microsoft365.url}/${host}?${new URLSearchParams({ place: where, user })}`);
  await page.getByRole('button', { name: 'Connectors' }).click();
  await page.getByRole('dialog', { name: 'Connectors' }).getByRole('button', { name: press, exact: true }).click();
  const frame = page.frameLocator('dialog.configuration iframe');
  await frame.locator('body[data-ready]').waitFor({ state: 'attached' });
  return frame;
}

/** Runs an expression in the framed page, as its own script would; `probe` is the window's. */
async function inFrame<Result>(frame: FrameLocator, expression: string): Promise<Result> {
  return frame
    .locator('body')
    .evaluate((_, code) => new Function('probe', `return (${code})`)(Reflect.get(globalThis, 'probe')), expression);
}

const json = (value: unknown) => JSON.stringify(value);
const save = () => page.getByRole('button', { name: 'Save' });
const dialogs = () => page.locator('dialog.configuration');

/** Saves a connector as a configuration page does. */
async function saved(opening: Opening = {}, answer = 'success'): Promise<FrameLocator> {
  const frame = await open(opening);
  await inFrame(frame, `probe.onSave(${json(config())}, ${json(answer)})`);
  await inFrame(frame, 'probe.pages.config.setValidityState(true)');
  await save().click();
  return frame;
}

const gone = () => dialogs().waitFor({ state: 'detached' });

describe('in Teams', () => {
  it('app.initialize and app.getContext tell host, theme, locale, channel, team, tenant and person', async () => {
    const frame = await open();

    const context = await inFrame<Record<string, unknown>>(frame, 'probe.app.getContext()');
    const frameContext = await inFrame(frame, 'probe.app.getFrameContext()');

    expect(frameContext).toBe('settings');
    expect(context).toMatchObject({
      app: { theme: 'default', locale: 'en-us', host: { name: 'Teams', clientType: 'web' } },
      page: { frameContext: 'settings' },
      channel: { id: '19:general@thread.tacv2', displayName: 'General' },
      team: { displayName: 'Engineering' },
      user: { id: adele, tenant: { id: contoso }, userPrincipalName: 'adele@contoso.example' },
    });
  });

  it('setValidityState drives Save: "starts false"', async () => {
    const frame = await open();

    const atFirst = await save().isEnabled();
    await inFrame(frame, 'probe.pages.config.setValidityState(true)');
    await page.waitForFunction('!document.querySelector("dialog.configuration button.primary").disabled');
    await inFrame(frame, 'probe.pages.config.setValidityState(false)');
    await page.waitForFunction('document.querySelector("dialog.configuration button.primary").disabled');

    expect(atFirst).toBe(false);
  });

  it('"evt.result.webhookUrl carries the connector’s webhook URL directly into the save event", and it takes cards', async () => {
    await saved();
    await gone();
    const [connector] = microsoft365.api.connectors.list();
    const webhook = microsoft365.api.webhook(connector?.webhook ?? '');

    await fetch(webhook.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"text":"Hello from the product"}',
    });

    expect(connector?.config).toEqual(config());
    await page.getByText('Hello from the product').waitFor();
  });

  it('getConfig: empty at first, after setConfig with `webhookUrl`, `appType` and `userObjectId`', async () => {
    const frame = await open();
    const before = await inFrame<Record<string, unknown>>(frame, 'probe.pages.getConfig()');

    await inFrame(frame, `probe.pages.config.setConfig(${json(config())})`);
    const after = await inFrame<Record<string, unknown>>(frame, 'probe.pages.getConfig()');

    expect(before).toEqual({ appType: 'teams', userObjectId: adele });
    expect(after).toEqual({
      ...config(),
      appType: 'teams',
      userObjectId: adele,
      webhookUrl: microsoft365.api.webhooks()[0]?.url,
    });
  });

  it('the save event and getConfig inside it tell the same webhook', async () => {
    const frame = await saved({}, 'not today');
    await dialogs().getByText('not today').waitFor();

    const [event] = await inFrame<{ result: { webhookUrl: string }; config: { webhookUrl: string } }[]>(
      frame,
      'probe.seen.saves',
    );

    expect(event?.result.webhookUrl).toMatch(/\/webhookb2\//);
    expect(event?.config.webhookUrl).toBe(event?.result.webhookUrl);
  });

  it('notifyFailure keeps the dialog, shows the reason, and lets the person try again', async () => {
    await saved({}, 'The name is taken.');

    await dialogs()
      .getByText('Unable to save "Tidings" connector configuration. Please try again. The name is taken.')
      .waitFor();

    expect([await save().isEnabled(), microsoft365.api.connectors.list()]).toEqual([true, []]);
  });

  it('a page that does not answer is given up on', async () => {
    microsoft365.api.quirks.answerWithinMs = 300;
    await saved({}, 'silence');

    await dialogs().getByText('The page did not answer.').waitFor();

    expect(microsoft365.api.connectors.list()).toEqual([]);
  });

  it('"no handler = assumed success", but nothing is kept of a page that never called setConfig', async () => {
    const frame = await open();
    await inFrame(frame, 'probe.pages.config.setValidityState(true)');
    await save().click();

    await dialogs().getByText('Unable to save').waitFor();

    expect(microsoft365.api.connectors.list()).toEqual([]);
  });

  it('editing frames `contentUrl` and prefills from getConfig', async () => {
    await saved();
    await gone();

    const frame = await open({ press: 'Manage' });
    const told = await inFrame<Record<string, unknown>>(frame, 'probe.pages.getConfig()');
    const path = await inFrame(frame, 'location.pathname');

    expect(path).toBe('/edit');
    expect(told).toMatchObject({ ...config(), webhookUrl: microsoft365.api.webhooks()[0]?.url });
  });

  it('holds several connectors in one channel, each with its own webhook', async () => {
    await saved();
    await gone();
    await saved({ press: 'Add another' });
    await gone();

    const webhooks = microsoft365.api.connectors.list('19:general@thread.tacv2').map(({ webhook }) => webhook);

    expect(new Set(webhooks).size).toBe(2);
  });

  it('Cancel takes the webhook away that was made for a new connector', async () => {
    await open();

    await dialogs().getByRole('button', { name: 'Cancel' }).click();
    await gone();

    expect(microsoft365.api.webhooks().map(({ state }) => state)).toEqual(['removed']);
  });

  it('removing frames `removeUrl` with the frame context `remove`; success ends connector and webhook', async () => {
    await saved();
    await gone();
    const frame = await open({ press: 'Remove' });
    const where = [await inFrame(frame, 'location.pathname'), await inFrame(frame, 'probe.app.getFrameContext()')];
    await inFrame(frame, `probe.onRemove('success')`);

    await dialogs().getByRole('button', { name: 'Remove' }).click();
    await gone();

    expect(where).toEqual(['/remove', 'remove']);
    expect([microsoft365.api.connectors.list(), microsoft365.api.webhooks()[0]?.state]).toEqual([[], 'removed']);
  });

  it('a failed removal keeps both', async () => {
    await saved();
    await gone();
    const frame = await open({ press: 'Remove' });
    await inFrame(frame, `probe.onRemove('not now')`);

    await dialogs().getByRole('button', { name: 'Remove' }).click();
    await dialogs().getByText('not now').waitFor();

    expect([microsoft365.api.connectors.list().length, microsoft365.api.webhooks()[0]?.state]).toEqual([1, 'active']);
  });

  it('theme changes reach the page, and its next getContext', async () => {
    const frame = await open();
    await page.getByLabel('Host theme').selectOption('dark');
    await frame.locator('body').evaluate(async () => {
      const { seen } = Reflect.get(globalThis, 'probe');
      while (seen.themes.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    });

    const themes = await inFrame(frame, 'probe.seen.themes');
    const context = await inFrame<{ app: { theme: string } }>(frame, 'probe.app.getContext()');

    expect([themes, context.app.theme]).toEqual([['dark'], 'dark']);
  });

  it('a member may not configure', async () => {
    await page.goto(`${microsoft365.url}/teams?user=${chloe}`);

    await page.getByRole('button', { name: 'Connectors' }).click();
    const enabled = await page.getByRole('button', { name: 'Configure', exact: true }).isEnabled();

    expect(enabled).toBe(false);
  });

  it('the frame is of another site and gets no cookies', async () => {
    await page.goto(`${probe.url}/config`);
    await open();
    await open();

    expect(probe.cookies.slice(-2)).toEqual(['', '']);
  });
});

describe('signing in', () => {
  it('getAuthToken gives a token for the registered application, from the host’s own', async () => {
    const frame = await open();

    const token = await inFrame<string>(frame, 'probe.authentication.getAuthToken()');
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

    expect(claims).toMatchObject({
      aud: microsoft365.api.world.app.clientId,
      oid: adele,
      azp: '5e3ce6c0-2b1f-4285-8d4b-75ee78787346',
    });
  });

  it.each([
    ['refused', 'CancelledByUser'],
    ['required', 'resourceRequiresConsent'],
  ] as const)('getAuthToken fails when consent is %s: %s', async (consent, reason) => {
    microsoft365.api.world.user(adele).consent = consent;
    const frame = await open();

    const answer = await inFrame(
      frame,
      'probe.authentication.getAuthToken().then(() => "a token", (error) => error.message)',
    );

    expect(answer).toBe(reason);
  });

  it.each([
    ['success', 'the-code'],
    ['failure', 'error: the-reason'],
  ])('authenticate opens a window and gives on its %s', async (say, expected) => {
    const frame = await open();
    const url = `${probe.popUpUrl}?${new URLSearchParams({ say, host: microsoft365.origin })}`;

    const answer = await inFrame(
      frame,
      `probe.authentication.authenticate({ url: ${json(url)} }).catch((error) => 'error: ' + error.message)`,
    );

    expect(answer).toBe(expected);
  });

  it('authenticate fails when the person closes the window', async () => {
    const frame = await open();
    const url = `${probe.popUpUrl}?${new URLSearchParams({ say: 'nothing', host: microsoft365.origin })}`;
    const opened = page.waitForEvent('popup');
    const answer = inFrame(
      frame,
      `probe.authentication.authenticate({ url: ${json(url)} }).catch((error) => error.message)`,
    );

    await (await opened).close();

    expect(await answer).toBe('CancelledByUser');
  });

  it('authenticate takes only https: "Url should be a valid https url"', async () => {
    const frame = await open();

    const answer = await inFrame(
      frame,
      `Promise.resolve().then(() => probe.authentication.authenticate({ url: ${json(`${probe.url}/pop-up`)} })).catch((error) => error.message)`,
    );

    expect(answer).toBe('Url should be a valid https url');
  });
});

describe('what people have reported of the client', () => {
  it.each([
    ['old-works', 'active'],
    ['old-gone', 'removed'],
  ] as const)('"webhook URL on configuration page doesn’t match after saving" (%s)', async (newWebhookOnSave, old) => {
    microsoft365.api.quirks.newWebhookOnSave = newWebhookOnSave;
    await saved();
    await gone();

    const frame = await open({ press: 'Manage' });
    const { webhookUrl } = await inFrame<{ webhookUrl: string }>(frame, 'probe.pages.getConfig()');
    const [first, second] = microsoft365.api.webhooks();

    expect([webhookUrl, first?.state]).toEqual([second?.url, old]);
  });

  it('"setConfig does not save the given contentUrl": it is the configuration page again', async () => {
    microsoft365.api.quirks.losesContentUrl = true;
    await saved();
    await gone();

    const frame = await open({ press: 'Manage' });

    expect(await inFrame(frame, 'location.pathname')).toBe('/config');
  });

  it('"a following getConfig is not guaranteed to see the change"', async () => {
    microsoft365.api.quirks.staleConfig = true;
    const frame = await open();
    await inFrame(frame, `probe.pages.config.setConfig(${json(config())})`);

    const told = await inFrame<Record<string, unknown>>(frame, 'probe.pages.getConfig()');

    expect(told['entityId']).toBeUndefined();
  });

  it('a save event without the webhook leaves it to getConfig', async () => {
    microsoft365.api.quirks.webhookInSaveEvent = false;
    const frame = await saved({}, 'not today');
    await dialogs().getByText('not today').waitFor();

    const [event] = await inFrame<{ result: object; config: { webhookUrl: string } }[]>(frame, 'probe.seen.saves');

    expect(event?.result).toEqual({});
    expect(event?.config.webhookUrl).toBe(microsoft365.api.webhooks()[0]?.url);
  });
});

describe('in Outlook', () => {
  it('tells its own name, no channel, and the kind of place', async () => {
    const frame = await open({ host: 'outlook' });

    const context = await inFrame<Record<string, unknown>>(frame, 'probe.app.getContext()');
    const told = await inFrame<Record<string, unknown>>(frame, 'probe.pages.getConfig()');

    expect(context).toMatchObject({ app: { host: { name: 'Outlook' } } });
    expect([context['channel'], told['appType']]).toEqual([undefined, 'groups']);
  });

  it('adds a connector to an inbox, whose webhook is of the oldest shape', async () => {
    await saved({ host: 'outlook', place: `inbox-${adele}` });
    await gone();

    expect(microsoft365.api.webhooks()[0]?.path).toMatch(/^\/webhook\//);
  });
});
