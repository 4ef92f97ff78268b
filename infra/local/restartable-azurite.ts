/** Azurite that can be stopped and started again at the same address, as an outage of storage. */
import { type Azurite, type AzuriteOptions, type AzuritePorts, startAzurite } from './azurite.ts';

/** Storage that may be away for a while. */
export interface RestartableAzurite {
  readonly connectionString: string;
  readonly ports: AzuritePorts;
  /** Stops it with SIGTERM; harmless when it is stopped. */
  stop(): Promise<void>;
  /** Starts it again on the same ports and data; harmless when it runs. */
  start(): Promise<void>;
}

/** Starts Azurite. */
export async function startRestartableAzurite(options: AzuriteOptions): Promise<RestartableAzurite> {
  let azurite: Azurite | undefined = await startAzurite(options);
  const { connectionString, ports } = azurite;
  return {
    connectionString,
    ports,
    async stop() {
      await azurite?.stop();
      azurite = undefined;
    },
    async start() {
      azurite ??= await startAzurite({ ...options, ports });
    },
  };
}
