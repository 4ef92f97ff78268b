/**
 * `npm run test:keyvault`: the embedded Key Vault and Lowkey Vault pass one suite. Needs Java 17 and Lowkey Vault's jar: that
 * of LOWKEY_VAULT_JAR, else it is fetched once, in LOWKEY_VAULT_VERSION, from MAVEN_REPOSITORY (Maven Central unless set).
 * Without them it says so and ends with 2.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../..', import.meta.url));
const VERSION = process.env['LOWKEY_VAULT_VERSION'] || '7.1.13';
const MAVEN_CENTRAL = 'https://repo1.maven.org/maven2';
const LEAST_JAVA = 17;

function missing(what: string): never {
  console.error(`Not run: ${what}`);
  process.exit(2);
}

function requireJava(): void {
  const { stderr, error } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  const major = Number(/version "(\d+)/.exec(stderr ?? '')?.[1]);
  if (error !== undefined) missing('there is no `java` in the path.');
  if (!(major >= LEAST_JAVA))
    missing(`Lowkey Vault needs Java ${LEAST_JAVA} or newer; \`java -version\` says ${major}.`);
}

async function findJar(): Promise<string> {
  const given = process.env['LOWKEY_VAULT_JAR'];
  if (given !== undefined && given !== '') {
    if (!existsSync(given)) missing(`LOWKEY_VAULT_JAR names ${given}, which is not there.`);
    return given;
  }
  const name = `lowkey-vault-app-${VERSION}.jar`;
  const kept = join(project, 'node_modules/.cache/tidings', name);
  if (existsSync(kept)) return kept;
  const repository = (process.env['MAVEN_REPOSITORY'] || MAVEN_CENTRAL).replace(/\/+$/, '');
  const url = `${repository}/com/github/nagyesta/lowkey-vault/lowkey-vault-app/${VERSION}/${name}`;
  const bytes = await download(url);
  const [published] = (await download(`${url}.sha1`)).toString('ascii').trim().split(/\s/);
  const sum = createHash('sha1').update(bytes).digest('hex');
  if (sum !== published)
    missing(`what ${repository} gave for ${name} has the SHA-1 ${sum}, and should have ${published}.`);
  await mkdir(dirname(kept), { recursive: true });
  await writeFile(`${kept}.part`, bytes);
  await rename(`${kept}.part`, kept);
  return kept;
}

async function download(url: string): Promise<Buffer> {
  try {
    const answer = await fetch(url);
    if (!answer.ok) missing(`${url} answered ${answer.status}. Set LOWKEY_VAULT_JAR or MAVEN_REPOSITORY.`);
    return Buffer.from(await answer.arrayBuffer());
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return missing(`${url} could not be reached (${why}). Set LOWKEY_VAULT_JAR or MAVEN_REPOSITORY.`);
  }
}

requireJava();
const jar = await findJar();
const jest = join(project, 'node_modules/jest/bin/jest.js');
const { status } = spawnSync(
  process.execPath,
  [jest, '-c', join(project, 'test/contract/jest.config.js'), '--verbose'],
  {
    stdio: 'inherit',
    cwd: project,
    env: { ...process.env, LOWKEY_VAULT_JAR: jar },
  },
);
process.exitCode = status ?? 1;
