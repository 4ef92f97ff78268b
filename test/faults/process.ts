/** One process of the system: the product's own handlers over a wire that may fail, with a clock of its own. */
import type { Answer } from '../../shared/delivery/outcome.ts';
import type { Config } from '../../shared/platform/config.ts';
import { toQueueText } from '../../shared/platform/queue-text.ts';
import { createSecretsVault } from '../../shared/platform/secrets-vault.ts';
import { createStorage } from '../../shared/platform/storage-client.ts';
import type { DigestsQueue } from '../../shared/schedules/digests-queue.ts';
import type { ManualClock } from '../world/manual-clock.ts';
import { testStorage } from '../world/storage.ts';
import { compose, type PutBackOn } from './compose.ts';
import type { Host } from './host.ts';
import type { Wire } from './wire.ts';

/** What a process finds around it. */
export interface Surroundings {
  readonly prefix: string;
  /** Part of the keys of its pages. */
  readonly processId: string;
  readonly clock: ManualClock;
  readonly host: Host;
  readonly vault: { readonly url: string; readonly ca: string } | undefined;
  /** The webhook's side of a POST. */
  readonly take: (url: string, body: string) => Promise<Answer>;
  /** The ids of what the product was told. */
  readonly told: string[];
}

/** One process. */
export type Process = Awaited<ReturnType<typeof startProcess>>;

const TIMES = { leaseMs: 180_000, postMs: 30_000, marginMs: 60_000, takeoverMs: 30_000 };
const RETRIES = { maxRetries: 4, retryDelayInMs: 1, maxRetryDelayInMs: 2 };

/** Starts a process whose clocks are ahead of the true time by `skewMs`. */
export async function startProcess(around: Surroundings, wire: Wire, skewMs: number) {
  const { clock: truth, host, take, processId } = around;
  const jobs: DigestsQueue = {
    put(job, hiddenForMs) {
      const put = () => host.put('digests', toQueueText(job), hiddenForMs);
      return wire.call('PUT digests', put, put); // the SDK puts again what it does not know to be put
    },
  };
  const putBackOn =
    (name: 'events' | 'digests'): PutBackOn =>
    (text, { visibilityTimeout = 0 } = {}) => {
      const put = async () => {
        await host.put(name, text, visibilityTimeout * 1000);
        return {} as never; // nobody looks at the answer
      };
      return wire.call(`PUT ${name}`, put, put);
    };
  const process = compose({
    storage: await createStorage({ AzureWebJobsStorage: testStorage() } as Config, {
      prefix: around.prefix,
      tableOptions: { httpClient: wire.client, retryOptions: RETRIES },
    }),
    jobs,
    connectorEvents: {
      put({ id }) {
        const put = async () => void around.told.push(id);
        return wire.call('PUT connector-events', put, put);
      },
    },
    putBackOn,
    vault: await vaultOver(wire, around.vault),
    postCard: ({ url }, body) =>
      wire.call(
        body.startsWith('{"aside"') ? 'POST aside' : 'POST webhook',
        () => take(url, body),
        async () => ({ is: 'lost', reason: 'The connection ended before an answer came.' }),
      ),
    clock: { ...truth, now: () => truth.now() + skewMs, realNow: () => truth.realNow() + skewMs },
    times: TIMES,
    processId,
  });
  return { ...process, wire };
}

async function vaultOver(wire: Wire, vault: Surroundings['vault']) {
  const none = { read: async () => undefined, write: async () => {}, remove: async () => {} };
  if (vault === undefined) return none;
  return createSecretsVault({ ...vault, options: { httpClient: wire.client, retryOptions: RETRIES } });
}
