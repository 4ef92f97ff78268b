/** The embedded Key Vault: the contract, and what only it can do (faults, files, the challenge). */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SecretClient } from '@azure/keyvault-secrets';
import { type KeyVault, type KeyVaultOptions, startKeyVault } from '../../../infra/local/key-vault/server.ts';
import { describeVaultContract, refused } from './vault-contract.ts';

const running: KeyVault[] = [];

async function aVault(options?: KeyVaultOptions): Promise<KeyVault> {
  const vault = await startKeyVault(options);
  running.push(vault);
  return vault;
}

function aClient(vault: KeyVault, maxRetries = 0): SecretClient {
  const credential = { getToken: async () => ({ token: 'local', expiresOnTimestamp: Date.now() + 3_600_000 }) };
  return new SecretClient(vault.url, credential, {
    disableChallengeResourceVerification: true,
    tlsOptions: { ca: vault.ca },
    retryOptions: { maxRetries, retryDelayInMs: 1 },
  });
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((vault) => vault.stop()));
});

let shared: KeyVault;
beforeAll(async () => {
  shared = await startKeyVault();
});
afterAll(() => shared.stop());
describeVaultContract('the embedded Key Vault', async () => aClient(shared));

describe('the challenge', () => {
  it('answers a call without a token with 401 and where tokens are given out', async () => {
    const vault = await aVault();

    const answer = await call(vault, 'GET', '/secrets/any?api-version=7.6');

    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toMatch(
      /^Bearer authorization="https:\/\/127\.0\.0\.1:\d+\/[0-9-]{36}", resource="https:\/\/vault\.azure\.net"$/,
    );
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'Unauthorized' } });
  });

  it('is refused by a client that does not trust the certificate', async () => {
    const vault = await aVault();
    const credential = { getToken: async () => ({ token: 'local', expiresOnTimestamp: Date.now() + 3_600_000 }) };
    const stranger = new SecretClient(vault.url, credential, { retryOptions: { maxRetries: 0 } });

    const error = await refused(stranger.getSecret('any'));

    expect(String(error)).toMatch(/self-signed|unable to verify/);
  });
});

describe('what does not parse', () => {
  const token = { authorization: 'Bearer local' };
  it.each([
    ['no api-version', 'GET', '/secrets/any', undefined, 400],
    ['a body that is not JSON', 'PUT', '/secrets/any?api-version=7.6', '{"value":', 400],
    ['a set without value', 'PUT', '/secrets/any?api-version=7.6', '{}', 400],
    ['a set without body', 'PUT', '/secrets/any?api-version=7.6', undefined, 400],
    ['a page of 26', 'GET', '/secrets?api-version=7.6&maxresults=26', undefined, 400],
    ['a corrupt backup', 'POST', '/secrets/restore?api-version=7.6', '{"value":"bm90IGpzb24"}', 400],
    ['an unknown operation', 'POST', '/secrets/any?api-version=7.6', '{}', 404],
    ['a path that goes up', 'GET', '/secrets/../../etc?api-version=7.6', undefined, 404],
  ])('refuses %s', async (_what, method, path, body, status) => {
    const vault = shared;

    const answer = await call(vault, method, path, body, token);

    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toHaveProperty('error.code');
  });
});

describe('faults', () => {
  it('throttles as often as asked, and the client gets through by waiting as it is told', async () => {
    const vault = await aVault();
    const client = aClient(vault, 3);
    await client.setSecret('name', 'value');
    vault.faults.add({ fault: { is: 'throttled', retryAfterSeconds: 0 }, times: 2 });

    const got = await client.getSecret('name');

    expect(got.value).toBe('value');
    expect(vault.requests.filter((each) => each === 'GET /secrets/name/')).toHaveLength(3);
  });

  it('gives Key Vault’s words for a throttled call', async () => {
    const vault = await aVault();
    vault.faults.add({ fault: { is: 'throttled', retryAfterSeconds: 7 } });

    const answer = await call(vault, 'GET', '/secrets?api-version=7.6', undefined, { authorization: 'Bearer local' });

    expect(answer).toMatchObject({ status: 429, headers: { 'retry-after': '7' } });
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'Throttled' } });
  });

  it('strikes only the method and path named', async () => {
    const vault = await aVault();
    const client = aClient(vault);
    await client.setSecret('webhook-1', 'value');
    vault.faults.add({ fault: { is: 'failing', status: 500 }, method: 'GET', path: '/secrets/webhook-' });

    const struck = await refused(client.getSecret('webhook-1'));
    const other = await client.setSecret('webhook-1', 'two');

    expect(struck).toMatchObject({ statusCode: 500 });
    expect(other.value).toBe('two');
  });

  it('cuts the connection before anything is done, or after it', async () => {
    const vault = await aVault();
    const client = aClient(vault);
    await client.setSecret('down', 'one');
    await client.setSecret('lost', 'one');

    vault.faults.add({ fault: { is: 'down' }, method: 'PUT', path: '/secrets/down', times: 1 });
    vault.faults.add({ fault: { is: 'answer-lost' }, method: 'PUT', path: '/secrets/lost', times: 1 });
    const errors = [await refused(client.setSecret('down', 'two')), await refused(client.setSecret('lost', 'two'))];

    expect(errors).toEqual([
      expect.objectContaining({ code: 'ECONNRESET' }),
      expect.objectContaining({ code: 'ECONNRESET' }),
    ]);
    expect((await client.getSecret('down')).value).toBe('one');
    expect((await client.getSecret('lost')).value).toBe('two');
  });

  it('are switched by other processes over the control route', async () => {
    const vault = await aVault();
    const client = aClient(vault);
    const rule = JSON.stringify({ fault: { is: 'failing', status: 503 } });

    const on = await call(vault, 'POST', '/local/faults', rule);
    const whileOn = await refused(client.getSecret('any'));
    const off = await call(vault, 'DELETE', '/local/faults');
    const whileOff = await refused(client.getSecret('any'));

    expect([on.status, off.status]).toEqual([204, 204]);
    expect(whileOn).toMatchObject({ statusCode: 503 });
    expect(whileOff).toMatchObject({ statusCode: 404 });
  });

  it('refuses a rule it does not know', async () => {
    const vault = await aVault();

    const answer = await call(vault, 'POST', '/local/faults', '{"fault":{"is":"haunted"}}');

    expect(answer.status).toBe(400);
    expect(vault.faults.list()).toEqual([]);
  });
});

describe('what it keeps', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'tidings-vault-test-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('finds secrets, versions and its certificate again after a restart', async () => {
    const first = await aVault({ dir });
    const set = await aClient(first).setSecret('kept', 'one');
    await aClient(first).setSecret('kept', 'two');
    await first.stop();

    const second = await aVault({ dir });

    const client = aClient(second);
    expect(second.ca).toBe(first.ca);
    expect((await client.getSecret('kept')).value).toBe('two');
    expect(
      (await client.getSecret('kept', set.properties.version ? { version: set.properties.version } : {})).value,
    ).toBe('one');
  });

  it('has on disk whatever it acknowledged, also when sets run together', async () => {
    const vault = await aVault({ dir });
    const client = aClient(vault);
    await refused(client.getSecret('warm-up'));

    await Promise.all(Array.from({ length: 20 }, (_, index) => client.setSecret(`together-${index}`, `${index}`)));

    const onDisk = JSON.parse(await readFile(join(dir, 'secrets.json'), 'utf8'));
    expect(Object.keys(onDisk)).toHaveLength(20);
    expect(await readdir(dir)).toEqual(['ca.pem', 'key.pem', 'secrets.json']);
  });

  it('refuses to start on a file that is not a vault, rather than to begin anew', async () => {
    const vault = await aVault({ dir });
    await aClient(vault).setSecret('kept', 'one');
    await vault.stop();
    await writeFile(join(dir, 'secrets.json'), '{"half":');

    const error = await refused(startKeyVault({ dir }));

    expect(error).toBeInstanceOf(SyntaxError);
  });

  it('refuses a port that is taken', async () => {
    const vault = await aVault();

    const error = await refused(startKeyVault({ dir, port: Number(new URL(vault.url).port) }));

    expect(error).toMatchObject({ code: 'EADDRINUSE' });
  });
});

it('refuses to purge while purge protection is on', async () => {
  const vault = await aVault({ purgeProtection: true });
  const client = aClient(vault);
  await client.setSecret('kept', 'value');
  await (await client.beginDeleteSecret('kept')).pollUntilDone();

  const error = await refused(client.purgeDeletedSecret('kept'));

  expect(error).toMatchObject({ statusCode: 403, code: 'Forbidden' });
});

interface Answer {
  status: number | undefined;
  headers: Record<string, unknown>;
  body: string;
}

function call(vault: KeyVault, method: string, path: string, body?: string, headers: Record<string, string> = {}) {
  return new Promise<Answer>((resolve, reject) => {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const sent = request(
      `${vault.url}${path}`,
      { method, ca: vault.ca, headers: { ...json, ...headers } },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: text }));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
