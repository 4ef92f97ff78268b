/** An event that is in no inbox yet: on a queue, in its poison twin, or a dead letter. */
import type { StoredDeadLetter } from '../../events/dead-letter.ts';
import type { DeadLettersTable } from '../../events/dead-letters-table.ts';
import type { Event } from '../../events/event.ts';
import { parseMessage } from '../../events/parse-events.ts';
import { type QueuedMessage, unwrapReturned } from '../../events/poison.ts';
import type { Finding } from './finding.ts';

/** What names an event. */
export interface EventName {
  readonly source: string;
  readonly id: string;
}

/** What a queue shows without taking anything; `hidden`: how many messages it holds that cannot be looked at. */
export interface Peeked {
  readonly messages: readonly QueuedMessage[];
  readonly hidden: number;
}

/** Where to look. */
export interface OutsideDeps {
  readonly deadLetters: Pick<DeadLettersTable, 'list'>;
  readonly peek: (queue: 'events' | 'events-poison') => Promise<Peeked>;
}

/** What was found. `event` is there where one of the places has it whole. */
export interface Outside {
  readonly findings: readonly Finding[];
  readonly event: Event | undefined;
  readonly hidden: number;
}

/** Looks at both queues and all dead letters. */
export async function findOutside({ deadLetters, peek }: OutsideDeps, name: EventName): Promise<Outside> {
  const findings: Finding[] = [];
  let event: Event | undefined;
  let hidden = 0;
  for (const queue of ['events', 'events-poison'] as const) {
    const peeked = await peek(queue);
    hidden += peeked.hidden;
    for (const message of peeked.messages.map(unwrapReturned)) {
      const held = eventIn(message.body, name);
      if (held === 'no') continue;
      findings.push({ why: queue === 'events' ? 'on-queue' : 'in-poison', at: message.insertedAt });
      if (held !== 'in part') event ??= held;
    }
  }
  for await (const letter of deadLetters.list()) {
    const held = eventIn(letter.payload, name);
    if (held === 'no') continue;
    findings.push(ofLetter(letter));
    if (held !== 'in part') event ??= held;
  }
  return { findings, event, hidden };
}

function ofLetter({ id, because, reason, insertedAt }: StoredDeadLetter): Finding {
  return { why: 'dead-letter', at: insertedAt, reason, letter: { id, because: because ?? 'unknown' } };
}

/** The event in a message; `in part` where it is there and cannot be read as one. */
function eventIn(body: unknown, name: EventName): Event | 'in part' | 'no' {
  const { events, faults } = parseMessage(body);
  const whole = events.find(({ source, id }) => source === name.source && id === name.id);
  if (whole !== undefined) return whole;
  return faults.some(({ payload }) => names(payload, name)) ? 'in part' : 'no';
}

/** Text that is no JSON is looked through for both words. */
function names(payload: string, { source, id }: EventName): boolean {
  try {
    const json: unknown = JSON.parse(payload);
    return (Array.isArray(json) ? json : [json]).some(
      (item: unknown) =>
        typeof item === 'object' &&
        item !== null &&
        Reflect.get(item, 'source') === source &&
        Reflect.get(item, 'id') === id,
    );
  } catch {
    return payload.includes(source) && payload.includes(id);
  }
}
