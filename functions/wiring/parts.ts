/** What triggers share, each made once when it is first needed: settings, clock, storage, keys, catalogue. */
import { randomBytes } from 'node:crypto';
import type { Config } from '../../shared/platform/config.ts';
import { createJsonLog, type Log } from '../../shared/platform/log.ts';
import { silentTelemetry, type Telemetry } from '../../shared/platform/telemetry/telemetry.ts';

/** Makes a value once, for everybody; a failure is not kept, so that the next caller tries again. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

const host = createJsonLog((line) => console.log(line));
let sink = host;

/** Entries are lines of JSON on standard output, which the host collects; where telemetry is on, they go there. */
export const log: Log = {
  info: (sentence, fields) => sink.info(sentence, fields),
  warn: (sentence, fields) => sink.warn(sentence, fields),
  error: (sentence, fields) => sink.error(sentence, fields),
};

let flush = async (): Promise<void> => {};

/** Figures and traces: off unless configured, and then nothing of it is loaded. */
export const telemetry = once(async (): Promise<Telemetry> => {
  const settings = await config();
  if (settings.APPLICATIONINSIGHTS_CONNECTION_STRING === undefined) return silentTelemetry;
  const { startTelemetry } = await import('./telemetry.ts');
  const started = await startTelemetry(settings, processId, host).catch((error: unknown) => {
    // An app that nobody watches still does its work.
    host.error('telemetry could not be started', { error: error instanceof Error ? error.name : 'unknown' });
  });
  if (started === undefined) return silentTelemetry;
  sink = started.log;
  flush = started.flush;
  return started.telemetry;
});

/** Sends what telemetry still holds. */
export async function flushTelemetry(): Promise<void> {
  await flush();
}

/** Part of the key of every page this process writes. */
export const processId = randomBytes(4).toString('hex');

/** The settings; faults are listed at start, by the `appStart` hook. */
export const config = once(
  async (): Promise<Config> => (await import('../../shared/platform/config.ts')).parseConfig(),
);

/** The clock: the machine's, or in development the one of a file. */
export const clock = once(async () => {
  const { CLOCK_FILE } = await config();
  if (CLOCK_FILE === undefined) return (await import('../../shared/platform/clock.ts')).systemClock;
  return (await import('../../shared/platform/clock-file.ts')).createFileClock(CLOCK_FILE);
});

/** Queues and tables. */
export const storage = once(async () => {
  const { createStorage } = await import('../../shared/platform/storage-client.ts');
  return createStorage(await config());
});

/** The vault and the keys in it. */
export const vault = once(async () => {
  const { createSecretsVault } = await import('../../shared/platform/secrets-vault.ts');
  return createSecretsVault({ url: (await config()).KEY_VAULT_URL });
});

/** The product's own keys, loaded before the first use and refreshed in the background. */
export const keys = once(async () => {
  const { createKeys } = await import('../../shared/platform/keys-vault.ts');
  const { SETUP_TOKEN_ALGORITHM } = await config();
  const names = [
    'signing-key',
    'sealing-key',
    ...(SETUP_TOKEN_ALGORITHM === 'HS256' ? (['setup-key'] as const) : []),
  ] as const;
  const made = createKeys({ vault: await vault(), names, log, now: Date.now });
  await made.start();
  return made;
});

/** Tokens that we sign ourselves. */
export const tokens = once(async () => {
  const { createSignedTokens } = await import('../../shared/identity/signed-token.ts');
  return createSignedTokens({ keys: (await keys()).ring('signing-key'), now: Date.now });
});

/** Signed addresses of digests. */
export const digestLinks = once(async () => {
  const { createDigestLinks } = await import('../../shared/cards/digest-links.ts');
  return createDigestLinks(await tokens(), (await config()).PUBLIC_URL);
});

/** The product's topics and brand. */
export const catalogue = once(async () => {
  const { readCatalogue } = await import('../../shared/events/catalogue-client.ts');
  return readCatalogue((await config()).CATALOGUE);
});

/** The brand as cards show it, which are far from our pages: the logo by its whole address. */
export const cardBrand = once(async () => {
  const { product } = await catalogue();
  return { ...product, logo: new URL(product.logo, (await config()).PUBLIC_URL).href };
});

/** Jobs for channels. */
export const jobs = once(async () => {
  const { createDigestsQueue } = await import('../../shared/schedules/digests-queue.ts');
  return createDigestsQueue((await storage()).queue('digests'), (await telemetry()).trace);
});

/** What the product is told. */
export const connectorEvents = once(async () => {
  const { createConnectorEventsQueue } = await import('../../shared/platform/connector-events-queue.ts');
  return createConnectorEventsQueue((await storage()).queue('connector-events'), (await telemetry()).trace);
});

/** Tokens behind buttons and links of cards. Without an application in Entra nobody could check who presses: links only. */
export const answerTokens = once(async () => {
  const { createAnswerTokens } = await import('../../shared/actions/answer-tokens.ts');
  const { PUBLIC_URL, ENTRA_CLIENT_ID } = await config();
  return createAnswerTokens({
    tokens: await tokens(),
    publicUrl: PUBLIC_URL,
    buttons: ENTRA_CLIENT_ID !== undefined,
  });
});
