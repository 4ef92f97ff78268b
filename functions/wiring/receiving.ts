/** Puts together what takes events in. */
import { createInboxWriter } from '../../shared/events/inbox-writer.ts';
import { createNoteDropped } from '../../shared/events/note-dropped.ts';
import { createReceiveEvents } from '../../shared/events/receive-events.ts';
import { createWakeChannel } from '../../shared/schedules/wake-channel.ts';
import { createMatchingCache } from '../../shared/subscriptions/matching-cache.ts';
import { createReceiveEventsHandler } from '../receive-events.ts';
import { clock, jobs, log, processId, telemetry } from './parts.ts';
import { deadLetters, dropped, inbox, subscriptions } from './tables.ts';

/** The handler of queue `events`. */
export async function receiveEventsHandler() {
  const { listMatching } = await subscriptions();
  return createReceiveEventsHandler(
    createReceiveEvents({
      subscriptionsOf: createMatchingCache(listMatching, await clock()),
      writeEvents: createInboxWriter({ inbox: await inbox(), clock: await clock(), processId }),
      noteDropped: createNoteDropped({ dropped: await dropped(), clock: await clock(), processId }),
      wakeChannel: createWakeChannel(await jobs(), await clock()),
      deadLetters: await deadLetters(),
      log,
      telemetry: await telemetry(),
    }),
  );
}
