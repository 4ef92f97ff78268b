/** What a secret looks like that got out: the mark of the stand-ins' webhooks and tokens, plain or in base64, or a whole signed token. */
import { SECRET_MARK } from '../../infra/local/microsoft365/world/secret-mark.ts';

/** Put into every webhook address and token that tests make. */
export const CANARY = SECRET_MARK;

/** In base64 the mark looks differently by where it begins: whatever is whole in each of the three. */
const IN_BASE64 = [0, 1, 2].map((before) => {
  const encoded = Buffer.from(`${' '.repeat(before)}${CANARY}`).toString('base64');
  return encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + CANARY.length) * 8) / 6));
});
const MARKED = new RegExp([CANARY, ...IN_BASE64].join('|'), 'i');
/** Header and claims in base64url, and a signature. */
const SIGNED_TOKEN = /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{16,}/;

/** `marked`: answers and cards, which carry tokens of ours on purpose. `any-token`: logs and storage, which carry none. */
export type Forbidden = 'marked' | 'any-token';

/** What surrounds the first secret in a text; undefined when there is none. */
export function findSecret(text: string, forbidden: Forbidden): string | undefined {
  const found = MARKED.exec(text) ?? (forbidden === 'any-token' ? SIGNED_TOKEN.exec(text) : null);
  return found === null ? undefined : text.slice(Math.max(0, found.index - 120), found.index + 40);
}
