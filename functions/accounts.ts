/** `/api/accounts/{account}/…`: what the product does for a customer: scopes, their subscriptions, an export, the end. */
import type { HttpHandler, HttpRequest } from '@azure/functions';
import { z } from 'zod';
import type { ExportAccount } from '../shared/actions/export-account.ts';
import type { ForgetAccount } from '../shared/actions/forget-account.ts';
import type { AccountScopesTable } from '../shared/identity/account-scopes-table.ts';
import { emptyAnswer, jsonAnswer } from '../shared/platform/json-answer.ts';
import { InvalidRequestError, readJsonBody } from '../shared/platform/request-body.ts';
import type { Subscription } from '../shared/subscriptions/subscription.ts';
import type { SubscriptionView } from '../shared/subscriptions/subscription-view.ts';
import type { SubscriptionsTable } from '../shared/subscriptions/subscriptions-table.ts';

/** What the account routes need. */
export interface AccountsDeps {
  readonly scopes: AccountScopesTable;
  readonly subscriptions: Pick<SubscriptionsTable, 'list'>;
  readonly show: (subscription: Subscription) => Promise<SubscriptionView>;
  readonly exportAccount: ExportAccount;
  readonly forgetAccount: ForgetAccount;
}

const MAX_SCOPES = 1_000;
const scopesSchema = z.strictObject({
  scopes: z
    .array(z.strictObject({ id: z.string().min(1).max(500), name: z.string().min(1).max(200) }))
    .max(MAX_SCOPES)
    .refine((scopes) => new Set(scopes.map(({ id }) => id)).size === scopes.length, 'an id stands twice'),
});

/** `PUT …/scopes`: puts these in the place of those known. */
export function createPutScopesHandler({ scopes }: AccountsDeps): HttpHandler {
  return async (request) => {
    const { scopes: given } = await readJsonBody(request, scopesSchema);
    await scopes.replace(accountIn(request), given);
    return emptyAnswer(204);
  };
}

/** `GET …/subscriptions`. */
export function createListAccountHandler({ subscriptions, show }: AccountsDeps): HttpHandler {
  return async (request) => {
    const all = await present(subscriptions, accountIn(request));
    return jsonAnswer(200, { subscriptions: await Promise.all(all.map(show)) });
  };
}

/** `GET …/export`: what is kept of a customer. */
export function createExportAccountHandler({ exportAccount }: AccountsDeps): HttpHandler {
  return async (request) => jsonAnswer(200, await exportAccount(accountIn(request)));
}

/** `DELETE /api/accounts/{account}`: nothing is sent any more; what is stored goes with the next runs of `reconcile`. */
export function createRemoveAccountHandler({ forgetAccount }: AccountsDeps): HttpHandler {
  return async (request, context) => {
    await forgetAccount(accountIn(request));
    context.info('account removed');
    return emptyAnswer(204);
  };
}

/** From the address as it was sent: hosts differ in what they decode of `%2F` in a path. */
function accountIn({ url }: Pick<HttpRequest, 'url'>): string {
  const [, part = ''] = /\/api\/accounts\/([^/]+)/.exec(new URL(url).pathname) ?? [];
  try {
    return decodeURIComponent(part);
  } catch {
    throw new InvalidRequestError([{ path: 'account', message: 'is not encoded as a part of an address' }]);
  }
}

async function present({ list }: Pick<SubscriptionsTable, 'list'>, account: string): Promise<Subscription[]> {
  const found: Subscription[] = [];
  for await (const row of list(account)) if (row.is === 'present') found.push(row.subscription);
  return found.sort((a, b) => a.createdAt - b.createdAt);
}
