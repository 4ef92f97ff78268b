/** HTTP requests and answers in the shapes that go between host and worker. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RpcHttpCookie, RpcHttpData, RpcNullable } from './core-types.ts';

/** A request with the values of its route's parameters and its whole body. */
export interface HttpInput {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly params: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** The request as the host hands it to the worker. */
export function toRpcRequest({ request, url, params, body }: HttpInput): RpcHttpData {
  // Repeated headers and repeated query parameters are joined by commas and headers without a value are left out, as in
  // the host (azure-functions-nodejs-library #168; the worker's capability IgnoreEmptyValuedRpcHttpHeaders).
  const headers = Object.entries(request.headersDistinct)
    .map(([name, values]) => [name, (values ?? []).join(',')] as const)
    .filter(([, value]) => value !== '');
  const query = [...new Set(url.searchParams.keys())].map(
    (name) => [name, url.searchParams.getAll(name).join(',')] as const,
  );
  return {
    method: request.method ?? 'GET',
    url: url.href,
    nullableHeaders: nullable(headers),
    nullableQuery: nullable(query),
    nullableParams: nullable(Object.entries(params)),
    // The worker asks for bytes always (its capability RawHttpBodyBytes).
    ...(body.length > 0 ? { body: { bytes: body } } : {}),
  };
}

function nullable(entries: Iterable<readonly [string, string]>): Record<string, RpcNullable<string>> {
  return Object.fromEntries([...entries].map(([name, value]) => [name, { value }]));
}

/** Writes what the function returned. Nothing returned is an empty 200, as in the host. */
export function sendAnswer(response: ServerResponse, answer: RpcHttpData | undefined): void {
  const body = Buffer.from(answer?.body?.bytes ?? answer?.body?.string ?? '');
  response.statusCode = Number(answer?.statusCode ?? 200);
  for (const [name, value] of Object.entries(answer?.headers ?? {})) response.setHeader(name, value);
  for (const cookie of answer?.cookies ?? []) response.appendHeader('set-cookie', toSetCookie(cookie));
  // ASP.NET Core sends neither for these.
  if (response.statusCode !== 204 && response.statusCode !== 304) response.setHeader('content-length', body.length);
  response.end(body);
}

const SAME_SITE = { lax: 'lax', strict: 'strict', explicitNone: 'none' } as const;

/** Serialised as ASP.NET Core does: name and value percent-encoded, path `/` unless given. */
function toSetCookie({ name, value, expires, ...attributes }: RpcHttpCookie): string {
  const seconds = expires?.value?.seconds;
  const sameSite = attributes.sameSite && attributes.sameSite !== 'none' ? SAME_SITE[attributes.sameSite] : undefined;
  return [
    `${encodeURIComponent(name ?? '')}=${encodeURIComponent(value ?? '')}`,
    typeof seconds === 'number' ? `expires=${new Date(seconds * 1000).toUTCString()}` : '',
    typeof attributes.maxAge?.value === 'number' ? `max-age=${Math.trunc(attributes.maxAge.value)}` : '',
    attributes.domain?.value ? `domain=${attributes.domain.value}` : '',
    `path=${attributes.path?.value ?? '/'}`,
    attributes.secure?.value ? 'secure' : '',
    sameSite ? `samesite=${sameSite}` : '',
    attributes.httpOnly?.value ? 'httponly' : '',
  ]
    .filter((part) => part !== '')
    .join('; ');
}
