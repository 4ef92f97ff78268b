/** Notes what a pause drops: one row for all that comes together for a channel, as pages are written. */
import type { Clock } from '../platform/clock.ts';
import type { DroppedTable } from './dropped-table.ts';
import { createInboxWriter, type WriteEvents } from './inbox-writer.ts';

/** What noting needs. */
export interface NoteDroppedDeps {
  readonly dropped: Pick<DroppedTable, 'put'>;
  readonly clock: Pick<Clock, 'now'>;
  /** Unique to this process. */
  readonly processId: string;
}

/** A writer of notes in the place of pages. */
export function createNoteDropped({ dropped, clock, processId }: NoteDroppedDeps): WriteEvents {
  return createInboxWriter({
    clock,
    processId,
    inbox: {
      async insertPage(subscriptionId, key, _urgency, events) {
        const identities = Buffer.concat(events.map(({ identity }) => identity));
        await dropped.put(subscriptionId, key, {
          because: 'paused',
          at: clock.now(),
          count: events.length,
          identities,
        });
      },
    },
  });
}
