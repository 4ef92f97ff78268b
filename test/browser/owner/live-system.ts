/** The whole system with a browser in front of it, for journeys: started once, everyone in a profile and a channel of their own. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import type { Browser, Page } from 'playwright-core';
import { type EmbeddedAzure, startEmbeddedAzure } from '../../../infra/local/embedded-azure.ts';
import { createSecretsVault } from '../../../shared/platform/secrets-vault.ts';
import { CANARY } from '../../canary/marks.ts';
import { aPage, startBrowser } from '../browser.ts';
import { PATIENCE_MS } from './canned-app.ts';

const ISSUER = 'https://forge.example';
/** The running system. */
export interface LiveSystem {
  readonly azure: EmbeddedAzure;
  readonly url: string;
  /** Everything that the app wrote. */
  readonly lines: string[];
  /** A page in a fresh profile. */
  page(options?: Parameters<typeof aPage>[1]): Promise<Page>;
  /** A setup token of the product, as its own pages would make it. */
  setupToken(claims?: object): Promise<string>;
  /** A webhook of a new channel, to be pasted. */
  webhook(
    kind?: 'connector' | 'workflow',
    name?: string,
  ): { readonly id: string; readonly url: string; readonly place: string };
  stop(): Promise<void>;
}

/** Starts it. `env` goes over the local settings. */
export async function startLiveSystem(env: Readonly<Record<string, string>> = {}): Promise<LiveSystem> {
  const dir = await mkdtemp(join(tmpdir(), 'tidings-owner-'));
  const lines: string[] = [];
  const [browser, azure]: [Browser, EmbeddedAzure] = await Promise.all([
    startBrowser(),
    startEmbeddedAzure({
      dir,
      inMemory: true,
      env: { SETUP_TOKEN_ISSUER: ISSUER, ...env },
      onLine: (line) => void lines.push(line),
    }),
  ]);
  const vault = await createSecretsVault({ url: azure.keyVault.url, ca: azure.keyVault.ca });
  const setupKey = new TextEncoder().encode((await vault.read('setup-key')) ?? '');
  return {
    azure,
    url: azure.functions.url,
    lines,
    async page(options = {}) {
      const page = await aPage(browser, { locale: 'en-GB', timezoneId: 'Europe/Berlin', ...options });
      page.context().setDefaultTimeout(PATIENCE_MS);
      return page;
    },
    setupToken: (claims = {}) =>
      new SignJWT({ account: 'acme', canary: CANARY, ...claims })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(ISSUER)
        .setAudience(azure.functions.url)
        .setSubject('sub' in claims ? String(claims.sub) : 'ada@acme.example')
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime('5m')
        .sign(setupKey),
    webhook: (kind = 'workflow', name = `Channel ${randomUUID().slice(0, 8)}`) =>
      azure.microsoft365.api.createWebhook({ kind, name }),
    async stop() {
      await browser.close();
      await azure.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
