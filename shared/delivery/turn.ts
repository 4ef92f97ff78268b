/** A turn at a channel: the lease, and every write made under it (protocol rules 6, 7, 11). */

import type { Head } from '../digests/head.ts';
import type { HeadTable, PageClaim, StoredHead } from '../digests/head-table.ts';
import type { Clock } from '../platform/clock.ts';

/** How long things may take, in milliseconds. */
export interface ProtocolTimes {
  readonly leaseMs: number;
  readonly postMs: number;
  /** A POST starts only with this much of the lease left. */
  readonly marginMs: number;
  /** Another worker takes over this long after a lease's end. */
  readonly takeoverMs: number;
}

/** Another worker holds the channel now: it goes on, this one stops. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
}

/** The holder's view of the head. Each write also prolongs the lease. */
export interface Turn {
  readonly head: Head;
  /** Keeps a change for the next write, where a write of its own would cost one for nothing. */
  later(change: (head: Head) => Head): void;
  /** Writes the head, and claims on pages with it. Throws `LeaseLostError` when another worker holds it. */
  write(change: (head: Head) => Head, claims?: readonly PageClaim[]): Promise<void>;
  /** Gives the lease back; what `change` returns is the head without it. `before` runs again when somebody left word meanwhile. */
  release(change: (head: Head) => Head, before: (head: Head) => Promise<void>): Promise<void>;
  /** True while there is time to start a POST, by elapsed time from before the lease was asked for. */
  hasTimeToPost(): boolean;
}

interface Deps {
  readonly heads: HeadTable;
  readonly clock: Clock;
  readonly times: ProtocolTimes;
  readonly newNonce: () => string;
}

/** How a turn begins: `change` and `claims` are written together with the lease. */
export interface Beginning {
  readonly subscriptionId: string;
  readonly stored: StoredHead;
  readonly change: (head: Head) => Head;
  readonly claims?: readonly PageClaim[];
}

/** Takes the lease; undefined when somebody changed the head since it was read: look again. */
export async function takeTurn(
  { heads, clock, times, newNonce }: Deps,
  beginning: Beginning,
): Promise<Turn | undefined> {
  const { subscriptionId, change, claims } = beginning;
  const nonce = newNonce();
  let stored = beginning.stored;
  let prolongedAt = 0;
  let asked = clock.elapsed();
  let kept: (head: Head) => Head = (head) => head;

  const leased = (head: Head): Head => {
    asked = clock.elapsed();
    return { ...head, lease: { nonce, ends: clock.realNow() + times.leaseMs } };
  };

  const first = await heads.write(subscriptionId, leased(change(stored.head)), stored.etag, claims);
  if (!first.done) return undefined;
  stored = first.stored;
  prolongedAt = asked;

  /** A 412 that shows our own nonce is somebody's word, not a lost lease: what they wrote is kept (rule 6). */
  async function writeOnce(head: Head, pages: readonly PageClaim[]): Promise<boolean> {
    const written = await heads.write(subscriptionId, kept(head), stored.etag, pages);
    stored = written.stored;
    if (written.done) kept = (same) => same;
    if (!written.done && stored.head.lease?.nonce !== nonce) throw new LeaseLostError('another worker has the lease');
    return written.done;
  }

  return {
    get head() {
      return stored.head;
    },
    later(change) {
      const before = kept;
      kept = (head) => change(before(head));
    },
    async write(next, pages = []) {
      while (!(await writeOnce(leased(next(stored.head)), pages)));
      prolongedAt = asked;
    },
    async release(next, before) {
      do {
        await before(stored.head); // from the put, each time: what was left meanwhile needs its job too (rule 11)
      } while (!(await writeOnce({ ...next(stored.head), lease: undefined }, [])));
    },
    hasTimeToPost: () => clock.elapsed() - prolongedAt <= times.leaseMs - times.marginMs,
  };
}
