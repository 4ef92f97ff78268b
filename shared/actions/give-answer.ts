/**
 * Gives an answer once, by an outbox in table `once`:
 *
 * | row       | means                                        | who moves it on |
 * |-----------|----------------------------------------------|-----------------|
 * | none      | nobody answered                              | the first press inserts it as `pending`: of all who try, one is the first |
 * | `pending` | answered; the product is being told          | whoever inserted it tells the product, then marks it `sent` |
 * | `pending`, two minutes old, or marked as failed | whoever told died or failed | a later press, else `reconcile`: the same event is put, with the same id |
 * | `sent`    | told                                         | nobody: a press says that it was done already |
 */
import type { Clock } from '../platform/clock.ts';
import { ConnectorError } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import type { Act } from './act.ts';
import type { ActsTable, StoredAct } from './acts-table.ts';

/** Past this, whoever began to tell does so no more: a request ends after much less, and machines' clocks are a minute apart at most. */
const LEFT_MS = 2 * 60_000;

/** What answering needs. `perform` tells the product, or does the connector's own: it may be done twice with one key. */
export interface GiveAnswerDeps {
  readonly acts: Pick<ActsTable, 'insert' | 'mark'>;
  readonly perform: (key: string, act: Act) => Promise<void>;
  readonly clock: Pick<Clock, 'realNow'>;
  readonly log: Log;
}

/** What came of it: `act` is the one that counts, which with `already` is an earlier one. */
export interface Given {
  readonly is: 'done' | 'already';
  readonly act: Act;
}

/** It is stored, and could not be told just now. */
export class AnswerNotSentError extends ConnectorError {
  readonly code = 'unavailable';
  readonly status = 503;
  override readonly retryable = true;

  constructor(options?: ErrorOptions) {
    super('Your answer was kept but could not be passed on yet. It will be within the hour, or press again.', options);
  }
}

/** Gives answers. @throws AnswerNotSentError when the product could not be told, or the storage error of a store that is away. */
export function createGiveAnswer({ acts, perform, clock, log }: GiveAnswerDeps) {
  async function tell({ key, act, etag }: Pick<StoredAct, 'key' | 'act' | 'etag'>): Promise<void> {
    try {
      await perform(key, act);
    } catch (error) {
      await acts.mark({ key, etag }, { triedAt: 0 }).catch(() => {}); // the next press need not wait
      throw error instanceof ConnectorError ? error : new AnswerNotSentError({ cause: error });
    }
    try {
      await acts.mark({ key, etag }, { state: 'sent' });
    } catch (error) {
      // It is told; marked or not, the worst is that it is told again under the same id.
      log.warn('an answer was passed on and not marked', { error: error instanceof Error ? error.name : 'unknown' });
    }
  }

  /** Takes over what somebody left; false when it is not left, or somebody else is faster. */
  async function takeOver(stored: StoredAct): Promise<boolean> {
    const now = clock.realNow();
    if (stored.state === 'sent' || now - stored.triedAt < LEFT_MS) return false;
    const taken = await acts.mark(stored, { triedAt: now });
    if (!taken.done) return false;
    await tell({ ...stored, etag: taken.etag });
    return true;
  }

  return {
    /** Gives one answer. */
    async give(key: string, act: Act): Promise<Given> {
      const written = await acts.insert(key, act, clock.realNow());
      if (written.done) {
        await tell({ key, act, etag: written.etag });
        return { is: 'done', act };
      }
      if (written.row === undefined) throw new AnswerNotSentError(); // it was there and is gone: its account was removed
      const isMine = await takeOver(written.row);
      return { is: isMine ? 'done' : 'already', act: written.row.act };
    },

    /** Finishes what crashes left; gives how many. One that cannot be finished does not keep the others. */
    async finishLeft(
      pending: AsyncIterable<StoredAct>,
    ): Promise<{ readonly finished: number; readonly failed: number }> {
      let [finished, failed] = [0, 0];
      for await (const stored of pending) {
        try {
          if (await takeOver(stored)) finished += 1;
        } catch (error) {
          failed += 1;
          log.error('an answer could not be passed on', { error: error instanceof Error ? error.name : 'unknown' });
        }
      }
      return { finished, failed };
    },
  };
}

/** Gives answers and finishes them. */
export type GiveAnswer = ReturnType<typeof createGiveAnswer>;
