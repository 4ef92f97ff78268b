/** Scenarios that are searched to their end: two messages, two senders, one crash between any two calls of anybody. */
import type { Scenario } from './scenario.ts';

const CRASH = { crash: 1 } as const;
const DAILY = {
  subscription: { schedule: { every: 'day', at: '09:00', timeZone: 'UTC' } },
  ticks: 2,
  endsAfterHours: 80,
} as const;
const SECOND = { do: 'emit', names: 'b' } as const;

/** In `npm test`: clocks a minute apart, both messages waiting at the start, or the second one just before the due minute. */
export const COMPLETE: readonly Scenario[] = [
  { title: 'an immediate channel, two messages at the start', messages: ['a', 'b'], senders: [0, 60], faults: CRASH },
  {
    title: 'a daily channel, the second message at any time from a minute before it is due',
    ...DAILY,
    messages: ['a'],
    happenings: [{ ...SECOND, atMinute: 59 }],
    senders: [0, 60],
    faults: CRASH,
  },
];

/** Who can be a minute ahead of whom: of clocks at most 60 s apart, these are the ends. Senders are alike, and so is another start. */
const CLOCKS = [
  { receivers: [0], senders: [0, 0] },
  { receivers: [0], senders: [0, 60] },
  { receivers: [0], senders: [60, 60] },
  { receivers: [60], senders: [0, 0] },
  { receivers: [60], senders: [0, 60] },
] as const;

/** In the long tests: every pair of clocks, the second message at any time. */
export const COMPLETE_AT_LENGTH: readonly Scenario[] = CLOCKS.flatMap(({ receivers, senders }) => {
  const clocks = `clocks ${[...receivers, ...senders].join(', ')}`;
  const both = { receivers, senders, faults: CRASH };
  return [
    { title: `an immediate channel, ${clocks}`, messages: ['a'], happenings: [SECOND], ...both },
    ...[0, 60].map((dispatcher) => ({
      title: `a daily channel, ${clocks}, the timer's ${dispatcher}`,
      ...DAILY,
      messages: ['a'],
      happenings: [SECOND],
      dispatchers: [dispatcher],
      ...both,
    })),
  ];
});
