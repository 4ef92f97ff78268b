/** One-time codes: what a sign-in window hands to the page that opened it, instead of a token. Good once, for two minutes, for that page only. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { OneTimeCodeError } from './errors.ts';
import type { OnceTable } from './once-table.ts';

/** What the product says of somebody. `nonce` is the SHA-256, in base64url, of a verifier that only the opener knows. */
const productSchema = z.object({
  account: z.string(),
  sub: z.string(),
  tid: z.string().optional(),
  role: z.enum(['admin', 'member']).optional(),
  nonce: z.string(),
});
/** What Microsoft says of somebody. */
const microsoftSchema = z.object({ microsoft: z.object({ tid: z.string(), oid: z.string() }), nonce: z.string() });
const ends = { ends: z.number() };
const rowSchema = z.union([productSchema.extend(ends), microsoftSchema.extend(ends)]);

/** A product's user. */
export type ProductGrant = z.infer<typeof productSchema>;
/** What a code stands for. */
export type CodeGrant = ProductGrant | z.infer<typeof microsoftSchema>;

/** What codes need: `now` is the real wall clock; `newCode` gives 256 random bits in base64url. */
export interface OneTimeCodesDeps {
  readonly once: Pick<OnceTable, 'claim' | 'find'>;
  readonly now: () => number;
  readonly newCode: () => string;
}

/** Gives out codes and takes them back. */
export type OneTimeCodes = ReturnType<typeof createOneTimeCodes>;

const LIFETIME_MS = 2 * 60_000;
/** A spent or late code is known for so long: it is refused for what it is. */
const REMEMBERED_MS = 60 * 60_000;

/** Codes in the table `once`, found by their hash, so that who reads the table has no code. */
export function createOneTimeCodes({ once, now, newCode }: OneTimeCodesDeps) {
  return {
    async issue(grant: CodeGrant): Promise<string> {
      const code = newCode();
      const mark = JSON.stringify({ ...grant, ends: now() + LIFETIME_MS });
      await once.claim({ kind: 'code', key: sha256(code), until: now() + REMEMBERED_MS, mark });
      return code;
    },

    /** What the code stands for. A wrong verifier does not spend it. @throws OneTimeCodeError. */
    async redeem(code: string, verifier: string): Promise<CodeGrant> {
      const key = sha256(code);
      const found = await once.find('code', key);
      if (found === undefined) throw new OneTimeCodeError('code-unknown');
      const { ends, ...grant } = rowSchema.parse(JSON.parse(found.mark));
      if (!isSame(sha256(verifier), grant.nonce)) throw new OneTimeCodeError('code-of-another-browser');
      if (ends < now()) throw new OneTimeCodeError('code-expired');
      const spent = await once.claim({ kind: 'code-used', key, until: now() + REMEMBERED_MS });
      if (!spent.first) throw new OneTimeCodeError('code-used');
      return grant;
    },
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
