/** What the form holds while somebody edits it, and how it becomes choices that can be saved. */
import type { Schedule, Weekday } from '../../shared/schedules/schedule.ts';
import type { Severity } from '../../shared/subscriptions/severity.ts';
import type { Choices } from '../../shared/subscriptions/subscription.ts';

/** When to tell, with every field at hand, so that changing one's mind loses nothing. */
export interface Timing {
  readonly every: Schedule['every'];
  readonly minute: number;
  readonly at: string;
  readonly days: readonly Weekday[];
  readonly day: Weekday;
  readonly monthDay: number | 'last';
  readonly timeZone: string;
}

/** The form. `everything` stands for no choice of topics, which is kept beside it. */
export interface Draft {
  readonly everything: boolean;
  readonly topics: readonly string[];
  readonly scopes: readonly string[];
  readonly minSeverity: Severity;
  readonly urgentSeverity: Severity | null;
  readonly locale: string;
  readonly timing: Timing;
  readonly whenEmpty: Choices['whenEmpty'];
  readonly requireIdentity: boolean;
  /** The channel that is told when this one stops working. */
  readonly noticeTo: string | null;
}

/** Monday first, as the API has them. */
export const WEEKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const WORKDAYS: readonly Weekday[] = WEEKDAYS.slice(0, 5);

/** What can be wrong with a form. */
export type Fault = 'topics' | 'at' | 'days' | 'minute' | 'zone';

/** The form for a new channel. */
export function newDraft(of: { recommended: readonly string[]; locale: string; timeZone: string }): Draft {
  return {
    everything: of.recommended.length === 0,
    topics: of.recommended,
    scopes: [],
    minSeverity: 'info',
    urgentSeverity: 'critical',
    locale: of.locale,
    timing: timingOf({ every: 'day', days: [...WORKDAYS], at: '09:00', timeZone: of.timeZone }, of.timeZone),
    whenEmpty: 'skip',
    requireIdentity: false,
    noticeTo: null,
  };
}

/** The form of what is saved. */
export function draftOf(choices: Choices, browserZone: string): Draft {
  const { topics, scopes, minSeverity, urgentSeverity, locale, schedule, whenEmpty, requireIdentity, noticeTo } =
    choices;
  return {
    everything: topics.length === 0,
    topics,
    scopes,
    minSeverity,
    urgentSeverity,
    locale,
    timing: timingOf(schedule, browserZone),
    whenEmpty,
    requireIdentity,
    noticeTo: noticeTo ?? null,
  };
}

/** What the form says, as the API takes it. */
export function choicesOf({ everything, timing, ...draft }: Draft): Choices {
  return {
    ...draft,
    topics: everything ? [] : [...draft.topics],
    scopes: [...draft.scopes],
    schedule: scheduleOf(timing),
  };
}

/** What keeps the form from being saved, first things first. */
export function faultsOf({ everything, topics, timing }: Draft, isZone: (name: string) => boolean): Fault[] {
  const { every, at, days, minute, timeZone } = timing;
  const faults: (Fault | false)[] = [
    !everything && topics.length === 0 && 'topics',
    every !== 'now' && every !== 'hour' && !/^([01]\d|2[0-3]):[0-5]\d$/.test(at) && 'at',
    every === 'day' && days.length === 0 && 'days',
    every === 'hour' && !(Number.isInteger(minute) && minute >= 0 && minute <= 59) && 'minute',
    every !== 'now' && !isZone(timeZone) && 'zone',
  ];
  return faults.filter((fault) => fault !== false);
}

function scheduleOf({ every, minute, at, days, day, monthDay, timeZone }: Timing): Schedule {
  switch (every) {
    case 'now':
      return { every };
    case 'hour':
      return { every, minute, timeZone };
    case 'day': {
      const chosen = WEEKDAYS.filter((one) => days.includes(one));
      return chosen.length === WEEKDAYS.length ? { every, at, timeZone } : { every, at, days: chosen, timeZone };
    }
    case 'week':
      return { every, day, at, timeZone };
    case 'month':
      return { every, day: monthDay, at, timeZone };
  }
}

function timingOf(schedule: Schedule, browserZone: string): Timing {
  const rest: Timing = {
    every: schedule.every,
    minute: 0,
    at: '09:00',
    days: WORKDAYS,
    day: 'mon',
    monthDay: 1,
    timeZone: browserZone,
  };
  switch (schedule.every) {
    case 'now':
      return rest;
    case 'hour':
      return { ...rest, ...schedule };
    case 'day':
      return { ...rest, ...schedule, days: schedule.days ?? WEEKDAYS };
    case 'week':
      return { ...rest, ...schedule };
    case 'month':
      return { ...rest, every: 'month', at: schedule.at, timeZone: schedule.timeZone, monthDay: schedule.day };
  }
}
