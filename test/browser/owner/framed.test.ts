/** The owner's journeys inside of Teams and Outlook, with the real TeamsJS, the product's sign-in window and the whole system behind. */
import type { FrameLocator, Page } from 'playwright-core';
import { type LiveSystem, startLiveSystem } from './live-system.ts';

const ADELE = '0b1ec700-0000-4000-8000-0000000000a1';
const BEN = '0b1ec700-0000-4000-8000-0000000000a2';

let live: LiveSystem;
let page: Page;

beforeAll(async () => {
  live = await startLiveSystem();
}, 90_000);
afterAll(() => live.stop(), 30_000);
beforeEach(async () => {
  page = await live.page({ viewport: { width: 1100, height: 900 } });
});
afterEach(async () => {
  await page.context().close();
  Object.assign(live.azure.microsoft365.api.quirks, {
    webhookInSaveEvent: true,
    losesContentUrl: false,
    newWebhookOnSave: 'no',
  });
  for (const user of live.azure.microsoft365.api.world.users) user.consent = 'granted';
  live.azure.keyVault.faults.clear();
});

interface Opening {
  readonly host?: 'teams' | 'outlook';
  readonly place?: string;
  readonly user?: string;
  readonly press?: 'Configure' | 'Manage' | 'Remove' | 'Add another';
}

/** Opens a place of its own, *Connectors*, and the framed page. */
async function open({ host = 'teams', place = aPlace(host), user = ADELE, press = 'Configure' }: Opening = {}) {
  await page.goto(`${live.azure.microsoft365.url}/${host}?${new URLSearchParams({ place, user })}`);
  await page.getByRole('button', { name: 'Connectors' }).click();
  await page.getByRole('dialog', { name: 'Connectors' }).getByRole('button', { name: press, exact: true }).click();
  const frame = page.frameLocator('dialog.configuration iframe');
  await frame.locator('main:not(.loading) h1').waitFor();
  return { frame, place };
}

/** A channel or group that no other journey uses. */
function aPlace(host: 'teams' | 'outlook'): string {
  const { world } = live.azure.microsoft365.api;
  if (host === 'outlook') return world.places.find(({ kind }) => kind === 'group')?.id ?? '';
  return live.webhook('connector').place;
}

/** Signs in at the product, in the window that the button opens. */
async function signIn(frame: FrameLocator, name = 'Ada'): Promise<void> {
  const opening = page.context().waitForEvent('page');
  await frame.getByRole('button', { name: 'Sign in to Octoforge' }).click();
  const window = await opening;
  await window.getByLabel(new RegExp(`^ ?${name}`)).check();
  await window.getByRole('button', { name: 'Sign in' }).click();
  await frame
    .getByRole('heading', { name: 'Topics' })
    .or(frame.getByRole('button', { name: 'Become an owner' }))
    .or(frame.locator('.choices').first())
    .first()
    .waitFor();
}

/** Signs in where that is asked for: a person does it once. */
async function ready(frame: FrameLocator, name?: string): Promise<void> {
  const asked = frame.getByRole('button', { name: 'Sign in to Octoforge' });
  await asked.or(frame.locator('main.editor, main.narrow')).first().waitFor();
  if (await asked.isVisible()) await signIn(frame, name);
}

const save = () => page.getByRole('button', { name: 'Save', exact: true });
const dialog = () => page.locator('dialog.configuration');
const closed = () => dialog().waitFor({ state: 'detached' });
const connectorsOf = (place: string) => live.azure.microsoft365.api.connectors.list(place);

/** Sets a channel up and gives its place. */
async function setUp(opening: Opening = {}): Promise<string> {
  const { frame, place } = await open(opening);
  await ready(frame);
  await save().click();
  await closed();
  return place;
}

it('asks who one is at the product once, then saves from Teams’ own button', async () => {
  const { frame, place } = await open();
  await signIn(frame);
  await frame.getByText(/^Account acme, signed in as /).waitFor();
  await frame.getByText('Your Microsoft account is linked to acme.').waitFor();
  await save().click();
  await closed();

  const [connector] = connectorsOf(place);

  expect(connector?.config).toEqual({
    entityId: expect.stringMatching(/^[\w-]{22}$/),
    configName: expect.any(String),
    contentUrl: expect.stringMatching(/\/config\?subscription=sub_\w+$/),
    removeUrl: expect.stringContaining('/config?view=remove'),
  });
  expect(connector?.config.contentUrl).not.toContain(connector?.config.entityId);
});

it('remembers the account until it is asked to forget it', async () => {
  await setUp();
  const { frame } = await open();
  await frame.getByRole('button', { name: 'Forget this link' }).click();
  await frame.getByText(/^Forgotten\./).waitFor();

  const again = await open();

  await again.frame.getByRole('button', { name: 'Sign in to Octoforge' }).waitFor();
});

it('shows what was saved when it is opened again, and changes it', async () => {
  const place = await setUp();
  const { frame } = await open({ place, press: 'Manage' });
  await frame.getByRole('radio', { name: 'Every month' }).check();
  await save().click();
  await closed();

  const again = await open({ place, press: 'Manage' });

  expect(await again.frame.getByRole('radio', { name: 'Every month' }).isChecked()).toBe(true);
  expect(connectorsOf(place)).toHaveLength(1);
});

it('works in a group of Outlook, and takes over its theme', async () => {
  const { frame, place } = await open({ host: 'outlook' });
  await ready(frame);
  await page.getByLabel('Host theme').selectOption('dark');
  await frame.locator('html[data-theme=dark]').waitFor();
  await save().click();
  await closed();

  expect(connectorsOf(place)).toHaveLength(1);
});

it('saves when only getConfig tells the webhook', async () => {
  live.azure.microsoft365.api.quirks.webhookInSaveEvent = false;

  const place = await setUp();

  expect(connectorsOf(place)[0]?.config.entityId).toMatch(/^[\w-]{22}$/);
});

it('finds its way when Teams has forgotten the address it was given', async () => {
  live.azure.microsoft365.api.quirks.losesContentUrl = true;
  const place = await setUp();

  const { frame } = await open({ place, press: 'Manage' });

  await frame.getByRole('heading', { name: /^Settings for/ }).waitFor();
});

it('goes on with another webhook when the host has made one', async () => {
  live.azure.microsoft365.api.quirks.newWebhookOnSave = 'old-gone';
  const place = await setUp();
  live.azure.microsoft365.api.quirks.newWebhookOnSave = 'no';
  const { frame } = await open({ place, press: 'Manage' });
  await ready(frame);
  await save().click();
  await closed();
  const { frame: again } = await open({ place, press: 'Manage' });

  await again.getByRole('button', { name: 'Send a test card' }).click();

  await again.getByText('Delivered. Look at the channel: the test card is there.').waitFor();
});

it('lets another owner of the channel share it', async () => {
  const place = await setUp();
  const { frame } = await open({ place, press: 'Manage', user: BEN });
  await ready(frame, 'Ben');
  await frame.getByRole('button', { name: 'Become an owner' }).click();

  await frame.getByRole('heading', { name: /^Settings for/ }).waitFor();

  await save().click();
  await closed();
});

it('removes when Teams removes', async () => {
  const place = await setUp();
  const { frame } = await open({ place, press: 'Remove' });
  await frame.getByText(/nothing more will be sent to this channel/).waitFor();
  await page.locator('dialog.configuration').getByRole('button', { name: 'Remove' }).click();
  await closed();

  expect(connectorsOf(place)).toEqual([]);
});

it('signs in in a window when Microsoft does not say who one is', async () => {
  for (const user of live.azure.microsoft365.api.world.users) user.consent = 'refused';
  const { frame, place } = await open();
  await frame.getByText(/^Microsoft did not tell us who you are/).waitFor();
  await signIn(frame);
  await save().click();
  await closed();

  expect(connectorsOf(place)).toHaveLength(1);
});

it('signs in with Microsoft in a window where Teams gives no token, and then to the product once', async () => {
  for (const user of live.azure.microsoft365.api.world.users) user.consent = 'required';
  const withMicrosoft = async (frame: FrameLocator) => {
    const opening = page.context().waitForEvent('page');
    await frame.getByRole('button', { name: 'Sign in with Microsoft' }).click();
    const window = await opening;
    await window.getByLabel(/Dai Nakamura/).check();
    await window.getByRole('button', { name: 'Accept' }).click();
  };
  const first = await open();
  await withMicrosoft(first.frame);
  await first.frame.getByText('You do this once. We remember it for next time.').waitFor();
  await signIn(first.frame);
  await first.frame.getByText('Your Microsoft account is linked to acme.').waitFor();

  const second = await open();
  await withMicrosoft(second.frame);
  await second.frame.getByText('Your Microsoft account is linked to acme.').waitFor();
  await save().click();
  await closed();

  expect(connectorsOf(second.place)).toHaveLength(1);
});

it('offers Microsoft’s page when Teams never answers who one is', async () => {
  await page.clock.install();
  await page.route('**/_host/token', () => {});
  const asked = page.waitForRequest('**/_host/token');
  const opening = open();
  await asked;

  await page.clock.fastForward(30_000);
  const { frame } = await opening;
  await frame.getByRole('button', { name: 'Sign in with Microsoft' }).waitFor();

  expect(await frame.getByText(/^Microsoft did not tell us who you are/).isVisible()).toBe(true);
});

it('tells Teams why it could not save, and saves when asked again', async () => {
  const { frame, place } = await open();
  await ready(frame);
  live.azure.keyVault.faults.add({ fault: { is: 'failing', status: 500 }, path: '/secrets/webhook' });
  await save().click();
  await dialog()
    .getByText(/Something is out of order on our side/)
    .first()
    .waitFor();
  live.azure.keyVault.faults.clear();

  await save().click();
  await closed();

  expect(connectorsOf(place)).toHaveLength(1);
});

it('says so when the organisation is none that may use it', async () => {
  const body = JSON.stringify({
    title: 'Your organisation is not set up here.',
    code: 'tenant-not-allowed',
    status: 403,
  });
  await page.route('**/session', (route) => route.fulfill({ status: 403, body, contentType: 'application/json' }));

  const { frame } = await open();

  await frame
    .getByText('Your organisation is not set up here yet. Ask whoever runs this app for you to add it.')
    .waitFor();
});

it('renews a session that has ended without asking', async () => {
  const place = await setUp();
  const { frame } = await open({ place, press: 'Manage' });
  await frame.locator('.choices').first().waitFor();
  const body = JSON.stringify({ title: 'The session has ended.', code: 'session-expired', status: 401 });
  await page.route('**/api/subscriptions/sub_*', (route) => route.fulfill({ status: 401, body }), { times: 1 });

  await save().click();

  await closed();
});
