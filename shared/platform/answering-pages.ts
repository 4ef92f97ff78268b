/** Failures as pages, for addresses that people open themselves: an API's JSON would tell them nothing. */
import type { HttpHandler, HttpResponseInit } from '@azure/functions';
import { ConnectorError } from './errors.ts';
import { html } from './html.ts';
import { pageAnswer } from './page.ts';

/** The handler, answering for its failures with a page of that title: a failure we know in its own words, any other in ours. */
export function answeringPages(title: string, handler: HttpHandler): HttpHandler {
  return async (request, context) => {
    try {
      return await handler(request, context);
    } catch (error) {
      if (error instanceof ConnectorError) {
        context.info('page refused', { code: error.code, status: error.status });
        return failurePage({ title, status: error.status, message: error.message, code: error.code });
      }
      // The message of an unknown error can repeat what was sent: its name is enough to find it by.
      context.error('page failed', { error: error instanceof Error ? error.name : 'unknown' });
      const message = 'Something failed on our side. Try again in a minute.';
      return failurePage({ title, status: 500, message, code: context.invocationId });
    }
  };
}

interface Failure {
  readonly title: string;
  readonly status: number;
  readonly message: string;
  readonly code: string;
}

function failurePage({ title, status, message, code }: Failure): HttpResponseInit {
  const body = html`<p>${message}</p>
<p>If you ask for help, give this code: <code>${code}</code></p>`;
  return pageAnswer({ status, title, body });
}
