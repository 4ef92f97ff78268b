/** Builds a fixture as a deployable function app in a folder of its own. */
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFunctions } from '../../../infra/bundle.ts';

const fixtures = join(__dirname, '../../fixtures/function-apps');

/** Settings of `host.json`; the queues' polling is quick unless given. */
export interface HostSettings {
  readonly routePrefix?: string;
  readonly queues?: Readonly<Record<string, unknown>>;
}

/** A built app. */
export interface FixtureApp {
  readonly dir: string;
  remove(): Promise<void>;
}

/** Builds `test/fixtures/function-apps/<name>.ts`, or copies a plain script with the same name. */
export async function buildFixtureApp(
  name: string,
  { routePrefix = '', queues = {} }: HostSettings = {},
): Promise<FixtureApp> {
  const dir = await mkdtemp(join(tmpdir(), 'tidings-app-'));
  const plain = /\.c?js$/.test(name);
  if (plain) {
    await cp(join(fixtures, name), join(dir, name));
    await symlink(join(__dirname, '../../../node_modules'), join(dir, 'node_modules'), 'junction');
  } else await bundleFunctions({ entry: join(fixtures, `${name}.ts`), outdir: join(dir, 'dist') });
  const hostJson = {
    version: '2.0',
    extensions: {
      http: { routePrefix },
      queues: { messageEncoding: 'none', maxPollingInterval: '00:00:00.2', ...queues },
    },
  };
  await writeFile(join(dir, 'host.json'), JSON.stringify(hostJson));
  await writeFile(join(dir, 'package.json'), JSON.stringify({ main: plain ? name : 'dist/index.mjs' }));
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}
