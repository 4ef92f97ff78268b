/** Proofs of a person: who signed in on Entra's page and has no account yet shows one beside the product's code, in place of a Microsoft token. */
import { z } from 'zod';
import type { EntraIds } from './account-links-table.ts';
import { PersonProofError } from './errors.ts';
import type { SignedTokens } from './signed-token.ts';

/** Time to sign in to the product. */
const LIFETIME_SECONDS = 10 * 60;

const claimsSchema = z.object({ tid: z.guid(), oid: z.guid() });

/** Gives out proofs and reads them. */
export type PersonProofs = ReturnType<typeof createPersonProofs>;

/** Proofs made of signed tokens: nothing is stored. One alone opens nothing. */
export function createPersonProofs(tokens: Pick<SignedTokens, 'sign' | 'verify'>) {
  return {
    issue: ({ tid, oid }: EntraIds): Promise<string> =>
      tokens.sign({ purpose: 'person', claims: { tid, oid }, lifetimeSeconds: LIFETIME_SECONDS }),

    /** @throws PersonProofError. */
    async read(proof: string): Promise<EntraIds> {
      const verified = await tokens.verify('person', proof);
      if (!verified.ok) throw new PersonProofError();
      return claimsSchema.parse(verified.claims);
    },
  };
}
