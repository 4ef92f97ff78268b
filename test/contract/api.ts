/**
 * `npm run test:api-contract [-- --runs N]`: Schemathesis, a fuzzer by others, calls the API of the deployed bundle as its own
 * OpenAPI document says, with an owner's session and a function key. Needs `schemathesis` in the path, or its address in
 * SCHEMATHESIS (`pip install schemathesis`); without it says so and ends with 2.
 */
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SignJWT } from 'jose';
import { type EmbeddedAzure, startEmbeddedAzure } from '../../infra/local/embedded-azure.ts';
import { createSecretsVault } from '../../shared/platform/secrets-vault.ts';

const PRODUCT = 'https://product.example';
const schemathesis = process.env['SCHEMATHESIS'] || 'schemathesis';
const { values } = parseArgs({ options: { runs: { type: 'string' }, seed: { type: 'string' } } });

const found = spawnSync(schemathesis, ['--version'], { encoding: 'utf8' });
if (found.error !== undefined || found.status !== 0) {
  console.error(
    'Not run: there is no `schemathesis` in the path. `pip install schemathesis`, or name it in SCHEMATHESIS.',
  );
  process.exit(2);
}

const dir = await mkdtemp(join(tmpdir(), 'tidings-contract-'));
const azure = await startEmbeddedAzure({ dir, inMemory: true, env: { SETUP_TOKEN_ISSUER: PRODUCT } });
try {
  const { url, keys } = azure.functions;
  const token = await signIn(azure);
  const id = await createSubscription(azure, token);
  const config = join(dir, 'schemathesis.toml');
  await writeFile(config, settingsFor(id));
  const common = [
    ...['--config-file', config, 'run', `${url}/api/openapi.json`],
    ...['--header', `Authorization: Bearer ${token}`, '--header', `x-functions-key: ${keys.host}`],
    // A method that is not declared is answered by the platform before it reaches the app.
    ...['--checks', 'all', '--exclude-checks', 'unsupported_method'],
    ...['--max-examples', values.runs ?? '25', '--seed', values.seed ?? '20261123'],
    ...['--workers', '1', '--suppress-health-check', 'all'],
  ];
  // The channel is needed until everything else was called.
  const called = await run([...common, '--exclude-operation-id', 'removeSubscription']);
  const removed = await run([...common, '--include-operation-id', 'removeSubscription']);
  process.exitCode = called || removed;
} finally {
  await azure.stop();
  await rm(dir, { recursive: true, force: true });
}

/** What Schemathesis cannot know. */
function settingsFor(id: string): string {
  return [
    '[parameters]',
    `"path.id" = "${id}"`,
    '[checks.positive_data_acceptance]',
    // Webhooks must be Microsoft's, zones and languages must exist, all choices together must fit: no schema says that, and the 400 does.
    'expected-statuses = ["2xx", 400, 401, 403, 404, 409, 412, 429, 503]',
    '[checks.missing_required_header]',
    'expected-statuses = [400, 401, 428]', // 428: RFC 6585, "Precondition Required"
    '',
  ].join('\n');
}

/** As an owner who comes from the product. */
async function signIn({ functions: { url }, keyVault }: EmbeddedAzure): Promise<string> {
  const vault = await createSecretsVault({ url: keyVault.url, ca: keyVault.ca });
  const setupToken = await new SignJWT({ account: 'acme' })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(PRODUCT)
    .setAudience(url)
    .setSubject('ada')
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(new TextEncoder().encode((await vault.read('setup-key')) ?? ''));
  const { token } = (await post(`${url}/session`, { setupToken }, {})) as { token: string };
  return token;
}

async function createSubscription({ functions: { url }, microsoft365 }: EmbeddedAzure, token: string): Promise<string> {
  const { url: webhook } = microsoft365.api.createWebhook({ kind: 'connector', name: 'Contract' });
  const body = { target: { name: 'Contract' }, webhook };
  const { id } = (await post(`${url}/api/subscriptions`, body, { authorization: `Bearer ${token}` })) as { id: string };
  return id;
}

async function post(url: string, body: object, headers: Readonly<Record<string, string>>): Promise<unknown> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

function run(args: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    spawn(schemathesis, args, { stdio: 'inherit', cwd: dir }).once('close', (code) => resolve(code ?? 1));
  });
}
