import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCatalogue } from '../../../shared/events/catalogue-client.ts';

const SHIPPED = 'infra/local/catalogue.json';

let folder: string;
let server: Server | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'catalogue-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
  const stopping = server;
  server = undefined;
  stopping?.closeAllConnections();
  await new Promise((resolve) => (stopping === undefined ? resolve(undefined) : stopping.close(resolve)));
});

async function serve(answer: RequestListener): Promise<string> {
  const started = createServer(answer);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}/catalogue.json`;
}

async function aFile(content: string | Uint8Array): Promise<string> {
  const path = join(folder, 'catalogue.json');
  await writeFile(path, content);
  return path;
}

/** Answers without an end, as fast as it is read. */
function pour(response: ServerResponse): void {
  const write = (): void => {
    let isTaken = true;
    while (isTaken && !response.destroyed) isTaken = response.write(' '.repeat(65_536));
  };
  response.on('drain', write);
  write();
}

it('reads the catalogue that ships, from its path', async () => {
  const catalogue = await readCatalogue(SHIPPED);

  expect(catalogue.topics.length).toBeGreaterThan(50);
});

it('reads a catalogue from an address', async () => {
  const text = await readFile(SHIPPED, 'utf8');
  const url = await serve((_request, response) => response.end(text));

  const catalogue = await readCatalogue(url);

  expect(catalogue).toEqual(await readCatalogue(SHIPPED));
});

it.each<[string, RequestListener, string]>([
  ['an answer other than 200', (_request, response) => response.writeHead(503).end('x'), 'the answer was HTTP 503'],
  ['a redirect', (_request, response) => response.writeHead(302, { location: '/' }).end(), 'the connection failed'],
  ['a connection that breaks', (request) => request.socket.destroy(), 'the connection failed'],
  ['no answer in time', () => {}, 'no answer within 0.3 s'],
  ['a page instead of JSON', (_request, response) => response.end('<html>'), 'it is not JSON in UTF-8'],
])('says why it cannot be read: %s', async (_case, answer, why) => {
  const url = await serve(answer);

  const reading = readCatalogue(`${url}?key=secret`, { timeoutMs: 300 });

  await expect(reading).rejects.toThrow(`The catalogue at ${url} cannot be read: ${why}.`);
});

it('stops reading what has no end', async () => {
  const url = await serve((_request, response) => pour(response));

  const reading = readCatalogue(url);

  await expect(reading).rejects.toThrow('it is over 4 MiB');
});

it.each([
  ['http://catalogue.example/x.json', 'it must be an https address'],
  ['https://', 'it must be an https address'],
  ['no-such-file.json', 'there is no such file'],
])('refuses %s', async (source, why) => {
  const reading = readCatalogue(source);

  await expect(reading).rejects.toThrow(why);
});

it('refuses a file that is not UTF-8', async () => {
  const path = await aFile(new Uint8Array([0x22, 0xff, 0x22]));

  const reading = readCatalogue(path);

  await expect(reading).rejects.toThrow('it is not JSON in UTF-8');
});

it('names every fault of a file that parses', async () => {
  const path = await aFile('{"topics":[]}');

  const reading = readCatalogue(path);

  await expect(reading).rejects.toThrow(/product: .*\n.*topics: /);
});
