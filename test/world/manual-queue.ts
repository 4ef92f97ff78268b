/** A queue of jobs under the test's hand: hidden messages show when the clock says so, and are seen again when their handler fails. */
import type { Clock } from '../../shared/platform/clock.ts';
import type { DigestJob } from '../../shared/schedules/digest-job.ts';
import type { DigestsQueue } from '../../shared/schedules/digests-queue.ts';

interface Message {
  readonly job: DigestJob;
  showsAt: number;
}

/** Jobs put, shown, and handled one after another. */
export interface ManualQueue extends DigestsQueue {
  /** Every message, hidden ones too. */
  readonly messages: readonly Message[];
  /** Jobs put so far, handled or not. */
  readonly put: DigestsQueue['put'];
  /** Handles what is shown, and what that puts at once, until nothing is shown. Returns how many were handled. */
  drain(handle: (job: DigestJob) => Promise<void>): Promise<number>;
  /** Loses every message, as nothing should. */
  lose(): void;
  /** When the next message shows, on the machine's clock; undefined when there is none. */
  nextShowsAt(): number | undefined;
}

/** The host hides a message that failed for this long (host.json). */
const AFTER_FAILURE_MS = 30_000;

/** An empty queue. */
export function createManualQueue(clock: Pick<Clock, 'elapsed'>): ManualQueue {
  const messages: Message[] = [];
  return {
    messages,
    async put(job, hiddenForMs = 0) {
      messages.push({ job: JSON.parse(JSON.stringify(job)), showsAt: clock.elapsed() + Math.max(0, hiddenForMs) });
    },
    async drain(handle) {
      let handled = 0;
      for (;;) {
        const shown = messages.find(({ showsAt }) => showsAt <= clock.elapsed());
        if (shown === undefined) return handled;
        handled += 1;
        if (handled > 1_000) throw new Error('jobs put each other without end');
        try {
          await handle(shown.job);
          messages.splice(messages.indexOf(shown), 1);
        } catch {
          shown.showsAt = clock.elapsed() + AFTER_FAILURE_MS;
        }
      }
    },
    lose() {
      messages.length = 0;
    },
    nextShowsAt() {
      return messages.length === 0 ? undefined : Math.min(...messages.map(({ showsAt }) => showsAt));
    },
  };
}
