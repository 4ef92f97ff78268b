/** HTTP clients that answer in the place of Azurite what Azure answers and Azurite cannot: no role, no way in, no sign-in. */
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createDefaultHttpClient,
  createHttpHeaders,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { testStorage } from '../../../world/storage.ts';

const MESSAGE = 'This request is not authorized to perform this operation using this permission.';

/** What a caller may do: all, read, or nothing for want of a role; or why nothing gets through at all. */
export type Access = 'all' | 'read' | 'no role' | 'no way in' | 'no keys' | 'nobody' | 'silent';

const http = createDefaultHttpClient();

/** Codes: https://learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes */
const CODES: Readonly<Partial<Record<Access, string>>> = {
  read: 'AuthorizationPermissionMismatch',
  'no role': 'AuthorizationPermissionMismatch',
  'no way in': 'AuthorizationFailure',
  'no keys': 'KeyBasedAuthenticationNotPermitted',
};

/** A client of tables or secrets. `access` is asked at every call. */
export function azureClient(access: () => Access): HttpClient {
  return {
    async sendRequest(request) {
      const has = access();
      if (has === 'silent') throw Object.assign(new Error('connect'), { name: 'RestError', code: 'ECONNREFUSED' });
      if (has === 'nobody') throw Object.assign(new Error('no credential'), { name: 'CredentialUnavailableError' });
      const code = CODES[has];
      if (code === undefined || (has === 'read' && request.method === 'GET')) return http.sendRequest(request);
      return refusal(request, code);
    },
  };
}

function refusal(request: PipelineRequest, code: string): PipelineResponse {
  const bodyAsText = JSON.stringify({ 'odata.error': { code, message: { lang: 'en-US', value: MESSAGE } } });
  return { request, status: 403, headers: createHttpHeaders({ 'content-type': 'application/json' }), bodyAsText };
}

/** Between the queues' client, which takes no HTTP client of ours, and Azurite. */
export async function aQueueProxy(access: () => Access) {
  const [, endpoint = ''] = /QueueEndpoint=([^;]+)/.exec(testStorage()) ?? [];
  const { hostname, port } = new URL(endpoint);
  const server = createServer((request, response) => {
    const has = access();
    const code = CODES[has];
    if (has === 'silent' || has === 'nobody') return void request.socket.destroy();
    if (code !== undefined && !(has === 'read' && request.method === 'GET')) {
      response.writeHead(403, { 'content-type': 'application/xml', 'x-ms-error-code': code });
      return response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${MESSAGE}</Message></Error>`);
    }
    const { method = 'GET', url = '/', headers } = request;
    const onward = forward({ hostname, port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onward.once('error', () => request.socket.destroy());
    return request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    connectionString: testStorage().replace(endpoint, here + new URL(endpoint).pathname),
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
