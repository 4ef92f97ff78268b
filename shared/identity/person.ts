/** A person as far as we know them: an Entra person (`tid`, `oid`), or the product's own user (`sub`). */
import { z } from 'zod';

/** Parses a person. */
export const personSchema = z.object({
  tid: z.guid().optional(),
  oid: z.guid().optional(),
  sub: z.string().optional(),
});
/** Who someone is. At least one of `oid` and `sub` is there. */
export type Person = z.infer<typeof personSchema>;

/** True when they are one of those. */
export function isAmong(person: Person, people: readonly Person[]): boolean {
  return people.some((one) => isSamePerson(one, person));
}

/** True when both are the same person: by Entra's ids if both have them, else by the product's. */
export function isSamePerson(a: Person, b: Person): boolean {
  if (a.oid !== undefined && b.oid !== undefined) return a.oid === b.oid && a.tid === b.tid;
  return a.sub !== undefined && a.sub === b.sub;
}
