/** The vault's contents and what may be done to them, without HTTP or disk. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import {
  type Contents,
  propertiesBody,
  type Secret,
  type SecretVersion,
  secretSchema,
  setBody,
  withProperties,
} from './secret.ts';
import {
  badParameter,
  deletedButRecoverable,
  deletedNotFound,
  disabled,
  notFound,
  purgeRefused,
  VaultError,
} from './vault-error.ts';

/** Limits of the service: "Azure Key Vault secrets overview", Microsoft Learn. */
const MAX_VALUE_BYTES = 25 * 1024;
const NAME = /^[0-9a-zA-Z-]{1,127}$/;

/** How this vault behaves. `now` gives whole seconds. */
export interface SecretsOptions {
  readonly now: () => number;
  /** Deleted secrets stay until their time is over, whoever asks. */
  readonly purgeProtection: boolean;
}

/** Every operation on `contents`, which it changes in place. */
export function createSecrets(contents: Contents, { now, purgeProtection }: SecretsOptions) {
  function live(name: string): Secret {
    const secret = contents[keyOf(name)];
    if (secret === undefined || secret.deletedAt !== undefined) throw notFound(name);
    return secret;
  }
  function deleted(name: string): Secret & { deletedAt: number } {
    const secret = contents[keyOf(name)];
    if (secret?.deletedAt === undefined) throw deletedNotFound(name);
    return { ...secret, deletedAt: secret.deletedAt };
  }
  function versionOf(secret: Secret, version: string): SecretVersion {
    const found = version === '' ? secret.versions.at(-1) : secret.versions.find((each) => each.version === version);
    if (found === undefined) throw notFound(`${secret.name}/${version}`);
    return found;
  }

  return {
    set(name: string, body: unknown): [Secret, SecretVersion] {
      const key = keyOf(name);
      const parsed = setBody.safeParse(body);
      if (!parsed.success) throw badParameter('The request body is not a secret: property "value" must be a string.');
      if (Buffer.byteLength(parsed.data.value) > MAX_VALUE_BYTES) throw badParameter('The secret is too long.');
      const known = contents[key];
      if (known?.deletedAt !== undefined) throw deletedButRecoverable(name);
      const secret = known ?? { name, versions: [] };
      const at = now();
      const version = {
        version: randomBytes(16).toString('hex'),
        value: parsed.data.value,
        enabled: true,
        created: at,
      };
      const added = withProperties({ ...version, updated: at }, parsed.data, at);
      secret.versions.push(added);
      contents[key] = secret;
      return [secret, added];
    },

    get(name: string, version: string): [Secret, SecretVersion] {
      const secret = live(name);
      const found = versionOf(secret, version);
      if (!found.enabled) throw disabled();
      return [secret, found];
    },

    update(name: string, version: string, body: unknown): [Secret, SecretVersion] {
      const secret = live(name);
      const found = versionOf(secret, version);
      const parsed = propertiesBody.safeParse(body);
      if (!parsed.success) throw badParameter('The request body does not hold properties of a secret.');
      const after = withProperties(found, parsed.data, now());
      secret.versions[secret.versions.indexOf(found)] = after;
      return [secret, after];
    },

    versions: (name: string): Secret => live(name),
    list: (): Secret[] => sorted(contents).filter((secret) => secret.deletedAt === undefined),
    listDeleted: (): Secret[] => sorted(contents).filter((secret) => secret.deletedAt !== undefined),

    delete(name: string): Secret & { deletedAt: number } {
      live(name).deletedAt = now();
      return deleted(name);
    },
    getDeleted: deleted,
    recover(name: string): Secret {
      const { deletedAt: _, ...secret } = deleted(name);
      contents[keyOf(name)] = secret;
      return secret;
    },
    purge(name: string): void {
      deleted(name);
      if (purgeProtection) throw purgeRefused();
      delete contents[keyOf(name)];
    },

    backup: (name: string): string => Buffer.from(JSON.stringify(live(name))).toString('base64url'),
    restore(body: unknown): Secret {
      const secret = parseBackup(body);
      const known = contents[keyOf(secret.name)];
      if (known?.deletedAt !== undefined) throw deletedButRecoverable(secret.name);
      if (known !== undefined) throw new VaultError(409, 'Conflict', `There is already a secret named ${secret.name}.`);
      contents[keyOf(secret.name)] = secret;
      return secret;
    },
  };
}

/** Everything that can be done to the vault. */
export type Secrets = ReturnType<typeof createSecrets>;

function keyOf(name: string): string {
  if (!NAME.test(name)) throw badParameter(`The request URI contains an invalid name: ${name}`);
  return name.toLowerCase();
}

function sorted(contents: Contents): Secret[] {
  return Object.entries(contents)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, secret]) => secret);
}

function parseBackup(body: unknown): Secret {
  const blob = z.object({ value: z.string() }).safeParse(body);
  try {
    const secret = secretSchema.parse(JSON.parse(Buffer.from(blob.data?.value ?? '', 'base64url').toString()));
    keyOf(secret.name);
    return secret;
  } catch {
    throw badParameter('Backup blob contains invalid or corrupt version.');
  }
}
