/** How often one owner may do what costs us or others something. Kept in a table, so that every process counts the same. */
import { createHash } from 'node:crypto';
import { ConnectorError } from '../platform/errors.ts';
import type { OnceTable } from './once-table.ts';
import type { Session } from './session.ts';

/** So many at once, and then one every so often. */
export interface Limit {
  readonly atOnce: number;
  readonly everyMs: number;
}

/** Ours. A preview follows each change of a form; a test card is seen by a whole channel. */
export const LIMITS = {
  create: { atOnce: 30, everyMs: 2 * 60_000 },
  test: { atOnce: 10, everyMs: 60_000 },
  preview: { atOnce: 120, everyMs: 1_000 },
} as const satisfies Record<string, Limit>;

/** What is limited. */
export type Limited = keyof typeof LIMITS;

/** The owner did this too often. */
export class TooManyRequestsError extends ConnectorError {
  readonly code = 'too-many-requests';
  readonly status = 429;
  override readonly headers: Readonly<Record<string, string>>;

  constructor(waitMs: number) {
    super('That was a bit much at once. Wait a moment, then try again.');
    this.headers = { 'retry-after': String(Math.max(1, Math.ceil(waitMs / 1000))) };
  }
}

/** What counting needs. `now`: the real wall clock, which other processes have too. */
export interface LimitsDeps {
  readonly once: Pick<OnceTable, 'change'>;
  readonly now: () => number;
  readonly limits?: Readonly<Record<Limited, Limit>>;
}

/** Counts one. @throws TooManyRequestsError, which counts nothing. */
export type TakeTurnWithin = ReturnType<typeof createLimits>;

/**
 * Counts by one instant for each owner and kind: when all they did so far would have been done at the steady pace ("generic
 * cell rate algorithm", ITU-T I.371). One read and one write for each turn.
 */
export function createLimits({ once, now, limits = LIMITS }: LimitsDeps) {
  return async function takeWithinLimit(what: Limited, session: Session): Promise<void> {
    const { atOnce, everyMs } = limits[what];
    let waitMs = 0;
    await once.change('limit', `${what}:${ownerOf(session)}`, (mark) => {
      const at = now();
      const paced = Math.max(at, Number(mark ?? 0)) + everyMs;
      waitMs = paced - atOnce * everyMs - at;
      return waitMs > 0 ? undefined : { mark: String(paced), until: paced };
    });
    if (waitMs > 0) throw new TooManyRequestsError(waitMs);
  };
}

/** Who somebody is, hashed: the row need not say who. */
export function ownerOf({ account, person: { tid, oid, sub } }: Session): string {
  const who = oid === undefined ? ['sub', sub] : ['oid', tid, oid];
  return createHash('sha256')
    .update(JSON.stringify([account, ...who]))
    .digest('base64url');
}
