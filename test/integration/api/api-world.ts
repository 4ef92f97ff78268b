/** The API as it is deployed: the bundle in a host of its own, real tables, the vault, the local Microsoft 365; and people who call it. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { TableClient } from '@azure/data-tables';
import { QueueClient } from '@azure/storage-queue';
import { SignJWT } from 'jose';
import { type EmbeddedAzure, startEmbeddedAzure } from '../../../infra/local/embedded-azure.ts';
import type { Addresses } from '../../../infra/local/local-settings.ts';
import { createSecretsVault } from '../../../shared/platform/secrets-vault.ts';
import { TABLES } from '../../../shared/platform/storage-client.ts';
import { CANARY } from '../../canary/marks.ts';

export const PRODUCT = 'https://product.example';
/** Tenants and people of the local Microsoft 365. */
export const CONTOSO = '72f988bf-0000-4000-8000-00000000c0a1';
export const FABRIKAM = '72f988bf-0000-4000-8000-00000000fab2';

/** What a call sends. */
export interface CallOptions {
  readonly token?: string | undefined;
  readonly cookie?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Which process answers; the first unless given. */
  readonly instance?: number;
}

/** An answer, read. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever was answered
  readonly json: any;
}

/** A running system. `env`: settings besides; `instances`: processes of the app. */
export async function anApiWorld(env: (at: Addresses) => Readonly<Record<string, string>> = () => ({}), instances = 1) {
  const dir = await mkdtemp(join(tmpdir(), 'tidings-api-'));
  const logged: string[] = [];
  const answers: string[] = [];
  const azure: EmbeddedAzure = await startEmbeddedAzure({
    dir,
    inMemory: true,
    instances,
    env: (at) => ({ SETUP_TOKEN_ISSUER: PRODUCT, ...env(at) }),
    onLine: (line) => logged.push(line),
  });
  const { url, urls } = azure.functions;
  const vault = await createSecretsVault({ url: azure.keyVault.url, ca: azure.keyVault.ca });
  const setupKey = new TextEncoder().encode((await vault.read('setup-key')) ?? '');

  const events = new QueueClient(azure.connectionString, 'events');

  async function call(method: string, path: string, options: CallOptions = {}): Promise<Answered> {
    const { token, cookie, headers, body, instance = 0 } = options;
    const answer = await fetch(`${urls[instance] ?? url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(cookie === undefined ? {} : { cookie, 'x-requested-with': 'tests' }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    answers.push(text, JSON.stringify([...answer.headers]));
    return { status: answer.status, headers: answer.headers, text, json: parsed(text) };
  }

  /** A setup token of the product; `claims` go over the usual ones. */
  async function setupToken(claims: object = {}, key: Uint8Array = setupKey): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const usual = { account: 'acme', canary: CANARY, sub: 'ada', jti: randomBytes(8).toString('hex') };
    return new SignJWT({ ...usual, iss: PRODUCT, aud: url, iat: now, exp: now + 300, ...claims })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(key);
  }

  return {
    azure,
    url,
    vault,
    call,
    setupToken,
    /** Everything that was answered, and everything that was logged, so far. */
    answers: () => answers.join('\n'),
    logged: () => logged.join('\n'),

    /** Every cell of every table, as text. */
    async stored(): Promise<string> {
      const cells: string[] = [];
      for (const name of TABLES) {
        const options = { allowInsecureConnection: true };
        const table = TableClient.fromConnectionString(azure.connectionString, name, options);
        for await (const row of table.listEntities()) cells.push(JSON.stringify(row));
      }
      return cells.join('\n');
    },

    /** A Microsoft token of one of the local Microsoft 365's people: `adele`, `ben`, `elif`. */
    async entraToken(name: string, change: object = {}): Promise<string> {
      const { world, tokens } = azure.microsoft365.api;
      const user = world.users.find(({ upn }) => upn.startsWith(`${name}@`));
      if (user === undefined) throw new Error(`nobody is called ${name}`);
      return tokens.issue({ kind: 'sso', user, ...change });
    },

    /** What Microsoft's action service sends when one of these people presses a button. */
    async actionToken(name: string, target: string): Promise<string> {
      const { world, tokens } = azure.microsoft365.api;
      const user = world.users.find(({ upn }) => upn.startsWith(`${name}@`));
      if (user === undefined) throw new Error(`nobody is called ${name}`);
      return tokens.issue({ kind: 'action-v2', user, target });
    },

    /** The end of a sign-in window: a code that belongs to `verifier`. */
    async code(verifier: string, claims: object = {}): Promise<Answered> {
      const setup = await setupToken({ nonce: nonceOf(verifier), ...claims });
      return call('POST', '/session', { body: { setupToken: setup, as: 'code' } });
    },

    /** Signs somebody in at Microsoft and at the product, as a window does; `more` goes into the last request. */
    async link(name: string, claims: object, more: object = {}): Promise<Answered> {
      const verifier = aVerifier();
      const { json } = await this.code(verifier, claims);
      const entraToken = await this.entraToken(name);
      return call('POST', '/session', { body: { code: json.code, verifier, entraToken, ...more } });
    },

    /** A bearer of somebody who comes from the product. */
    async bearer(claims: object = {}): Promise<string> {
      const answer = await call('POST', '/session', {
        body: { setupToken: await setupToken(claims), as: 'bearer', timeZone: 'Europe/Berlin' },
      });
      return answer.json.token;
    },

    /** A webhook of the local Microsoft 365, in a tenant. */
    webhook: (tenant = CONTOSO, kind: 'connector' | 'workflow' = 'connector'): string =>
      azure.microsoft365.api.createWebhook({ kind, tenant }).url,

    /** Puts one event of account `acme` on the queue, as the product does. */
    async emit(event: object): Promise<void> {
      const usual = { specversion: '1.0', id: randomBytes(8).toString('hex'), source: PRODUCT, account: 'acme' };
      await events.sendMessage(JSON.stringify({ ...usual, severity: 'info', ...event }));
    },

    /** Waits until something is so, which other processes make so; fails after 20 s. */
    async until(isSo: () => Promise<boolean>): Promise<void> {
      const ends = Date.now() + 20_000;
      while (!(await isSo())) {
        if (Date.now() > ends) throw new Error('it did not come about');
        await setTimeout(50);
      }
    },

    async stop() {
      await azure.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** A running system. */
export type ApiWorld = Awaited<ReturnType<typeof anApiWorld>>;

/** A verifier as a page makes it. */
export function aVerifier(): string {
  return randomBytes(32).toString('base64url');
}

/** What goes to the product in its place. */
export function nonceOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
