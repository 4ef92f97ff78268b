/** A system for the doctor: Azurite and the embedded vault in the place of Azure's, and an app; everything in it can be broken and mended. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { Command } from 'commander';
import { ensureKeys } from '../../../../infra/azure/ensure-keys.ts';
import { projectDir } from '../../../../infra/build-app.ts';
import { startKeyVault } from '../../../../infra/local/key-vault/server.ts';
import type { Terminal } from '../../../../infra/ops/create-ops.ts';
import { addDoctor } from '../../../../infra/ops/doctor/doctor-command.ts';
import { readCatalogue } from '../../../../shared/events/catalogue-client.ts';
import { createSecretsVault } from '../../../../shared/platform/secrets-vault.ts';
import { createStorage } from '../../../../shared/platform/storage-client.ts';
import { freshStorage } from '../../../world/storage.ts';
import { makeQueues } from '../ops-world.ts';
import { aQueueProxy, azureClient } from './azure-client.ts';
import { ACCOUNTS, AZURE, BY_KEY, type Condition, FUNCTION_KEY, LOCAL, VAULTS } from './condition.ts';
import { KNOWN, toolsOn, vaultClient } from './tools.ts';
import { aShell } from './typed-commands.ts';

const quick = { retryOptions: { maxRetries: 0, maxTries: 1 } };

/** Makes one, all well. */
export async function aPatient() {
  const dir = await mkdtemp(join(tmpdir(), 'tidings-doctor-'));
  await mkdir(join(dir, 'dist'));
  const catalogue = join(dir, 'dist/catalogue.json');
  await copyFile(join(projectDir, 'infra/local/catalogue.json'), catalogue);
  await copyFile(join(projectDir, 'host.json'), join(dir, 'host.json'));
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: dir });
  git('init', '-q');
  git('add', 'host.json');
  git('commit', '-qm', 'host.json');

  const fresh = (): Condition => ({
    tables: 'all',
    queues: 'all',
    given: AZURE,
    appSettings: undefined,
    takesKeys: true,
    isUp: true,
    app: 'well',
    clockAheadMs: 0,
    signedIn: true,
  });
  const is = fresh();
  let [storageIsThere, vaultIsThere, byKey] = [true, true, false]; // at the addresses that the settings name
  const storageAccess = (kind: 'tables' | 'queues') => () => {
    if (!storageIsThere || !is.isUp) return 'silent';
    if (byKey && !is.takesKeys) return 'no keys';
    return is.signedIn ? is[kind] : 'nobody';
  };
  const vaultAccess = () => {
    if (!vaultIsThere || !is.isUp) return 'silent';
    return is.signedIn ? 'all' : 'nobody';
  };
  const queues = await aQueueProxy(storageAccess('queues'));
  const prefix = `d${randomBytes(6).toString('hex')}`;
  await freshStorage({ prefix });
  const storage = await createStorage(
    { KEY_VAULT_URL: AZURE.KEY_VAULT_URL, AzureWebJobsStorage: queues.connectionString },
    { prefix, tableOptions: { httpClient: azureClient(storageAccess('tables')), ...quick }, queueOptions: quick },
  );
  await makeQueues(storage);
  let vaultTime = Date.now() - 3_600_000;
  const keyVault = await startKeyVault({ now: () => vaultTime });
  const options = { httpClient: azureClient(vaultAccess), ...quick };
  const vault = await createSecretsVault({ url: keyVault.url, ca: keyVault.ca, options });
  await ensureKeys(vault);

  const tools = toolsOn({ is, storage, vault, keyVault, catalogue });
  const shell = await aShell(dir, { tools, known: KNOWN });

  /** What answers at the addresses of storage and the app. */
  const request: typeof fetch = async (url, init) => {
    const date = new Date(Date.now()).toUTCString();
    const { origin } = new URL(String(url));
    if (origin !== AZURE.PUBLIC_URL && origin !== LOCAL.PUBLIC_URL) return new Response(null, { headers: { date } });
    const key = new Headers(init?.headers).get('x-functions-key');
    const failing = (checks: object) => Response.json({ code: 'health-failing', checks }, { status: 503 });
    if (is.app === 'down') throw new TypeError('fetch failed');
    if (is.app === 'another') return new Response(null, { status: 404 });
    if (is.app === 'stuck') return new Response(null, { status: 503 });
    if (key !== FUNCTION_KEY) return new Response(null, { status: 401 });
    if (is.app === 'lacks a role')
      return failing({ vault: { ok: false, ms: 1, fault: 'could not read versions of signing-key: 403 Forbidden' } });
    if (is.app === 'cannot reach storage')
      return failing({ tables: { ok: false, ms: 3_000, fault: 'no answer within 3 s' } });
    return Response.json({ status: 'ok', at: new Date().toISOString(), checks: {} });
  };

  return {
    is,
    dir,
    storage,
    vault,
    catalogue,
    /** Secrets made from now on are this old. */
    ageSecrets: (ms: number) => {
      vaultTime = Date.now() - ms;
    },
    keyVault,

    /** Takes a secret away for good. */
    async forget(name: string): Promise<void> {
      const client = vaultClient(keyVault);
      await (await client.beginDeleteSecret(name, { intervalInMs: 10 })).pollUntilDone();
      await client.purgeDeletedSecret(name);
    },

    /** Changes host.json as it stands. */
    async editHostJson(change: (hostJson: Record<string, never>) => void): Promise<void> {
      const hostJson = JSON.parse(await readFile(join(dir, 'host.json'), 'utf8'));
      change(hostJson);
      await writeFile(join(dir, 'host.json'), JSON.stringify(hostJson));
    },

    /** Runs the command; `findings` are read from its lines. */
    async doctor(...more: readonly string[]) {
      const run = async () => {
        let [out, exitCode] = ['', -1];
        const list = Object.entries(is.appSettings ?? {}).map(([name, value]) => ({ name, slotSetting: false, value }));
        const terminal: Terminal = {
          out: (said) => {
            out += said;
          },
          err: () => {},
          stdin: Readable.from([JSON.stringify(list)]),
        };
        const program = new Command().exitOverride();
        const ended = (code: number) => {
          exitCode = code;
        };
        addDoctor(
          { program, terminal, ended, open: () => Promise.reject(new Error('not opened so')) },
          {
            environment: is.appSettings === undefined ? is.given : { TIDINGS_KEY: is.given['TIDINGS_KEY'] },
            open: async (config) => {
              const account = config.AzureWebJobsStorage__accountName ?? config.AzureWebJobsStorage ?? '';
              byKey = account === BY_KEY;
              storageIsThere = ACCOUNTS.includes(account);
              vaultIsThere = VAULTS.includes(config.KEY_VAULT_URL.replace(/\/+$/, ''));
              return { storage, vault };
            },
            hostJson: () => readFile(join(dir, 'host.json'), 'utf8'),
            readCatalogue: (source) => readCatalogue(resolve(dir, source)),
            request,
            now: () => Date.now() + is.clockAheadMs,
          },
        );
        await program.parseAsync(['doctor', ...(is.appSettings === undefined ? [] : ['--settings', '-']), ...more], {
          from: 'user',
        });
        return { out, exitCode };
      };
      const { out, exitCode } = await run();
      const findings = out.split('\n').flatMap((line) => {
        const [, check, is, says] = /^(\S+(?: \S+)*) {2,}(well|ILL|–) +(.*)$/.exec(line) ?? [];
        return check === undefined ? [] : [{ check, is, says }];
      });
      return { out, exitCode, findings, ills: findings.filter((one) => one.is === 'ILL') };
    },

    /** Types what the output says to type: the lines that are indented by four. */
    async follow(out: string): Promise<void> {
      const lines = out.split('\n').flatMap((line) => (/^ {4}\S/.test(line) ? [line.slice(4)] : []));
      is.given = await shell.run(lines, is.given);
    },

    reset: () => Object.assign(is, fresh()),

    async stop() {
      await Promise.all([shell.stop(), keyVault.stop(), queues.stop()]);
      await rm(dir, { recursive: true, force: true });
    },
  };
}
