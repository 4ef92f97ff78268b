/** What is deployed, on its own: copied out by `.funcignore`, with no node_modules in reach. */
import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildAppIfStale, projectDir } from '../../../infra/build-app.ts';
import { deployedFiles, readFuncignore, sizesByPart } from '../../../infra/deployed/deployed-files.ts';
import { type EmbeddedServices, startEmbeddedServices } from '../../../infra/local/embedded-services.ts';
import { startFunctionsHost } from '../../../infra/local/functions-host/start-host.ts';
import { localSettings } from '../../../infra/local/local-settings.ts';

let dir = '';
let files: ReturnType<typeof deployedFiles>;
beforeAll(async () => {
  await buildAppIfStale();
  dir = await mkdtemp(join(tmpdir(), 'tidings-deployed-'));
  files = deployedFiles(projectDir);
  for (const { path } of files) {
    await mkdir(dirname(join(dir, 'app', path)), { recursive: true });
    await cp(join(projectDir, path), join(dir, 'app', path));
  }
}, 120_000);
afterAll(() => rm(dir, { recursive: true, force: true }));

it('is dist, host.json and package.json, without source maps', () => {
  const tracked = execFileSync('git', ['ls-files'], { cwd: projectDir, encoding: 'utf8' }).trim().split('\n');
  const ignored = readFuncignore(projectDir);

  expect(
    files.filter(({ path }) => !/^(dist\/.*|host\.json|package\.json)$/.test(path) || path.endsWith('.map')),
  ).toEqual([]);
  expect(files.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['host.json', 'package.json', 'dist/functions/index.mjs', 'dist/catalogue.json']),
  );
  expect(tracked.filter((path) => !ignored.ignores(path))).toEqual(['host.json', 'package.json']);
});

it('leaves node_modules behind in the one way that azd takes with remoteBuild: false', () => {
  const ignored = readFuncignore(projectDir);

  expect(ignored.ignores('node_modules/')).toBe(false);
  expect(ignored.ignores('node_modules/zod/index.js')).toBe(true);
});

it('stays small, pages included: under 4 MB, and under 1.2 MB compressed', () => {
  const all = sizesByPart(files).at(-1);

  expect(all?.files).toBe(files.length);
  expect(all?.bytes).toBeLessThan(4_000_000);
  expect(all?.compressed).toBeLessThan(1_200_000);
});

it('asks for nothing but Node.js and what the worker hands over', async () => {
  const code = files.filter(({ path }) => path.endsWith('.mjs'));
  const texts = await Promise.all(code.map(({ path }) => readFile(join(dir, 'app', path), 'utf8')));
  const asked = texts.flatMap((text) =>
    [...text.matchAll(/\bfrom"([\w@][\w@/.:-]*)"|\b(?:import|require)\("([\w@][\w@/.:-]*)"\)/g)].map(
      ([, from, called]) => from ?? called ?? '',
    ),
  );
  const builtIn = new Set((await import('node:module')).builtinModules);
  const foreign = asked.filter((name) => !name.startsWith('node:') && !builtIn.has(name));

  expect(asked.length).toBeGreaterThan(20);
  expect(foreign.filter((name) => name !== '@azure/functions-core')).toEqual([]);
});

describe('in a worker', () => {
  let services: EmbeddedServices;
  beforeAll(async () => {
    const ports = {};
    services = await startEmbeddedServices({
      dir: join(dir, 'services'),
      publicUrl: 'http://127.0.0.1:1',
      ports,
      inMemory: true,
    });
  }, 60_000);
  afterAll(() => services.stop());

  it('starts with its own catalogue, registers every function, and answers', async () => {
    const source = await readFile(join(projectDir, 'functions', 'index.ts'), 'utf8');
    const named = [...source.matchAll(/(?:app\.(?:storageQueue|timer|http)|web)\('([\w-]+)'/g)].map(([, name]) => name);
    const { url: microsoft365Url } = services.microsoft365;
    const host = await startFunctionsHost({
      appDir: join(dir, 'app'),
      env: {
        ...localSettings({ publicUrl: 'http://127.0.0.1:1', microsoft365Url }),
        PUBLIC_URL: 'http://127.0.0.1:1',
        AzureWebJobsStorage: services.storage.connectionString,
        KEY_VAULT_URL: services.keyVault.url,
        NODE_EXTRA_CA_CERTS: services.keyVault.caPath,
        CATALOGUE: join(dir, 'app', 'dist', 'catalogue.json'),
      },
    });
    try {
      const logo = await fetch(`${host.url}/static/brand/octoforge.png`);
      await host.runNow('dispatch-due');

      expect(logo.status).toBe(200);
      expect(host.functions).toEqual(expect.arrayContaining([...named, 'events-poison', 'digests-poison']));
      expect(named.length).toBeGreaterThan(10);
    } finally {
      await host.stop();
    }
  }, 120_000);
});
