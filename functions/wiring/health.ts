/** Puts together the looks at what the app relies on: the same clients and keys that its work goes through. */
import type { HttpHandler } from '@azure/functions';
import { readCatalogue } from '../../shared/events/catalogue-client.ts';
import { createHealth, failing, type Health, LIMIT_MS, type Look } from '../../shared/platform/health.ts';
import { type Probed, probeQueue, probeTable } from '../../shared/platform/probe-storage.ts';
import { SecretsVaultError } from '../../shared/platform/secrets-vault.ts';
import { POISON_QUEUES, QUEUES, TABLES } from '../../shared/platform/storage-client.ts';
import { createHealthHandler } from '../health.ts';
import * as parts from './parts.ts';

const lookAtTables: Look = async (signal) => {
  const storage = await parts.storage();
  return faultsOf(TABLES, (name) => probeTable(storage.table(name), signal));
};

const lookAtQueues: Look = async (signal) => {
  const storage = await parts.storage();
  return faultsOf([...QUEUES, ...POISON_QUEUES], (name) => probeQueue(storage.queue(name), signal));
};

/** Reads the keys as the app does, and so brings a new version into use as well. */
const lookAtVault: Look = async () => {
  try {
    await (await parts.keys()).refresh();
    return undefined;
  } catch (error) {
    if (!(error instanceof SecretsVaultError)) throw error;
    return `could not ${error.operation}: ${error.vaultStatus ?? 'no answer'} ${error.vaultCode ?? ''}`.trimEnd();
  }
};

/** Read anew, although this process may have it: the next process needs it to start. */
const lookAtCatalogue: Look = async () => {
  await readCatalogue((await parts.config()).CATALOGUE, { timeoutMs: LIMIT_MS });
  return undefined;
};

/** The health of this process, looked at by all that ask. */
export const health = parts.once(async () => {
  const look = createHealth({
    looks: { tables: lookAtTables, queues: lookAtQueues, vault: lookAtVault, catalogue: lookAtCatalogue },
    clock: await parts.clock(),
    within: (ms) => AbortSignal.timeout(ms),
  });
  const telemetry = await parts.telemetry();
  return async (): Promise<Health> => {
    const found = await look();
    const ill = failing(found).sort().join(' ');
    telemetry.count('tidings.health', 1, found.status === 'ok' ? { state: 'ok' } : { state: 'failing', failing: ill });
    return found;
  };
});

/** `GET /api/health`. */
export async function healthHandler(): Promise<HttpHandler> {
  return createHealthHandler(await health());
}

async function faultsOf<N extends string>(
  names: readonly N[],
  look: (name: N) => Promise<Probed>,
): Promise<string | undefined> {
  const probed = await Promise.all(names.map(async (name) => [name, await look(name)] as const));
  const faults = probed.flatMap(([name, found]) => (found.is === 'there' ? [] : [`${name}: ${wordsFor(found)}`]));
  return faults.length === 0 ? undefined : faults.join('; ');
}

function wordsFor(found: Exclude<Probed, { is: 'there' }>): string {
  switch (found.is) {
    case 'missing':
      return 'is not there';
    case 'refused':
      return `HTTP ${found.status} ${found.code}`;
    case 'silent':
      return found.reason;
  }
}
