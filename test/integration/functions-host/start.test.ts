/** `npm start`: what it says, and that nothing of it stays behind. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild } from '../../../infra/local/child-process.ts';
import { findFreePort } from '../../../infra/local/ports.ts';

const root = join(__dirname, '../../..');
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function start(...more: string[]) {
  const dir = await mkdtemp(join(tmpdir(), 'tidings-start-'));
  const names = ['--port', '--microsoft365-port', '--key-vault-port', '--blob-port', '--queue-port', '--table-port'];
  const ports = await Promise.all(names.map(() => findFreePort()));
  const flags = names.flatMap((name, index) => [name, `${ports[index]}`]);
  const lines: string[] = [];
  let ready = () => {};
  const isReady = new Promise<void>((resolve) => {
    ready = resolve;
  });
  const child = startChild({
    args: ['--import', 'tsx', join(root, 'infra/local/start.ts'), '--dir', dir, ...flags, ...more],
    cwd: root,
    onLine(line) {
      lines.push(line);
      if (line.startsWith('ready in')) ready();
    },
  });
  cleanups.push(() => child.kill().then(() => rm(dir, { recursive: true, force: true })));
  await Promise.race([isReady, child.ended]);
  return { child, lines, urls: ports.map((port) => `http://127.0.0.1:${port}`), dir };
}

/** True as soon as something answers, false as soon as nothing listens any more. */
async function listens(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    (error: Error) => !/ECONNREFUSED/.test(String(Object(error.cause).code)),
  );
}

it('ends its output with how long it took and where to go, and stops when told', async () => {
  const { child, lines, urls } = await start('--quiet');
  const up = await Promise.all(urls.map(listens));

  await child.stop();

  expect(lines.at(-1)).toMatch(/^ready in \d+ ms: open http:\/\/localhost:\d+$/);
  expect(up).toEqual(urls.map(() => true));
  expect(await child.ended).toBe(0);
  expect(await Promise.all(urls.map(listens))).toEqual(urls.map(() => false));
});

it('leaves nothing running when it is killed', async () => {
  const { child, urls } = await start('--instances', '2');

  await child.kill();
  for (const url of urls) while (await listens(url));

  expect(await Promise.all(urls.map(listens))).toEqual(urls.map(() => false));
});

it('says which flag is wrong', async () => {
  const { child, lines } = await start('--instances', 'many');

  expect(await child.ended).toBe(1);
  expect(lines.join('\n')).toContain('--instances takes a number from 1 to 16, not "many"');
});
