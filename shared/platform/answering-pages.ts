/** Failures as pages, for addresses that people open themselves: an API's JSON would tell them nothing. */
import type { HttpHandler, HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { ConnectorError } from './errors.ts';
import { html } from './html.ts';
import { pageAnswer } from './page.ts';

/** Wraps a handler: a failure we know becomes a page with its own words; any other goes on to `answering`, which logs it. */
export function answeringPages(title: string, handler: HttpHandler): HttpHandler {
  return async (request: HttpRequest, context: InvocationContext) => {
    try {
      return await handler(request, context);
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      context.info('a page was refused', { code: error.code });
      return failurePage(title, error);
    }
  };
}

function failurePage(title: string, error: ConnectorError): HttpResponseInit {
  const body = html`<p>${error.message}</p>
<p>If you ask for help, give this code: <code>${error.code}</code></p>`;
  return pageAnswer({ status: error.status, title, body });
}
