/** What `receive-events` knows of an account's subscriptions, for at most 5 s; accounts without any are known too. */
import type { Clock } from '../platform/clock.ts';
import type { Matching } from './subscription.ts';

/** How old an answer may be (design, "Cost and speed"). */
const KNOWN_MS = 5_000;
/** Accounts known at once; the oldest is forgotten first. */
const MAX_ACCOUNTS = 10_000;

/** Gives an account's subscriptions; callers that come together share one read, and a failed read is not kept. */
export function createMatchingCache(
  list: (account: string) => Promise<readonly Matching[]>,
  clock: Pick<Clock, 'elapsed'>,
) {
  const known = new Map<string, { readonly at: number; readonly subscriptions: Promise<readonly Matching[]> }>();

  return async function subscriptionsOf(account: string): Promise<readonly Matching[]> {
    const there = known.get(account);
    if (there !== undefined && clock.elapsed() - there.at < KNOWN_MS) return there.subscriptions;
    const entry = { at: clock.elapsed(), subscriptions: list(account) };
    known.delete(account); // so that the newest stand last
    known.set(account, entry);
    if (known.size > MAX_ACCOUNTS) known.delete(known.keys().next().value ?? account);
    try {
      return await entry.subscriptions;
    } catch (error) {
      if (known.get(account) === entry) known.delete(account);
      throw error;
    }
  };
}
