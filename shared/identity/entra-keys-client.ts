/** Public keys of who signs people's tokens: fetched from a fixed address, kept, looked at again in the background. */
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { ConnectorError } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';

/** The keys could not be fetched, so no token of theirs can be checked. */
export class EntraKeysUnavailableError extends ConnectorError {
  readonly code = 'unavailable';
  readonly status = 503;

  constructor() {
    super('Who you are cannot be checked at the moment. Try again in a minute.');
  }
}

/** A set of keys. */
export interface EntraKeys {
  /**
   * For `jwtVerify`: the key that a token's header names. A key that is not known is looked for once, and not more often than
   * every 30 s, whoever asks. @throws EntraKeysUnavailableError, or jose's JWKSNoMatchingKey.
   */
  readonly find: JWTVerifyGetKey;
  /** Loads the keys and looks for new ones every hour. Never rejects; without it the first token waits for the keys. */
  start(): Promise<void>;
  stop(): void;
}

/** `url`: from our settings or our own list, never from a token. `elapsed`: milliseconds that only ever grow. */
export interface EntraKeysDeps {
  readonly url: string;
  readonly elapsed: () => number;
  readonly log: Log;
  readonly fetchKeySet?: (url: string) => Promise<JSONWebKeySet>;
}

const REFRESH_MS = 60 * 60_000;
/** How often strangers' tokens can make us ask: keys that fetch on demand are a way to make us call others. */
const ASK_AGAIN_MS = 30_000;
/** While nothing is known, people wait: asked again sooner. */
const FIRST_AGAIN_MS = 2_000;
const FETCH_MS = 5_000;
/** Entra's set is about 15 KB. */
const MAX_BYTES = 256 * 1024;

/** The keys at `url`, none of them loaded yet. What was loaded stays in force while the address cannot be reached. */
export function createEntraKeys({ url, elapsed, log, fetchKeySet = fetchJson }: EntraKeysDeps): EntraKeys {
  let known: JWTVerifyGetKey | undefined;
  let asked = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  function ask(): Promise<void> {
    asked = elapsed();
    asking ??= fetchKeySet(url)
      .then((set) => {
        known = createLocalJWKSet(set);
      })
      .catch((error) => {
        const reason = error instanceof Error ? error.name : 'unknown';
        log.warn('keys of an issuer could not be fetched', { host: new URL(url).host, reason });
      })
      .finally(() => {
        asking = undefined;
      });
    return asking;
  }

  async function askUnlessJustDone(): Promise<void> {
    const wait = known === undefined ? FIRST_AGAIN_MS : ASK_AGAIN_MS;
    if (asking !== undefined || elapsed() - asked >= wait) await ask();
  }

  async function start(): Promise<void> {
    await ask();
    if (!stopped) timer = setTimeout(start, REFRESH_MS).unref();
  }

  return {
    async find(header, token) {
      if (known === undefined) await askUnlessJustDone();
      if (known === undefined) throw new EntraKeysUnavailableError();
      try {
        return await known(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
        await askUnlessJustDone();
        return known(header, token);
      }
    },
    start,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

async function fetchJson(url: string): Promise<JSONWebKeySet> {
  const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(FETCH_MS) });
  if (!answer.ok) throw new Error('keys were not answered');
  const text = await answer.text();
  if (text.length > MAX_BYTES) throw new Error('more than any set of keys');
  return JSON.parse(text) as JSONWebKeySet; // createLocalJWKSet checks its shape
}
