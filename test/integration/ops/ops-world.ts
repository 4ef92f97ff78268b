/** The operator's commands on a test's own storage: what they say, and what they end with. */
import { createOps, type Terminal } from '../../../infra/ops/create-ops.ts';
import type { Stores } from '../../../infra/ops/stores.ts';
import { type Clock, systemClock } from '../../../shared/platform/clock.ts';
import type { SecretsVault } from '../../../shared/platform/secrets-vault.ts';
import { POISON_QUEUES, QUEUES, type Storage } from '../../../shared/platform/storage-client.ts';

const noVault = {} as SecretsVault;

/** Stores without a vault. */
export function someStores(storage: Storage, clock: Clock = systemClock): Stores {
  return {
    storage,
    clock,
    vault: noVault,
    keys: () => Promise.reject(new Error('there are no keys here')),
    place: 'test',
    publicUrl: () => 'https://tidings.example',
    extraHosts: [],
  };
}

/** Makes the queues of a test's storage; the poison ones too. */
export async function makeQueues(storage: Storage): Promise<void> {
  await Promise.all([...QUEUES, ...POISON_QUEUES].map((name) => storage.queue(name).createIfNotExists()));
}

/** What a command said and how it ended. */
export interface Said {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** Runs commands on `stores`. `terminal` changes what they are run at: a person who answers, say. */
export function opsOn(stores: Partial<Stores>, terminal: Partial<Terminal> = {}) {
  return async function ops(...args: readonly string[]): Promise<Said> {
    const said = { out: '', err: '' };
    const at: Terminal = {
      out: (text) => {
        said.out += text;
      },
      err: (text) => {
        said.err += text;
      },
      stdin: process.stdin,
      ...terminal,
    };
    const exitCode = await createOps(
      at,
      async () => stores as Stores,
    )(args).catch((error: { exitCode?: number }) => {
      if (error.exitCode === undefined) throw error;
      return error.exitCode === 0 ? 0 : 2; // commander's own, as the process would end
    });
    return { ...said, exitCode };
  };
}
