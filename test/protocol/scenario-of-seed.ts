/** Scenarios that a seed gives: any schedule, clocks, events, wishes of the owner and things that go wrong, together. */

import type { Schedule } from '../../shared/schedules/schedule.ts';
import { type Chances, createChances } from '../faults/random.ts';
import type { Edit } from './edits.ts';
import { type Happening, type Scenario, START } from './scenario.ts';
import { ONE_PAGE_AT_ONCE, ONE_POST_A_SECOND } from './smaller.ts';

const HOURLY = { every: 'hour', minute: 0, timeZone: 'UTC' } as const;
const DAILY = { every: 'day', at: '09:00', timeZone: 'UTC' } as const;
const SCHEDULES: readonly [Schedule, ...Schedule[]] = [{ every: 'now' }, HOURLY, DAILY];
/** Seconds ahead of the true time: no two further apart than clocks may be. */
const SKEWS = [0, 0, 30, 60] as const;
const EVENTS = ['a', 'b', 'c', 'd', 'a!', 'e!'] as const;
const MINUTE = 60_000;

/** The scenario of a seed. */
export function scenarioOfSeed(seed: number): Scenario {
  const chances = createChances(seed);
  const happenings = happeningsOf(chances);
  return {
    title: `the scenario of seed ${seed}`,
    subscription: {
      schedule: chances.pick(SCHEDULES),
      urgentSeverity: chances.pick(['critical', null]),
      whenEmpty: chances.pick(['skip', 'skip', 'say']),
    },
    smaller: chances.pick([[], [ONE_PAGE_AT_ONCE], [ONE_POST_A_SECOND], [ONE_PAGE_AT_ONCE, ONE_POST_A_SECOND]]),
    messages: several(chances, 1, 3, messageOf),
    happenings,
    receivers: several(chances, 1, 2, skewOf),
    senders: [skewOf(chances), skewOf(chances)],
    dispatchers: several(chances, 1, 2, skewOf),
    ticks: 6,
    endsAfterHours: 400,
    mostJobs: 40,
    mayDrop: happenings.some((one) => one.do === 'pause' && one.pause.arriving === 'drop'),
    faults: {
      crash: chances.below(3),
      lost: chances.below(3),
      twice: chances.below(2),
      slow: chances.below(3),
      again: chances.below(3),
      refusal: chances.below(4),
      gone: chances.below(2),
      unclear: chances.below(2),
      late: chances.below(2),
      missed: chances.below(2),
    },
  };
}

function several<T>(chances: Chances, least: number, most: number, make: (chances: Chances) => T): T[] {
  return Array.from({ length: least + chances.below(most - least + 1) }, () => make(chances));
}

const skewOf = (chances: Chances): number => chances.pick(SKEWS);

/** One to three events, no name twice. */
function messageOf(chances: Chances): string {
  return [...new Set(several(chances, 1, 3, () => chances.pick(EVENTS)))].join(' ');
}

/** Events and wishes in turn; in one of six the subscription is removed at last, and the net clears what it leaves. */
function happeningsOf(chances: Chances): Happening[] {
  let minute = 0;
  const happenings = several(chances, 0, 7, (): Happening => {
    minute += chances.pick([0, 0, 0, 5, 30, 59]);
    const what =
      chances.below(2) === 0 ? ({ do: 'emit', names: messageOf(chances) } as const) : wishOf(chances, minute);
    return minute === 0 ? what : { ...what, atMinute: minute };
  });
  if (chances.below(6) > 0) return happenings;
  return [...happenings, { do: 'remove' }, { do: 'reconcile', laterByMinutes: 20 }];
}

function wishOf(chances: Chances, minute: number): Edit {
  const arriving = chances.pick<'keep' | 'drop'>(['keep', 'keep', 'drop']);
  const until = START + (minute + 1 + chances.below(90)) * MINUTE;
  return chances.pick<Edit>([
    { do: 'send-now' },
    { do: 'resume' },
    { do: 'resume' },
    { do: 'pause', pause: { arriving } },
    { do: 'pause', pause: { arriving, until } },
    { do: 'edit', choices: { schedule: chances.pick(SCHEDULES) } },
    { do: 'edit', choices: { urgentSeverity: chances.pick(['critical', null]) } },
  ]);
}
