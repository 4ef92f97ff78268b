/**
 * The connector's own actions on a card: pause, snooze, another schedule; each can be undone from the card that is shown anew.
 * `own:pause:0` is the first pause from a card, `own:pause:0:undo` takes it back, `own:pause:1` is the next: each is given once.
 */
import { z } from 'zod';
import type { Messages } from '../cards/messages/messages.ts';
import type { EventAction } from '../events/event.ts';
import { type Schedule, scheduleSchema } from '../schedules/schedule.ts';
import { startOfDay } from '../schedules/start-of-day.ts';
import { type Subscription, stateSchema } from '../subscriptions/subscription.ts';
import type { Inputs } from './act.ts';
import { inputFault } from './errors.ts';

/** What the connector offers on every card. */
export const OWN_KINDS = ['pause', 'snooze', 'schedule'] as const;
export type OwnKind = (typeof OWN_KINDS)[number];

/** One of them, as an action's id names it. */
export interface OwnAction {
  readonly kind: OwnKind;
  readonly turn: number;
  readonly undo: boolean;
}

/** What becomes of the subscription, what it was before, and which revision was seen. */
export const ownChangeSchema = z.object({
  to: z.object({ state: stateSchema.optional(), schedule: scheduleSchema.optional() }),
  before: z.object({ state: stateSchema, schedule: scheduleSchema }),
  revision: z.int(),
});
export type OwnChange = z.infer<typeof ownChangeSchema>;

const ID = /^own:(pause|snooze|schedule):(\d{1,4})(:undo)?$/;
const SCHEDULES = ['now', 'hour', 'weekdays', 'day', 'week'] as const;
const NINE = '09:00';

/** The id of an action. */
export function ownActionId({ kind, turn, undo }: OwnAction): string {
  return `own:${kind}:${turn}${undo ? ':undo' : ''}`;
}

/** The action in an id; undefined when it is none. */
export function parseOwnAction(id: string): OwnAction | undefined {
  const [, kind, turn, undo] = ID.exec(id) ?? [];
  const known = OWN_KINDS.find((each) => each === kind);
  return known === undefined ? undefined : { kind: known, turn: Number(turn), undo: undo !== undefined };
}

/** What a card offers next, given what was done from it: for each kind the undoing of what stands, else the next turn. */
export function ownActionsAfter(done: readonly string[]): OwnAction[] {
  return OWN_KINDS.map((kind) => {
    let turn = 0;
    while (done.includes(ownActionId({ kind, turn, undo: false }))) {
      if (!done.includes(ownActionId({ kind, turn, undo: true }))) return { kind, turn, undo: true };
      turn += 1;
    }
    return { kind, turn, undo: false };
  });
}

/** The action as people see it: its title, and what it asks. */
export function describeOwnAction({ kind, undo, turn }: OwnAction, { own }: Messages): EventAction {
  const id = ownActionId({ kind, turn, undo });
  if (undo) return { id, title: own.undo(own.title[kind]) };
  switch (kind) {
    case 'pause':
      return { id, title: own.title.pause };
    case 'snooze':
      return { id, title: own.title.snooze, inputs: [{ id: 'until', type: 'date', title: own.until, required: true }] };
    case 'schedule': {
      const choices = SCHEDULES.map((value) => ({ display: own.schedules[value], value }));
      return {
        id,
        title: own.title.schedule,
        inputs: [{ id: 'schedule', type: 'choice', title: own.when, required: true, choices }],
      };
    }
    default:
      return kind satisfies never;
  }
}

/** What the subscription shall become. `undone`: the change that an undoing takes back. @throws InvalidInputsError for a day that has begun. */
export function ownChangeOf(
  { kind, undo }: OwnAction,
  { subscription, inputs, now, timeZone, undone }: OwnRequest,
): OwnChange {
  const { state, schedule, revision } = subscription;
  const before = { state, schedule };
  const change = (to: OwnChange['to']): OwnChange => ({ to, before, revision });
  if (undo) {
    const was = undone?.before ?? before;
    return change(kind === 'schedule' ? { schedule: was.schedule } : { state: was.state });
  }
  switch (kind) {
    case 'pause':
      return change({ state: { is: 'paused', arriving: 'keep' } });
    case 'snooze': {
      const until = startOfDay(String(inputs['until']), zoneOf(schedule, timeZone));
      if (until <= now) throw inputFault({ is: 'past-day' });
      return change({ state: { is: 'paused', arriving: 'keep', until } });
    }
    case 'schedule':
      return change({ schedule: scheduleFor(String(inputs['schedule']), schedule, timeZone) });
    default:
      return kind satisfies never;
  }
}

/** What a change is made from. `timeZone`: the digest's, where the schedule has none. */
export interface OwnRequest {
  readonly subscription: Pick<Subscription, 'state' | 'schedule' | 'revision'>;
  readonly inputs: Inputs;
  readonly now: number;
  readonly timeZone: string;
  readonly undone?: OwnChange | undefined;
}

/** The time of day stays as it was chosen, where there was one. */
function scheduleFor(choice: string, before: Schedule, fallback: string): Schedule {
  const timeZone = zoneOf(before, fallback);
  const at = 'at' in before ? before.at : NINE;
  switch (SCHEDULES.find((each) => each === choice)) {
    case 'now':
      return { every: 'now' };
    case 'hour':
      return { every: 'hour', minute: 0, timeZone };
    case 'day':
      return { every: 'day', at, timeZone };
    case 'week':
      return { every: 'week', day: 'mon', at, timeZone };
    default:
      return { every: 'day', days: ['mon', 'tue', 'wed', 'thu', 'fri'], at, timeZone };
  }
}

function zoneOf(schedule: Schedule, fallback: string): string {
  return schedule.every === 'now' ? fallback : schedule.timeZone;
}
