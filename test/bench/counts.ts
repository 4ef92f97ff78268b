/** Operations counted by kind. */
import { isEmptyPoll } from './operations.ts';

/** How often each kind was seen. */
export type Counts = ReadonlyMap<string, number>;

/** How many operations there were, empty polls left out; with `of`, only those whose kind it takes. */
export function total(counts: Counts, of: (kind: string) => boolean = () => true): number {
  let sum = 0;
  for (const [kind, count] of counts) if (!isEmptyPoll(kind) && of(kind)) sum += count;
  return sum;
}

/** The counts as lines, most first, each beside its share in `per`. */
export function listed(counts: Counts, per: number): string[] {
  return [...counts]
    .filter(([kind]) => !isEmptyPoll(kind))
    .sort(([, a], [, b]) => b - a)
    .map(([kind, count]) => `${(count / per).toFixed(4).padStart(12)}  ${kind} (${count})`);
}
