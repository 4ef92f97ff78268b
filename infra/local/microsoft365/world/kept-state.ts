/** What outlives a restart, in one file: written as a whole beside the old one, then put in its place. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PrivateJwk } from '../entra/keys.ts';
import type { Connector } from '../hosts/connectors.ts';
import type { Webhook } from '../webhooks/webhook.ts';
import type { Message } from './messages.ts';
import type { Place } from './places.ts';

/** What is kept. Requests, runs and faults are not. */
export interface KeptState {
  readonly version: 1;
  readonly places: readonly Place[];
  readonly webhooks: readonly Webhook[];
  readonly connectors: readonly Connector[];
  readonly messages: readonly Message[];
  readonly entraKeys: readonly PrivateJwk[];
  readonly substrateKeys: readonly PrivateJwk[];
}

const FILE = 'microsoft365.json';

/** What an earlier run kept in that folder; undefined when there was none, or another version of this wrote it. */
export async function readKept(dir: string): Promise<KeptState | undefined> {
  const text = await readFile(join(dir, FILE), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const state: KeptState = JSON.parse(text);
    return state.version === 1 ? state : undefined;
  } catch (cause) {
    throw new Error(`${join(dir, FILE)} is not readable: delete it to begin anew.`, { cause });
  }
}

/** Keeps the state in that folder. */
export async function writeKept(dir: string, state: KeptState): Promise<void> {
  await mkdir(dir, { recursive: true });
  const file = join(dir, FILE);
  // Webhook addresses and private keys are credentials, local ones too.
  await writeFile(`${file}.new`, JSON.stringify(state), { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** Calls `write` soon after each `soon()`, never twice at once, and once more in `stop()`. */
export function createKeeper(write: () => Promise<void>, waitMs = 300) {
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();
  const flush = () => {
    timer = undefined;
    writing = writing.then(write).catch((error: unknown) => console.error('cannot keep the state', error));
    return writing;
  };
  return {
    soon(): void {
      timer ??= setTimeout(flush, waitMs).unref();
    },
    async stop(): Promise<void> {
      clearTimeout(timer);
      await flush();
    },
  };
}
