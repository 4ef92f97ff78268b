/** Wraps every HTTP handler: a failure we know becomes its status and code, anything else is logged and answered with an empty 500. */
import type { HttpHandler, HttpResponseInit } from '@azure/functions';
import { ConnectorError } from './errors.ts';
import { JSON_HEADERS } from './json-answer.ts';

const HEADERS = { ...JSON_HEADERS, 'content-type': 'application/problem+json' };

/** A problem as RFC 9457 has it; `code` is ours and stable. */
export function problem(error: ConnectorError): HttpResponseInit {
  const { message, status, code, members, headers } = error;
  const body = { ...members, type: 'about:blank', title: message, status, code };
  return { status, headers: { ...HEADERS, ...headers }, body: JSON.stringify(body) };
}

/** The handler, answering for its failures. */
export function answering(handler: HttpHandler): HttpHandler {
  return async (request, context) => {
    try {
      return await handler(request, context);
    } catch (error) {
      if (error instanceof ConnectorError) {
        context.info('request refused', { code: error.code, status: error.status });
        return problem(error);
      }
      // The message of an unknown error can repeat what was sent: its name is enough to find it by.
      context.error('request failed', { error: error instanceof Error ? error.name : 'unknown' });
      return { status: 500, headers: { 'cache-control': 'no-store' } };
    }
  };
}
