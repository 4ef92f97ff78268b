/** The whole system with a collector behind it, and an owner's inbox that is told at 09:00. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QueueClient } from '@azure/storage-queue';
import { connectAsOwner } from '../../../infra/local/demo/connect-as-owner.ts';
import { isQuiet } from '../../../infra/local/demo/judge.ts';
import { type EmbeddedAzure, startEmbeddedAzure } from '../../../infra/local/embedded-azure.ts';
import type { Collector } from '../../../infra/local/insights/collector.ts';
import { createSecretsVault } from '../../../shared/platform/secrets-vault.ts';

const ISSUER = 'https://forge.example';
const PATIENCE_MS = 60_000;
/** A Monday, two hours before the digest. */
export const MONDAY = Date.parse('2026-11-23T07:00:00Z');
export const NINE = Date.parse('2026-11-23T09:00:00Z');

/** The running system. */
export interface ObservedSystem {
  readonly azure: EmbeddedAzure;
  readonly collector: Collector;
  readonly subscriptionId: string;
  readonly setupKey: string;
  /** Puts one message on a queue and waits until somebody took it. */
  put(queue: string, message: unknown): Promise<void>;
  /** Ticks at an instant and waits until every digest is out. */
  tickAt(instant: number): Promise<void>;
  /** Connects another inbox of the same account. */
  connect(): Promise<string>;
  /** Asks after the app's health; gives the status. */
  health(): Promise<number>;
  /** Stops the app, which sends what telemetry it still holds. */
  stop(): Promise<void>;
}

/** Starts it, with one inbox connected. */
export async function startObservedSystem(): Promise<ObservedSystem> {
  const dir = await mkdtemp(join(tmpdir(), 'tidings-telemetry-'));
  const env = { SETUP_TOKEN_ISSUER: ISSUER };
  const azure = await startEmbeddedAzure({ dir, inMemory: true, telemetry: 'collected', env });
  const { collector, connectionString } = azure;
  if (collector === undefined) throw new Error('telemetry is collected here');
  await azure.setClock({ wall: MONDAY });
  const vault = await createSecretsVault({ url: azure.keyVault.url, ca: azure.keyVault.ca });
  const setupKey = (await vault.read('setup-key')) ?? '';
  const owner = { publicUrl: azure.functions.url, account: 'acme', issuer: ISSUER, setupKey, timeZone: 'UTC' };
  const connect = () => connectAsOwner({ ...owner, place: 'inbox' });
  const subscriptionId = await connect();
  await until('the welcome', async () => azure.microsoft365.api.requests.list({}).length > 0);
  return {
    azure,
    collector,
    subscriptionId,
    setupKey,
    connect,
    async health() {
      const headers = { 'x-functions-key': azure.functions.keys.host };
      return (await fetch(`${azure.functions.url}/api/health`, { headers })).status;
    },
    async put(name, message) {
      const queue = new QueueClient(connectionString, name);
      await queue.sendMessage(typeof message === 'string' ? message : JSON.stringify(message));
      await until(
        `queue ${name} to be empty`,
        async () => (await queue.getProperties()).approximateMessagesCount === 0,
      );
    },
    async tickAt(instant) {
      await azure.setClock({ wall: instant });
      await until('the clock', async () => true);
      await azure.functions.runNow('dispatch-due');
      await until('the digest', () => isQuiet(connectionString));
    },
    async stop() {
      await azure.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Looks every 200 ms until something is so: every process has looked at the clock's file by then. */
export async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const patience = performance.now() + PATIENCE_MS;
  do {
    if (performance.now() > patience) throw new Error(`gave up waiting: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  } while (!(await isSo()));
}
