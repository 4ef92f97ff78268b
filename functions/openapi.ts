/** `GET /api/openapi.json`: the owners' API, described. */
import type { HttpHandler } from '@azure/functions';
import { JSON_HEADERS } from '../shared/platform/json-answer.ts';

/** Handles `GET /api/openapi.json`. It is the same for everyone. */
export function createOpenApiHandler(document: object): HttpHandler {
  const body = JSON.stringify(document);
  return async () => ({ status: 200, headers: { ...JSON_HEADERS, 'cache-control': 'public, max-age=300' }, body });
}
