/** Secrets at rest outside the vault: AES-256-GCM, bound to what they belong to, under a key that rotates. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyRing } from './key-ring.ts';

/** Seals and opens. */
export interface Seal {
  /** Seals `text` so that it opens only for the same `belongsTo`. */
  seal(belongsTo: string, text: string): string;
  /** The text; undefined when it was sealed for something else, with a key no longer in force, or was changed. */
  open(belongsTo: string, sealed: string): string | undefined;
}

const FORMAT = 'v1';
/** NIST SP 800-38D: 96 random bits, and no more than 2^32 texts a key. We seal a few per subscription. */
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A seal with the versions of `sealing-key`: sealing uses the current one, opening whichever the text names. */
export function createSeal(keys: KeyRing): Seal {
  return {
    seal(belongsTo, text) {
      const { id, bytes } = keys.current();
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', bytes, iv, { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.from(belongsTo));
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return [FORMAT, id, iv.toString('base64url'), sealed.toString('base64url')].join('.');
    },

    open(belongsTo, sealed) {
      const [format, id = '', iv = '', rest = '', ...more] = sealed.split('.');
      const key = keys.find(id);
      const bytes = Buffer.from(rest, 'base64url');
      if (format !== FORMAT || key === undefined || more.length > 0 || bytes.length < TAG_BYTES) return undefined;
      try {
        const nonce = Buffer.from(iv, 'base64url');
        const decipher = createDecipheriv('aes-256-gcm', key.bytes, nonce, { authTagLength: TAG_BYTES });
        decipher.setAAD(Buffer.from(belongsTo));
        decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
        return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8');
      } catch {
        return undefined; // the tag does not fit
      }
    },
  };
}

/** The id of the key that a text was sealed with; undefined for what is no sealed text. */
export function sealedWith(sealed: string): string | undefined {
  const [format, id] = sealed.split('.');
  return format === FORMAT ? id : undefined;
}
