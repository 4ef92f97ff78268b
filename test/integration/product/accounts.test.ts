/** `/api/accounts/{account}/…`: what the product does for a customer, on real tables. */
import { type HttpHandler, HttpRequest, type HttpResponseInit, InvocationContext } from '@azure/functions';
import {
  type AccountsDeps,
  createExportAccountHandler,
  createListAccountHandler,
  createPutScopesHandler,
  createRemoveAccountHandler,
} from '../../../functions/accounts.ts';
import { createActsTable } from '../../../shared/actions/acts-table.ts';
import { createExportAccount } from '../../../shared/actions/export-account.ts';
import { createAccountLinksTable } from '../../../shared/identity/account-links-table.ts';
import { createAccountScopesTable } from '../../../shared/identity/account-scopes-table.ts';
import { answering } from '../../../shared/platform/answering.ts';
import { viewOf } from '../../../shared/subscriptions/subscription-view.ts';
import { aSubscription } from '../../world/make.ts';
import { aWorld } from '../../world/world.ts';

const ACCOUNT = 'acme/#1? é';

async function anAccount() {
  const world = await aWorld();
  const scopes = createAccountScopesTable(world.storage.table('accounts'));
  const removed: string[] = [];
  const deps: AccountsDeps = {
    scopes,
    subscriptions: world.subscriptions,
    show: async (subscription) => viewOf(subscription, {}),
    exportAccount: createExportAccount({
      ...world.deps,
      scopes,
      links: createAccountLinksTable(world.storage.table('accounts')),
      acts: createActsTable(world.storage.table('once')),
      now: world.clock.now,
    }),
    forgetAccount: async (account) => void removed.push(account),
  };
  await world.subscribe(aSubscription({ account: ACCOUNT, owners: [{ sub: 'ada' }] }));
  await world.subscribe(aSubscription({ account: 'other' }));
  const call = async (make: (deps: AccountsDeps) => HttpHandler, method: string, path: string, body?: unknown) => {
    const request = new HttpRequest({
      method,
      url: `https://tidings.example/api/accounts/${encodeURIComponent(ACCOUNT)}${path}`,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: { string: JSON.stringify(body) } }),
    });
    const context = new InvocationContext({ logHandler: () => {} });
    const { status, body: text } = (await answering(make(deps))(request, context)) as HttpResponseInit;
    return { status, body: typeof text === 'string' ? JSON.parse(text) : undefined };
  };
  return { scopes, links: createAccountLinksTable(world.storage.table('accounts')), removed, call };
}

it('puts an account’s scopes in the place of those before', async () => {
  const { scopes, call } = await anAccount();
  await scopes.replace(ACCOUNT, [{ id: 'old', name: 'Old' }]);

  const { status } = await call(createPutScopesHandler, 'PUT', '/scopes', {
    scopes: [{ id: 'acme/api', name: 'API' }],
  });

  expect(status).toBe(204);
  expect(await scopes.list(ACCOUNT)).toEqual([{ id: 'acme/api', name: 'API' }]);
});

it.each([
  ['a list', []],
  ['a scope without a name', { scopes: [{ id: 'a' }] }],
  [
    'an id that stands twice',
    {
      scopes: [
        { id: 'a', name: 'A' },
        { id: 'a', name: 'B' },
      ],
    },
  ],
  ['too many', { scopes: Array.from({ length: 1_001 }, (_, index) => ({ id: String(index), name: 'x' })) }],
])('refuses %s, and keeps what was there', async (_what, body) => {
  const { scopes, call } = await anAccount();
  await scopes.replace(ACCOUNT, [{ id: 'old', name: 'Old' }]);

  const answer = await call(createPutScopesHandler, 'PUT', '/scopes', body);

  expect([answer.status, answer.body.code]).toEqual([400, 'invalid-request']);
  expect(await scopes.list(ACCOUNT)).toHaveLength(1);
});

it('lists the account’s subscriptions and nobody else’s, without what is secret', async () => {
  const { call } = await anAccount();

  const { body } = await call(createListAccountHandler, 'GET', '/subscriptions');

  expect(body.subscriptions).toHaveLength(1);
  expect(body.subscriptions[0].account).toBe(ACCOUNT);
  expect(JSON.stringify(body)).not.toContain('sealed');
});

it('exports what is kept, owners too, without the webhook', async () => {
  const { call } = await anAccount();

  const { body } = await call(createExportAccountHandler, 'GET', '/export');

  expect(body).toMatchObject({ account: ACCOUNT, subscriptions: [{ owners: [{ sub: 'ada' }], digests: [] }] });
  expect(JSON.stringify(body)).not.toContain('sealed');
});

it('exports who is linked to the account, and nobody who is linked to another by now', async () => {
  const { links, call } = await anAccount();
  await links.linkPerson({ tid: 't', oid: 'ada', sub: 'a', account: ACCOUNT });
  await links.linkPerson({ tid: 't', oid: 'ben', sub: 'b', account: ACCOUNT });
  await links.linkPerson({ tid: 't', oid: 'ben', sub: 'b', account: 'other' });
  await links.linkTenant({ tid: 'u', oid: 'eve', sub: 'e', account: ACCOUNT });

  const { body } = await call(createExportAccountHandler, 'GET', '/export');

  expect(body.links).toEqual([
    { for: 'person', tid: 't', oid: 'ada', sub: 'a' },
    { for: 'tenant', tid: 'u', oid: 'eve', sub: 'e' },
  ]);
});

it('removes the account that the address names, whatever its name holds', async () => {
  const { removed, call } = await anAccount();

  const { status } = await call(createRemoveAccountHandler, 'DELETE', '');

  expect(status).toBe(204);
  expect(removed).toEqual([ACCOUNT]);
});
