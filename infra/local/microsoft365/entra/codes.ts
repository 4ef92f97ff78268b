/** Authorization codes: each good for one exchange within ten minutes, bound to its redirect address and its challenge. */
import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { User } from '../world/people.ts';

/** What a code stands for. */
export interface Grant {
  readonly user: User;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly nonce: string | null;
  readonly challenge: string | null;
}

const LIFE_MS = 600_000;

/** The codes that are out. */
export function createCodes(clock: Clock) {
  const out = new Map<string, Grant & { readonly until: number }>();
  return {
    issue(grant: Grant): string {
      const code = randomBytes(32).toString('base64url');
      out.set(code, { ...grant, until: clock.now() + LIFE_MS });
      return code;
    },
    /** The grant of a code, once; undefined when anything about it does not fit. */
    redeem(form: URLSearchParams): Grant | undefined {
      const code = form.get('code') ?? '';
      const grant = out.get(code);
      out.delete(code);
      if (grant === undefined || grant.until < clock.now()) return undefined;
      if (grant.redirectUri !== form.get('redirect_uri') || grant.clientId !== form.get('client_id')) return undefined;
      const verifier = form.get('code_verifier');
      const proven = verifier === null ? null : createHash('sha256').update(verifier).digest('base64url');
      return grant.challenge === proven ? grant : undefined;
    },
  };
}

/** The codes that are out. */
export type Codes = ReturnType<typeof createCodes>;
