/** How secrets look in the REST API's answers. */
import { purgeAt, recovery, type Secret, type SecretVersion } from './secret.ts';

/** What every address and attribute in an answer depends on. */
export interface VaultIdentity {
  readonly url: string;
  readonly purgeProtection: boolean;
}

/** A secret's version without its value. */
export function toItem(vault: VaultIdentity, secret: Secret, version: SecretVersion, address: 'secret' | 'version') {
  const { contentType, tags, enabled, nbf, exp, created, updated } = version;
  const id = `${vault.url}/secrets/${secret.name}`;
  return {
    id: address === 'version' ? `${id}/${version.version}` : id,
    attributes: { enabled, nbf, exp, created, updated, ...recovery(vault.purgeProtection) },
    contentType,
    tags,
  };
}

/** A secret's version with its value. */
export function toBundle(vault: VaultIdentity, secret: Secret, version: SecretVersion) {
  return { value: version.value, ...toItem(vault, secret, version, 'version') };
}

/** A deleted secret: its newest version without the value, and until when it can come back. */
export function toDeleted(vault: VaultIdentity, secret: Secret & { deletedAt: number }) {
  return {
    recoveryId: `${vault.url}/deletedsecrets/${secret.name}`,
    deletedDate: secret.deletedAt,
    scheduledPurgeDate: purgeAt(secret.deletedAt),
    ...toItem(vault, secret, newest(secret), 'version'),
  };
}

/** The version that a secret's plain name means. */
export function newest(secret: Secret): SecretVersion {
  const version = secret.versions.at(-1);
  if (version === undefined) throw new Error(`secret ${secret.name} has no version`);
  return version;
}
