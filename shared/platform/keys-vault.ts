/** The product's own keys: loaded from Key Vault at start, all at once, and looked at again in the background. */
import { ConnectorError } from './errors.ts';
import { currentKey, type Key, type KeyRing } from './key-ring.ts';
import type { Log } from './log.ts';
import type { SecretsVault } from './secrets-vault.ts';

/** `signing-key`: our tokens; `sealing-key`: webhooks in rows; `setup-key`: what the product signs setup tokens with (HS256). */
export type KeyName = 'signing-key' | 'sealing-key' | 'setup-key';

/** A key was asked for before it could be loaded. */
export class KeysUnavailableError extends ConnectorError {
  readonly code = 'unavailable';
  readonly status = 503;
  override readonly retryable = true;

  constructor(readonly key: KeyName) {
    super(`The connector is not ready: "${key}" could not be read from its key vault.`);
  }
}

/** The keys. Reading one never waits. */
export interface Keys {
  ring(name: KeyName): KeyRing;
  /** Reads every key again. @throws SecretsVaultError or KeysUnavailableError; what was loaded before stays in force. */
  refresh(): Promise<void>;
  /** Loads the keys, tries again in the background if that fails, and looks for new versions from then on. Never rejects. */
  start(): Promise<void>;
  stop(): void;
}

/** What loading needs. `names`: the keys this configuration uses. */
export interface KeysDeps {
  readonly vault: Pick<SecretsVault, 'readVersions'>;
  readonly names: readonly KeyName[];
  readonly log: Log;
  /** The real wall clock, in milliseconds since 1970. */
  readonly now: () => number;
}

const REFRESH_MS = 10 * 60_000;
const RETRY_MS = 5_000;
const KEY_BYTES = 32;

/** The keys in `vault`, none of them loaded yet. */
export function createKeys({ vault, names, log, now }: KeysDeps): Keys {
  const loaded = new Map<KeyName, readonly Key[]>();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function load(name: KeyName): Promise<void> {
    const versions = await vault.readVersions(name);
    const keys = versions.flatMap(({ id, value, createdAt }) => {
      const bytes = toBytes(name, value);
      if (bytes === undefined) log.error('a version of a key cannot be used', { key: name, version: id });
      return bytes === undefined ? [] : [{ id, bytes, createdAt }];
    });
    if (keys.length === 0) throw new KeysUnavailableError(name);
    loaded.set(name, keys);
  }

  async function refresh(): Promise<void> {
    await Promise.all(names.map(load));
  }

  async function start(): Promise<void> {
    let next = REFRESH_MS;
    try {
      await refresh();
    } catch (error) {
      const known = names.every((name) => loaded.has(name));
      next = known ? REFRESH_MS : RETRY_MS;
      log.error('keys could not be loaded', { reason: error instanceof Error ? error.name : 'unknown', known });
    }
    if (!stopped) timer = setTimeout(start, next).unref(); // does not keep a process alive that is done
  }

  function ring(name: KeyName): KeyRing {
    const keys = () => loaded.get(name) ?? [];
    return {
      current() {
        const key = currentKey(keys(), now());
        if (key === undefined) throw new KeysUnavailableError(name);
        return key;
      },
      find: (id) => keys().find((key) => key.id === id),
      all() {
        if (!loaded.has(name)) throw new KeysUnavailableError(name);
        return keys().toReversed(); // a signer that just rotated uses the newest
      },
    };
  }

  return {
    ring,
    refresh,
    start,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** True for a secret's value that can be this key. */
export function isKey(name: KeyName, value: string): boolean {
  return toBytes(name, value) !== undefined;
}

/** Our own keys are 32 bytes in base64url; the product's is the secret's text as it stands, at least as long. */
function toBytes(name: KeyName, value: string): Uint8Array | undefined {
  if (name === 'setup-key') {
    const bytes = new TextEncoder().encode(value);
    return bytes.length >= KEY_BYTES ? bytes : undefined;
  }
  const bytes = new Uint8Array(Buffer.from(value, 'base64url'));
  return bytes.length === KEY_BYTES ? bytes : undefined;
}
