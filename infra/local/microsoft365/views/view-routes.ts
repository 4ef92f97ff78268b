/** The pages that are drawn on the server. */
import type { Control } from '../control/control.ts';
import type { Html } from '../http/html.ts';
import { type Reply, type Route, reply, route } from '../http/router.ts';
import { requestsPage } from './requests-page.ts';

/** The routes of those pages. */
export function viewRoutes(control: Control): Route[] {
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
