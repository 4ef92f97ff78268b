/** Answers of the API: JSON that no cache keeps, no page runs and no site frames. */
import type { HttpResponseInit } from '@azure/functions';
import { PRIVATE_HEADERS } from './page.ts';

/** Headers of every JSON answer about one person. */
export const JSON_HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  ...PRIVATE_HEADERS,
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
} as const;

/** JSON as an answer, with headers besides. */
export function jsonAnswer(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpResponseInit {
  return { status, headers: { ...JSON_HEADERS, ...headers }, body: JSON.stringify(body) };
}

/** Done, and nothing to say. */
export function emptyAnswer(status: 202 | 204): HttpResponseInit {
  const { 'content-type': _, ...headers } = JSON_HEADERS;
  return { status, headers };
}
