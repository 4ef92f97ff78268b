/** Lists in pages with a `nextLink`, as the REST API gives them. */
import type { VaultIdentity } from './bundles.ts';
import { badParameter } from './vault-error.ts';

/** Both the largest page and the one given when none is asked for. Source: "Get Secrets - Get Secrets", Microsoft Learn. */
const MAX_PAGE = 25;

/** One page of `items`, and where the next begins. */
export function toPage(vault: VaultIdentity, request: URL, items: readonly object[]) {
  const asked = request.searchParams.get('maxresults');
  const size = asked === null ? MAX_PAGE : Number(asked);
  if (!Number.isInteger(size) || size < 1 || size > MAX_PAGE) {
    throw badParameter(`The maxresults parameter must be between 1 and ${MAX_PAGE}.`);
  }
  const from = readToken(request.searchParams.get('$skiptoken'));
  const value = items.slice(from, from + size);
  if (from + size >= items.length) return { value, nextLink: null };
  const next = new URLSearchParams(request.searchParams);
  next.set('$skiptoken', Buffer.from(String(from + size)).toString('base64url'));
  return { value, nextLink: `${vault.url}${request.pathname}?${next}` };
}

function readToken(token: string | null): number {
  if (token === null) return 0;
  const from = Number(Buffer.from(token, 'base64url').toString());
  if (!Number.isSafeInteger(from) || from < 0) throw badParameter('The $skiptoken parameter is invalid.');
  return from;
}
