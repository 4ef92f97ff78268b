/** Refusals in Key Vault's own words. Source: "Common Error Codes for Azure Key Vault" and the Secrets REST reference, Microsoft Learn. */

/** A refusal as the REST API answers it. */
export class VaultError extends Error {
  readonly status: number;
  readonly code: string;
  readonly innerCode: string | undefined;

  constructor(status: number, code: string, message: string, innerCode?: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.innerCode = innerCode;
  }

  /** The answer's body. */
  body(): object {
    const inner = this.innerCode === undefined ? {} : { innererror: { code: this.innerCode } };
    return { error: { code: this.code, message: this.message, ...inner } };
  }
}

/** No secret, or no such version, under that name. */
export function notFound(name: string): VaultError {
  const message = `A secret with (name/id) ${name} was not found in this key vault. If you recently deleted this secret you may be able to recover it using the correct recovery command.`;
  return new VaultError(404, 'SecretNotFound', message);
}

/** No deleted secret under that name. */
export function deletedNotFound(name: string): VaultError {
  return new VaultError(404, 'SecretNotFound', `Deleted Secret not found: ${name}`);
}

/** The name belongs to a deleted secret that can still come back. */
export function deletedButRecoverable(name: string): VaultError {
  const message = `Secret ${name} is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the secret can only be recovered or purged.`;
  return new VaultError(409, 'Conflict', message, 'ObjectIsDeletedButRecoverable');
}

/** The request does not parse. */
export function badParameter(message: string): VaultError {
  return new VaultError(400, 'BadParameter', message);
}

/** The secret's value may not be read while it is disabled. */
export function disabled(): VaultError {
  return new VaultError(403, 'Forbidden', 'Operation get is not allowed on a disabled secret.', 'SecretDisabled');
}

/** The vault keeps deleted secrets until their time is over. */
export function purgeRefused(): VaultError {
  const message = 'Operation "purge" is not allowed because purge protection is enabled for this vault.';
  return new VaultError(403, 'Forbidden', message, 'ForbiddenByPolicy');
}
