/** What is away, and since when: calls to it fail as where nobody listens, for everyone who goes through the gate. */
import type { ManualClock } from '../world/manual-clock.ts';
import type { Gate } from './wire.ts';

/** What can be away. `accounts`: only who is subscribed cannot be read. */
export type Away = 'tables' | 'queues' | 'vault' | 'subscriptions';

/** A gate, and the switch to it. */
export interface Outage {
  readonly gate: Gate;
  /** From now on, for so long by elapsed time. */
  begin(away: Away, forMs: number): void;
  /** Begins right after the next call of a name. */
  beginAfter(name: string, away: Away, forMs: number): void;
  isAway(away: Away): boolean;
}

/** Everything is there until it is told otherwise. */
export function createOutage(clock: Pick<ManualClock, 'elapsed'>): Outage {
  let over: { readonly away: Away; readonly until: number } | undefined;
  let next: { readonly name: string; readonly away: Away; readonly forMs: number } | undefined;

  const isAway = (away: Away) => over?.away === away && clock.elapsed() < over.until;
  function begin(away: Away, forMs: number): void {
    over = { away, until: clock.elapsed() + forMs };
  }

  return {
    begin,
    isAway,
    beginAfter: (name, away, forMs) => {
      next = { name, away, forMs };
    },
    async gate(name, make) {
      if (partsOf(name).some(isAway)) throw refused();
      const made = await make();
      if (next?.name === name) {
        begin(next.away, next.forMs);
        next = undefined;
      }
      return made;
    },
  };
}

/** What a call needs, by its name on the wire. */
function partsOf(name: string): Away[] {
  if (name.startsWith('POST webhook') || name.startsWith('POST aside')) return [];
  if (name.startsWith('PUT ') && !name.startsWith('PUT /')) return ['queues'];
  if (name.includes('/secrets')) return ['vault'];
  return name.includes('/subscriptions') ? ['tables', 'subscriptions'] : ['tables'];
}

/** As Node.js says it; the SDKs retry it. */
function refused(): Error {
  return Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', name: 'RestError' });
}
