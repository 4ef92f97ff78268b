/** Small pages made on the server: what happened and what to do, without script, style or anything from elsewhere. */
import type { HttpResponseInit } from '@azure/functions';
import { type Html, html } from './html.ts';

/** Nothing loads, nothing frames it, forms go to us only. */
const CONTENT_SECURITY_POLICY = "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** For answers about one person: kept by no cache, and their address is told to no other site. */
export const PRIVATE_HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

/** What a page says. */
export interface Page {
  readonly status?: number;
  readonly title: string;
  readonly body: Html;
}

/** A page as an answer. */
export function pageAnswer({ status = 200, title, body }: Page): HttpResponseInit {
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;
  const headers = {
    ...PRIVATE_HEADERS,
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': CONTENT_SECURITY_POLICY,
  };
  return { status, headers, body: document.markup };
}
