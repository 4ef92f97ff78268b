/** The Connect picker, each test titled with the fact it quotes. Sources: the stand-in's README. */
import { variants } from '../../../infra/local/microsoft365/connect/callback.ts';
import type { Microsoft365 } from '../../../infra/local/microsoft365/server.ts';
import { aMicrosoft365, stopMicrosoft365 } from './a-microsoft365.ts';

afterEach(stopMicrosoft365);

const productUrl = 'http://127.0.0.1:7071';
const callback = `${productUrl}/connect/callback`;
const group = '9f0c0de0-0000-4000-8000-0000000000f1';
const adele = '0b1ec700-0000-4000-8000-0000000000a1';

/** What a picker's form sends, with what differs. */
async function pick({ url, api }: Microsoft365, fields: Record<string, string> = {}): Promise<Response> {
  const form = {
    state: 'the-state',
    app_id: api.world.app.appId,
    callback_url: callback,
    user: adele,
    place: group,
    decision: 'allow',
  };
  return fetch(`${url}/connectors/Connect`, {
    method: 'POST',
    body: new URLSearchParams({ ...form, ...fields }),
    redirect: 'manual',
  });
}

const queryOf = (answer: Response) => new URL(answer.headers.get('location') ?? '').searchParams;

function show({ url, api }: Microsoft365, fields: Record<string, string> = {}): Promise<Response> {
  const query = { state: 's', app_id: api.world.app.appId, callback_url: callback, ...fields };
  return fetch(`${url}/connectors/Connect?${new URLSearchParams(query)}`);
}

it('"lists all the groups and/or inbox available to the user", and not those of another tenant', async () => {
  const microsoft365 = await aMicrosoft365({ productUrl });

  const page = await (await show(microsoft365)).text();

  expect(['Product team', 'Release watch', 'My inbox', 'Fabrikam all'].map((name) => page.includes(name))).toEqual([
    true,
    true,
    true,
    false,
  ]);
});

it('allow: 302 to the callback with `state`, `group_name`, `webhook_url`, `app_type`, `user_objectId` and nothing else', async () => {
  const microsoft365 = await aMicrosoft365({ productUrl });

  const answer = await pick(microsoft365);

  expect([answer.status, answer.headers.get('location')?.split('?')[0]]).toEqual([302, callback]);
  expect(Object.fromEntries(queryOf(answer))).toEqual({
    state: 'the-state',
    group_name: 'Product team',
    webhook_url: expect.stringMatching(
      /^http:\/\/localhost:\d+\/webhook\/[0-9a-f-]{36}@[0-9a-f-]{36}\/[0-9a-f-]{36}\/[0-9a-f]{32}\/[0-9a-f-]{36}$/,
    ),
    app_type: 'groups',
    user_objectId: adele,
  });
});

it('"group_name: only on success and only if a group, not inbox"; its `app_type` is `mail`', async () => {
  const microsoft365 = await aMicrosoft365({ productUrl });

  const query = queryOf(await pick(microsoft365, { place: `inbox-${adele}` }));

  expect([query.has('group_name'), query.get('app_type'), query.has('webhook_url')]).toEqual([false, 'mail', true]);
});

it('"`error=AccessDenied` when the user presses Deny", with the state and without a webhook', async () => {
  const microsoft365 = await aMicrosoft365({ productUrl });

  const query = queryOf(await pick(microsoft365, { decision: 'deny' }));

  expect(Object.fromEntries(query)).toEqual({ state: 'the-state', error: 'AccessDenied' });
  expect(microsoft365.api.webhooks()).toEqual([]);
});

it('"`state` optional, echoed": without one none comes back', async () => {
  const microsoft365 = await aMicrosoft365({ productUrl });
  const { appId } = microsoft365.api.world.app;

  const answer = await fetch(`${microsoft365.url}/connectors/Connect`, {
    method: 'POST',
    body: new URLSearchParams({ app_id: appId, callback_url: callback, decision: 'deny' }),
    redirect: 'manual',
  });

  expect(Object.fromEntries(queryOf(answer))).toEqual({ error: 'AccessDenied' });
});

it.each([
  ['app_id', { app_id: 'c0ffee00-0000-4000-8000-00000000dead' }],
  ['callback_url', { callback_url: `${productUrl}/elsewhere` }],
  ['callback_url with a query', { callback_url: `${callback}?a=b` }],
])('"`Invalid Request` page if `app_id`/`callback_url` were altered": %s', async (_what, fields) => {
  const microsoft365 = await aMicrosoft365({ productUrl });

  const [page, form] = [await show(microsoft365, fields), await pick(microsoft365, fields)];

  expect([page.status, form.status, form.headers.get('location')]).toEqual([400, 400, null]);
  expect(await page.text()).toContain('<h1>Invalid Request</h1>');
});

it.each([
  ['without any query parameters', `${callback}?a=b`],
  ['a valid URL', 'callback'],
])('"The callback URL should be … %s", for a connector that registered none too', async (_fact, callback_url) => {
  const microsoft365 = await aMicrosoft365();

  const [page, form] = [await show(microsoft365, { callback_url }), await pick(microsoft365, { callback_url })];

  expect([page.status, form.status]).toEqual([400, 400]);
});

it('lets nobody pick a group of another tenant', async () => {
  const microsoft365 = await aMicrosoft365({ productUrl });

  const answer = await pick(microsoft365, { place: '9f0c0de0-0000-4000-8000-0000000000f3' });

  expect([answer.status, microsoft365.api.webhooks()]).toEqual([400, []]);
});

it('"No callback at all if the URL is not https"', async () => {
  const microsoft365 = await aMicrosoft365({ app: { callbackUrl: 'http://product.example/callback' } });

  const answer = await pick(microsoft365, { callback_url: 'http://product.example/callback' });

  expect([answer.status, answer.headers.get('location')]).toEqual([200, null]);
});

it('"If there are no groups to select from the user is guided to try again after creating a group"', async () => {
  const microsoft365 = await aMicrosoft365({ productUrl });
  microsoft365.api.world.withoutGroups.add(adele);

  const page = await (await show(microsoft365)).text();

  expect([page.includes('Create a group, then try again'), page.includes('Product team')]).toEqual([true, false]);
});

it('the webhook it sends back takes cards for the group that was picked', async () => {
  const microsoft365 = await aMicrosoft365({ productUrl });
  const url = queryOf(await pick(microsoft365)).get('webhook_url') ?? '';

  await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"text":"Hello"}' });

  expect(microsoft365.api.messages.of(group).map(({ card }) => card)).toEqual([{ text: 'Hello' }]);
});

it.each(Object.keys(variants).filter((name) => name !== 'documented'))(
  'sends the variant "%s", which differs from the documented answer',
  async (variant) => {
    const microsoft365 = await aMicrosoft365({ productUrl });
    // Each webhook's address is its own: only what a variant changes may differ.
    const shape = (answer: Response) =>
      (answer.headers.get('location') ?? '').replace(/(%40[0-9a-f-]{36})|[0-9a-f]{8}-?[0-9a-f-]{24,}/g, '$1');

    const [documented, varied] = [await pick(microsoft365), await pick(microsoft365, { variant })];

    expect(varied.status).toBe(302);
    expect(shape(varied)).not.toBe(shape(documented));
  },
);
