import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpRequest, InvocationContext } from '@azure/functions';
import { createStaticFileHandler } from '../../../functions/static-file.ts';

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tidings-static-'));
  await mkdir(join(dir, 'public', 'brand'), { recursive: true });
  await writeFile(join(dir, 'public', 'brand', 'logo.png'), 'png');
  await writeFile(join(dir, 'public', 'page.Ab12Cd34.js'), 'js');
  await writeFile(join(dir, 'public', 'notes.txt'), 'notes');
  await writeFile(join(dir, 'secret.png'), 'secret');
});
afterAll(() => rm(dir, { recursive: true, force: true }));

async function get(path: string) {
  const handler = createStaticFileHandler(join(dir, 'public'));
  const request = new HttpRequest({ method: 'GET', url: 'https://tidings.example/static/x', params: { path } });
  const answer = await handler(request, new InvocationContext({ logHandler: () => {} }));
  return {
    status: answer?.status,
    body: String(answer?.body),
    headers: new Headers(answer?.headers as Record<string, string>),
  };
}

describe('a static file', () => {
  it('is served with its type, for an hour', async () => {
    const { status, body, headers } = await get('brand/logo.png');

    expect([status, body, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      200,
      'png',
      'image/png',
      'public, max-age=3600',
    ]);
  });

  it('is kept for a year where its name says what it holds', async () => {
    expect((await get('page.Ab12Cd34.js')).headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  it.each([
    '../secret.png',
    'brand/../../secret.png',
    '..\\secret.png',
    '%2e%2e/secret.png',
    'brand',
    'notes.txt',
    'nothing.png',
    '',
  ])('is not there at %j', async (path) => {
    expect((await get(path)).status).toBe(404);
  });
});
