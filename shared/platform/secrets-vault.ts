/** Secrets in Azure Key Vault: read, write, remove, and the versions of one. */
import type { SecretClient, SecretClientOptions } from '@azure/keyvault-secrets';
import { ConnectorError } from './errors.ts';
import { isLoopback } from './loopback.ts';

/** One enabled version of a secret. */
export interface SecretVersion {
  readonly id: string;
  readonly value: string;
  /** Milliseconds since 1970; whole seconds, as Key Vault keeps them. */
  readonly createdAt: number;
}

/** The vault. Every call ends in a `SecretsVaultError` when the vault does not do what was asked. */
export interface SecretsVault {
  /** Where it is. */
  readonly url: string;
  /** The newest version's value; undefined when there is no such secret. */
  read(name: string): Promise<string | undefined>;
  /** Enabled versions, oldest first; none when there is no such secret. */
  readVersions(name: string): Promise<readonly SecretVersion[]>;
  /** Adds a version, which becomes the newest. */
  write(name: string, value: string): Promise<void>;
  /** True for a deleted secret that can be recovered: until it is, its name takes no new version. */
  isRecoverable(name: string): Promise<boolean>;
  /** Deletes every version; harmless when there is none. The vault keeps them recoverable for its own time. */
  remove(name: string): Promise<void>;
}

/** Key Vault did not do what was asked. Carries no request: the SDK's own error holds the secret being written. */
export class SecretsVaultError extends ConnectorError {
  readonly code = 'unavailable';
  readonly status = 503;
  override readonly retryable = true;
  /** What was being done, to which secret, and what the vault answered: safe to log. */
  readonly operation: string;
  readonly vaultStatus: number | undefined;
  readonly vaultCode: string | undefined;
  /** Why a 403 is one, such as `ForbiddenByRbac` or `ForbiddenByConnection`. */
  readonly vaultReason: string | undefined;

  constructor(operation: string, error: unknown) {
    super('The secrets of this connector cannot be reached at the moment. Try again in a minute.');
    this.operation = operation;
    this.vaultStatus = fieldOf(error, 'statusCode', 'number');
    // Whoever is not signed in meets an error without a code.
    this.vaultCode = fieldOf(error, 'code', 'string') ?? fieldOf(error, 'name', 'string');
    // Listing versions gives none: the SDK's pages drop what the vault said.
    this.vaultReason = fieldOf(within(error, 'details', 'error', 'innerError'), 'code', 'string');
  }
}

/** Where the vault is; `ca` and `options` are for tests, whose vault has a certificate of its own. */
export interface SecretsVaultOptions {
  readonly url: string;
  readonly ca?: string;
  readonly options?: SecretClientOptions;
}

/** Versions looked at: a key is rotated a few times a year, and disabled versions count. */
const MAX_VERSIONS = 50;

/** A client for the vault at `url`; nothing is called yet. Both libraries are loaded here, by those who need a vault. */
export async function createSecretsVault({ url, ca, options }: SecretsVaultOptions): Promise<SecretsVault> {
  const { SecretClient } = await import('@azure/keyvault-secrets');
  const local = isLoopback(url);
  const client = new SecretClient(url, local ? localCredential : await azureCredential(), {
    disableChallengeResourceVerification: local,
    retryOptions: { maxRetries: 3, retryDelayInMs: 300, maxRetryDelayInMs: 5_000 },
    ...(ca === undefined ? {} : { tlsOptions: { ca } }),
    ...options,
  });
  return wrapSecretClient(client);
}

/** Our view of a client of the SDK. */
function wrapSecretClient(client: SecretClient): SecretsVault {
  return {
    url: client.vaultUrl,

    read: (name) => doing(`read ${name}`, async () => (await orMissing(client.getSecret(name)))?.value),

    readVersions: (name) =>
      doing(`read versions of ${name}`, async () => {
        const ids = await listEnabled(client, name);
        const read = ids.map(async ({ id, createdAt }) => {
          const { value = '' } = await client.getSecret(name, { version: id });
          return { id, value, createdAt };
        });
        return Promise.all(read);
      }),

    write: (name, value) => doing(`write ${name}`, async () => void (await client.setSecret(name, value))),

    isRecoverable: (name) =>
      doing(`look for deleted ${name}`, async () => (await orMissing(client.getDeletedSecret(name))) !== undefined),

    // Not waited for: Key Vault takes seconds to finish, and nothing of ours reads the name again.
    remove: (name) => doing(`remove ${name}`, async () => void (await orMissing(client.beginDeleteSecret(name)))),
  };
}

async function listEnabled(client: SecretClient, name: string): Promise<{ id: string; createdAt: number }[]> {
  const found: { id: string; createdAt: number }[] = [];
  const versions = client.listPropertiesOfSecretVersions(name);
  for (let next = await orMissing(versions.next()); next !== undefined && !next.done; next = await versions.next()) {
    const { version, enabled, createdOn } = next.value;
    if (version !== undefined && enabled) found.push({ id: version, createdAt: createdOn?.getTime() ?? 0 });
    if (found.length === MAX_VERSIONS) break;
  }
  return found.sort((a, b) => a.createdAt - b.createdAt);
}

/** The embedded vault takes any token: who reaches it can read its file as well. */
const localCredential = {
  getToken: async () => ({ token: 'local', expiresOnTimestamp: Date.now() + 86_400_000 }),
};

async function azureCredential() {
  const { DefaultAzureCredential } = await import('@azure/identity');
  return new DefaultAzureCredential();
}

async function doing<T>(operation: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw new SecretsVaultError(operation, error);
  }
}

async function orMissing<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (fieldOf(error, 'statusCode', 'number') === 404) return undefined;
    throw error;
  }
}

function within(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce((at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined), value);
}

function fieldOf(error: unknown, name: string, type: 'number'): number | undefined;
function fieldOf(error: unknown, name: string, type: 'string'): string | undefined;
function fieldOf(error: unknown, name: string, type: string): unknown {
  const value = typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
  return typeof value === type ? value : undefined;
}
