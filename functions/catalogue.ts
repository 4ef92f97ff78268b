/** `GET /api/catalogue`: what an owner can choose. */
import type { HttpHandler } from '@azure/functions';
import type { Catalogue } from '../shared/events/catalogue.ts';
import type { AccountScopesTable } from '../shared/identity/account-scopes-table.ts';
import type { Sessions } from '../shared/identity/session.ts';
import { jsonAnswer } from '../shared/platform/json-answer.ts';

/** What the catalogue is told from. */
export interface CatalogueDeps {
  readonly sessions: Pick<Sessions, 'read'>;
  readonly catalogue: Catalogue;
  readonly scopes: Pick<AccountScopesTable, 'list'>;
}

/** Handles `GET /api/catalogue`. Samples stay here: previews are drawn from them. */
export function createCatalogueHandler({ sessions, catalogue, scopes }: CatalogueDeps): HttpHandler {
  const { product } = catalogue;
  const topics = catalogue.topics.map(({ sample: _, ...topic }) => topic);
  return async (request) => {
    const { account } = await sessions.read(request);
    return jsonAnswer(200, { account, product, topics, scopes: await scopes.list(account) });
  };
}
