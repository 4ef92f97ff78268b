/** Failures as pages, for addresses that people open themselves: an API's JSON would tell them nothing. */
import type { HttpHandler, HttpRequest, HttpResponseInit } from '@azure/functions';
import { ConnectorError } from './errors.ts';
import { html } from './html.ts';
import { type PageBrand, pageAnswer } from './page.ts';

/** What a failure's page says. `help` stands before the code. */
export interface FailureText {
  readonly language: string;
  readonly title: string;
  readonly message: string;
  readonly help: string;
}

/** How failures look. `say`: in other words than the error's own; it is given undefined for a failure that we do not know. */
export type FailurePages = { readonly brand: PageBrand } & (
  | { readonly title: string }
  | { readonly say: (error: ConnectorError | undefined, request: HttpRequest) => FailureText }
);

/** The handler, answering for its failures with pages: a failure we know in its own words, any other in ours. */
export function answeringPages(pages: FailurePages, handler: HttpHandler): HttpHandler {
  const { brand } = pages;
  const say = 'say' in pages ? pages.say : inEnglish(pages.title);
  const answer = (text: FailureText, status: number, code: string): HttpResponseInit => {
    const body = html`<h1>${text.title}</h1>
<p>${text.message}</p>
<p>${text.help} <code>${code}</code></p>`;
    return pageAnswer({ brand, status, language: text.language, title: `${text.title} – ${brand.name}`, body });
  };
  return async (request, context) => {
    try {
      return await handler(request, context);
    } catch (error) {
      if (error instanceof ConnectorError) {
        context.info('page refused', { code: error.code, status: error.status });
        return answer(say(error, request), error.status, error.code);
      }
      // The message of an unknown error can repeat what was sent: its name is enough to find it by.
      context.error('page failed', { error: error instanceof Error ? error.name : 'unknown' });
      return answer(say(undefined, request), 500, context.invocationId);
    }
  };
}

function inEnglish(title: string) {
  return (error: ConnectorError | undefined): FailureText => ({
    language: 'en',
    title,
    message: error?.message ?? 'Something failed on our side. Try again in a minute.',
    help: 'If you ask for help, give this code:',
  });
}
