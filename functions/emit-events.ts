/** `POST /api/events`: the product's events over HTTP, onto the queue they would else have been put on. */
import type { HttpHandler } from '@azure/functions';
import { EventsTooLargeError } from '../shared/events/emit-errors.ts';
import type { QueueEvents } from '../shared/events/events-queue.ts';
import { MAX_REQUEST_BYTES, readHttpEvents } from '../shared/events/http-events.ts';
import { jsonAnswer } from '../shared/platform/json-answer.ts';

/** Handles events: 202 once all of them are on the queue, else none counts. */
export function createEmitEventsHandler(queueEvents: QueueEvents): HttpHandler {
  return async (request, context) => {
    if (Number(request.headers.get('content-length') ?? 0) > MAX_REQUEST_BYTES) throw new EventsTooLargeError();
    const events = readHttpEvents(request.headers, await request.text());
    await queueEvents(events);
    context.info('events taken by HTTP', { events: events.length });
    return jsonAnswer(202, { accepted: events.length });
  };
}
