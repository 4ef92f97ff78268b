/** The pages that are drawn on the server. */
import type { Control } from '../control/control.ts';
import type { Html } from '../http/html.ts';
import { type Reply, type Route, reply, route } from '../http/router.ts';
import { requestsPage } from './requests-page.ts';

/** What the product's linter says of a card. */
export interface Finding {
  readonly level: 'error' | 'warning';
  readonly message: string;
}

/** The product's linter: takes a card's JSON as text. */
export type Lint = (text: string) => readonly Finding[] | Promise<readonly Finding[]>;

/** The routes of those pages. */
export function viewRoutes(control: Control, _lint: Lint | undefined): Route[] {
  return [
    route('GET', '/requests', () =>
      answerHtml(requestsPage(control.requests.list(), control.requests.sums(), control.webhooks())),
    ),
  ];
}

/** Pages run their own scripts only; what a card shows may come from anywhere. */
const POLICY =
  "default-src 'self'; img-src * data:; style-src 'self' 'unsafe-inline'; frame-src *; connect-src 'self'; frame-ancestors 'none'";

/** A page as an answer. */
export const answerHtml = ({ html }: Html): Reply =>
  reply(200, 'text/html', html, { 'content-security-policy': POLICY });
