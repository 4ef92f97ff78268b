/** The host as one bundle, so that an instance starts quickly and needs no TypeScript loader. Kept until its sources change. */
import { createHash } from 'node:crypto';
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleFunctions } from '../../bundle.ts';

const sources = fileURLToPath(new URL('.', import.meta.url));
const cache = fileURLToPath(new URL('../../../node_modules/.cache/tidings', import.meta.url));
/** What of other folders is in the bundle or makes it. */
const ELSEWHERE = ['../../bundle.ts', '../../../shared/platform/clock.ts', '../../../shared/platform/clock-file.ts'];
let built: Promise<string> | undefined;

/** The path of the instance's entry file; built when it is not there. */
export function hostBundle(): Promise<string> {
  built ??= build();
  return built;
}

async function build(): Promise<string> {
  const dir = join(cache, `functions-host-${await hashOfSources()}`);
  const entry = join(dir, 'index.mjs');
  if (await exists(entry)) return entry;
  // Built aside and moved into place: other processes may be doing the same.
  await mkdir(cache, { recursive: true });
  const aside = await mkdtemp(join(cache, 'building-'));
  await bundleFunctions({ entry: join(sources, 'instance.ts'), outdir: aside });
  await rename(aside, dir).catch(() => rm(aside, { recursive: true, force: true })); // another was first
  return entry;
}

async function hashOfSources(): Promise<string> {
  const own = (await readdir(sources)).filter((file) => file.endsWith('.ts')).sort();
  const hash = createHash('sha256');
  for (const name of [...own, ...ELSEWHERE]) hash.update(name).update(await readFile(join(sources, name)));
  return hash.digest('hex').slice(0, 16);
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
