/** Signed addresses of a digest's page and chart: each opens that and nothing else, for 31 days. */
import { z } from 'zod';
import type { SignedTokens } from '../identity/signed-token.ts';
import { LINKS_MS } from '../platform/retention.ts';

/** Pages of a digest are kept as long. */
const LIFETIME_SECONDS = LINKS_MS / 1000;

const claimsSchema = z.object({ digest: z.string(), account: z.string() });

/** Which digest a token opens, and whose it is. */
export type DigestClaims = z.infer<typeof claimsSchema>;

/** The page tells everything; the chart, which clients fetch through servers of their own, only counts. */
export type DigestView = 'digest' | 'chart';

/** Makes the addresses, and reads the tokens in them. */
export function createDigestLinks(tokens: SignedTokens, publicUrl: string) {
  const tokenFor = (purpose: DigestView, claims: DigestClaims, issuedAt: number) =>
    tokens.sign({ purpose, claims, lifetimeSeconds: LIFETIME_SECONDS, issuedAt });

  return {
    /** Both addresses; the same each time for the same digest, so that a retry posts the same bytes. */
    async linksTo(claims: DigestClaims, frozenAt: number): Promise<{ digest: string; chart: string }> {
      const [page, chart] = await Promise.all([
        tokenFor('digest', claims, frozenAt),
        tokenFor('chart', claims, frozenAt),
      ]);
      const base = `${publicUrl}/digests/${claims.digest}`;
      return { digest: `${base}?t=${page}`, chart: `${base}/chart.png?t=${chart}` };
    },

    /** What a token opens; undefined when it is not for this view of this digest, or no longer. */
    async read(view: DigestView, digestId: string, token: string | null): Promise<DigestClaims | undefined> {
      const verified = token === null ? undefined : await tokens.verify(view, token);
      if (verified?.ok !== true) return undefined;
      const claims = claimsSchema.safeParse(verified.claims);
      return claims.success && claims.data.digest === digestId ? claims.data : undefined;
    },
  };
}

/** The addresses. */
export type DigestLinks = ReturnType<typeof createDigestLinks>;
