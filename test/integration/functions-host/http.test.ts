/** HTTP triggers: routes, methods, keys, and how requests and answers pass through. */
import { type FunctionsHost, startFunctionsHost } from '../../../infra/local/functions-host/start-host.ts';
import { buildFixtureApp, type FixtureApp } from './fixture-app.ts';
import { listen } from './said.ts';

let app: FixtureApp;
let host: FunctionsHost;
const said = listen();

beforeAll(async () => {
  app = await buildFixtureApp('http');
  const keys = { master: 'the-master-key', host: 'the-host-key', functions: { echo: 'the-key-of-echo' } };
  host = await startFunctionsHost({ appDir: app.dir, keys, onLine: said.onLine });
});
afterAll(async () => {
  await host?.stop();
  await app?.remove();
});

async function call(path: string, init?: RequestInit) {
  const response = await fetch(host.url + path, init);
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: text.startsWith('{') ? JSON.parse(text) : {},
  };
}

it.each([
  ['/', 'root', {}],
  ['/items/newest', 'item-newest', {}],
  ['/items/7', 'item-number', { id: '7' }],
  ['/items/seven', 'item', { id: 'seven' }],
  ['/ITEMS/Newest', 'item-newest', {}],
  ['/items/a%20b%2Fc', 'item', { id: 'a b%2Fc' }],
  ['/help', 'help', {}],
  ['/help/', 'help', {}],
  ['/help/pausing', 'help', { page: 'pausing' }],
  ['/static', 'assets', {}],
  ['/static/js/page.4f.js', 'assets', { path: 'js/page.4f.js' }],
  ['/unnamed', 'unnamed', {}],
])('answers GET %s by %s', async (path, by, params) => {
  const { json } = await call(path);

  expect(json).toMatchObject({ by, params });
});

it.each([
  ['GET', '/missing', 404],
  ['GET', '/help/a/b', 404],
  ['POST', '/items/7', 404], // the host answers 404 where others answer 405
  ['HEAD', '/help', 404], // HEAD is not added to GET
  ['HEAD', '/', 200],
  ['OPTIONS', '/echo', 404],
])('answers %s %s with %i', async (method, path, status) => {
  const answer = await call(path, { method });

  expect(answer.status).toBe(status);
  expect(answer.text).toBe('');
});

it('takes a route with another method when the more specific one does not have it', async () => {
  const { json } = await call('/items/7', { method: 'DELETE' });

  expect(json).toMatchObject({ by: 'item', method: 'DELETE' });
});

it('passes method, address, query, headers and the bytes of the body on', async () => {
  const body = new Uint8Array([0, 255, 10, 128]);

  const { json } = await call('/echo?a=1&a=2&b=%C3%BC&c', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', 'X-Some': 'Thing', 'x-empty': '' },
  });

  expect(json).toMatchObject({
    method: 'POST',
    url: `${host.url}/echo?a=1&a=2&b=%C3%BC&c`,
    query: { a: '1,2', b: 'ü', c: '' },
    body: Buffer.from(body).toString('base64'),
    metadata: null,
  });
  expect(json.headers).toMatchObject({ 'content-type': 'application/json', 'x-some': 'Thing' });
  expect(json.headers).not.toHaveProperty('x-empty');
});

it('continues the trace of the caller', async () => {
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736';

  const { json } = await call('/echo', { headers: { traceparent: `00-${trace}-00f067aa0ba902b7-01` } });

  expect(json.traceParent).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-01$`));
  expect(json.traceParent).not.toContain('00f067aa0ba902b7');
});

it('sends status, headers, cookies and bytes of an answer', async () => {
  const response = await fetch(`${host.url}/bytes`);

  expect(response.status).toBe(206);
  expect(response.headers.get('content-type')).toBe('image/png');
  expect(response.headers.get('x-more')).toBe('yes');
  expect(response.headers.getSetCookie()).toEqual([
    'one=a%20b; max-age=60; path=/; secure; samesite=lax; httponly',
    'two=2; expires=Wed, 02 Jan 2030 03:04:05 GMT; path=/here',
  ]);
  expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 255, 128, 10]);
});

it('answers HEAD with the headers and no body', async () => {
  const answer = await call('/bytes', { method: 'HEAD' });

  expect(answer.headers.get('content-length')).toBe('4');
  expect(answer.text).toBe('');
});

it('sends 204 without a body', async () => {
  const answer = await call('/empty');

  expect(answer.status).toBe(204);
  expect(answer.headers.has('content-length')).toBe(false);
});

it('reads a lazily loaded part of the bundle', async () => {
  expect((await call('/lazy')).text).toBe('read when needed');
});

it.each(['/broken', '/throws-text'])('answers 500 without a word when %s throws, and logs why', async (path) => {
  const answer = await call(path);

  expect(answer.status).toBe(500);
  expect(answer.text).toBe('');
  expect(said.text.join('\n')).toMatch(/\[error\] Host\.(broken|throws-text): Executed \(Failed/);
});

it.each([
  ['/guarded/function', {}, 401],
  ['/guarded/function', { 'x-functions-key': 'wrong' }, 401],
  ['/guarded/function', { 'x-functions-key': 'the-key-of-echo' }, 401],
  ['/guarded/function', { 'x-functions-key': 'the-host-key' }, 200],
  ['/guarded/function', { 'x-functions-key': 'the-master-key' }, 200],
  ['/guarded/function?code=the-host-key', {}, 200],
  ['/guarded/function?code=the-host-key', { 'x-functions-key': 'wrong' }, 401],
  ['/guarded/admin', { 'x-functions-key': 'the-host-key' }, 401],
  ['/guarded/admin', { 'x-functions-key': 'the-master-key' }, 200],
  ['/admin/host/status', {}, 401],
  ['/admin/host/status', { 'x-functions-key': 'the-host-key' }, 401],
  ['/admin/host/status', { 'x-functions-key': 'the-master-key' }, 200],
])('asks for a key: %s with %j is %i', async (path, headers, status) => {
  expect((await call(path, { headers })).status).toBe(status);
});

it('gives a request with a broken escape to the function as it stands', async () => {
  expect((await call('/items/%zz')).json).toMatchObject({ by: 'item', params: { id: '%zz' } });
});
