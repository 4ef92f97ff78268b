/** Messages of every queue with a trigger, through the triggers' own handlers. */
import type { InvocationContext } from '@azure/functions';
import fc from 'fast-check';
import { createPoisonHandler } from '../../../functions/poison.ts';
import { createReceiveEventsHandler } from '../../../functions/receive-events.ts';
import { createSendDigestHandler } from '../../../functions/send-digest.ts';
import { parseMessage } from '../../../shared/events/parse-events.ts';
import { unwrapReturned } from '../../../shared/events/poison.ts';
import { createReceiveEvents } from '../../../shared/events/receive-events.ts';
import { createPutBack } from '../../../shared/events/return-poison.ts';
import { silentLog } from '../../../shared/platform/log.ts';
import { silentTelemetry } from '../../../shared/platform/telemetry/telemetry.ts';
import { digestJob } from '../../../shared/schedules/digest-job.ts';
import { json, nearly, nearlyText, text } from '../inputs.ts';
import { must, type Target } from '../target.ts';
import { EVENT } from './right.ts';

const channel = { account: 'acme', subscriptionId: 'sub_a' };
const JOBS = [
  digestJob(channel, { why: 'look' }),
  digestJob(channel, { why: 'retry', digestId: 'sub_a_1', attempt: 2 }),
  digestJob(channel, { why: 'due', dueAt: 1_795_424_400_000, revision: 3 }),
] as const;
const body = fc.oneof(
  nearly(EVENT, [EVENT, EVENT], ...JOBS),
  json,
  nearlyText(JSON.stringify(EVENT), base64(EVENT)),
  text,
);
const RETURNED = { returned: 1, id: 'message', insertedAt: 1_795_424_400_000, message: [EVENT, EVENT] };

function base64(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64');
}

/** The target. */
export const queueMessages: Target = {
  name: 'queue-messages',
  inputs: fc.record({
    queue: fc.constantFrom('events', 'digests', 'events-poison'),
    body: fc.oneof(
      { weight: 4, arbitrary: body },
      { weight: 1, arbitrary: nearly(RETURNED, { ...RETURNED, returned: 27 }) },
    ),
    insertionTime: fc.oneof(fc.constant('2026-11-21T09:00:00Z'), json),
  }),
  async run(input) {
    const { queue, body, insertionTime } = input as { queue: string; body: unknown; insertionTime: unknown };
    const done: string[] = [];
    const note = (what: string) => async () => void done.push(what);
    const deadLetters = {
      async put({ reason }: { readonly reason: string }) {
        must(reason.trim() !== '', 'a dead letter without a reason');
        done.push('buried');
      },
    };
    const shared = { deadLetters, telemetry: silentTelemetry };
    const context = {
      triggerMetadata: { id: 'message', insertionTime },
      invocationId: 'invocation',
      ...{ info() {}, warn() {}, error() {} },
    } as unknown as InvocationContext;
    const handlers: Record<string, (body: unknown, context: InvocationContext) => unknown> = {
      events: createReceiveEventsHandler(
        createReceiveEvents({
          ...shared,
          subscriptionsOf: async (account) => [
            { ...CHOICES, id: 'sub_a', account, urgentSeverity: 'critical', immediate: true, dropping: false },
            { ...CHOICES, id: 'sub_b', account, urgentSeverity: null, immediate: false, dropping: true },
          ],
          writeEvents: note('stored'),
          noteDropped: note('dropped'),
          wakeChannel: note('woken'),
          log: silentLog,
        }),
      ),
      digests: createSendDigestHandler({
        ...shared,
        send: note('sent'),
        welcome: note('welcomed'),
        notice: note('noticed'),
        quiet: note('kept'),
        resend: note('sent again'),
      }),
      'events-poison': createPoisonHandler(
        'events',
        createPutBack({
          ...shared,
          name: 'events',
          queue: { sendMessage: async () => void done.push('put back') as never },
        }),
      ),
    };
    await handlers[queue]?.(body, context);
    must(done.length > 0 || isEmptyList(body), 'a message of which nothing became');
    return `${queue}: ${[...new Set(done)].sort().join(', ')}`;
  },
};

const CHOICES = { topics: [], scopes: [], minSeverity: 'info' } as const;

/** A message of no events is one, and nothing has to become of it. */
function isEmptyList(body: unknown): boolean {
  const { events, faults } = parseMessage(unwrapReturned({ body, id: '', insertedAt: 0 }).body);
  return events.length + faults.length === 0;
}
