/** Puts together what takes events in. */
import { createInboxTable } from '../../shared/events/inbox-table.ts';
import { createInboxWriter } from '../../shared/events/inbox-writer.ts';
import { createReceiveEvents } from '../../shared/events/receive-events.ts';
import { createWakeChannel } from '../../shared/schedules/wake-channel.ts';
import { createMatchingCache } from '../../shared/subscriptions/matching-cache.ts';
import { createReceiveEventsHandler } from '../receive-events.ts';
import { clock, deadLetters, jobs, log, processId, storage, subscriptions, telemetry } from './parts.ts';

/** The handler of queue `events`. */
export async function receiveEventsHandler() {
  const inbox = createInboxTable((await storage()).table('inbox'));
  const { listMatching } = await subscriptions();
  return createReceiveEventsHandler(
    createReceiveEvents({
      subscriptionsOf: createMatchingCache(listMatching, await clock()),
      writeEvents: createInboxWriter({ inbox, clock: await clock(), processId }),
      wakeChannel: createWakeChannel(await jobs(), await clock()),
      deadLetters: await deadLetters(),
      log,
      telemetry: await telemetry(),
    }),
  );
}
