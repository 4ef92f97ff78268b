/** The protocol with a rule taken out: one change of the product's code each, and a scenario in which that must show. */
import type { Bad } from './bad-states.ts';
import type { Patch } from './product.ts';
import type { Scenario } from './scenario.ts';
import { ONE_POST_A_SECOND } from './smaller.ts';

/** A rule taken out. */
export interface Mutation {
  readonly rule: number;
  /** What the code no longer does. */
  readonly without: string;
  readonly patches: readonly Patch[];
  readonly scenario: Omit<Scenario, 'title'>;
  /** The bad states that may come of it. */
  readonly shows: readonly Bad['name'][];
}

const DAILY = { schedule: { every: 'day', at: '09:00', timeZone: 'UTC' } } as const;

/** In order of the rules. */
export const MUTATIONS: readonly Mutation[] = [
  {
    rule: 1,
    without: 'the page before the wake',
    patches: [
      {
        file: 'shared/events/receive-events.ts',
        from: '    await writeEvents(id, urgency, events);\n    const channel = { account, subscriptionId: id };\n',
        to: `    const channel = { account, subscriptionId: id };
    await wakeChannel(channel, 'look');
    await writeEvents(id, urgency, events);
    if (urgency !== 'urgent') return;\n`,
      },
    ],
    scenario: { messages: ['a'], senders: [0] },
    shows: ['stuck'],
  },
  {
    rule: 2,
    without: 'resuming by a job whose due time was served',
    patches: [
      {
        file: 'shared/digests/next-step.ts',
        from: "  if (!waits) return { do: 'resume' };",
        to: "  if (!waits) return job.why === 'due' ? { do: 'end' } : { do: 'resume' };",
      },
    ],
    scenario: { messages: ['a'], senders: [0], subscription: DAILY, ticks: 1, faults: { crash: 1 } },
    shows: ['stuck'],
  },
  {
    rule: 2,
    without: 'looking again where nothing was open',
    patches: [
      {
        file: 'shared/delivery/start-digest.ts',
        from: "return (await deps.heads.read(subscription.id)).etag === stored.etag ? 'done' : 'refused';",
        to: "return 'done';",
      },
    ],
    scenario: { messages: ['a'], senders: [0, 0], switches: 1, faults: { slow: 1, late: 1 } },
    shows: ['stuck'],
  },
  {
    rule: 3,
    without: 'the job before its row goes',
    patches: [
      {
        file: 'shared/schedules/dispatch-due.ts',
        from: '    const next = nextRows(rows, now);\n',
        to: '    const next = nextRows(rows, now);\n    for (const partition of byPartition(rows)) await due.deleteAll(partition);\n',
      },
    ],
    scenario: { messages: ['a'], senders: [0], subscription: DAILY, ticks: 2, faults: { crash: 1 } },
    shows: ['stuck', 'due rows', 'late'],
  },
  {
    rule: 5,
    without: 'relying only on hidden jobs that are still to show',
    patches: [
      {
        file: 'shared/schedules/wake-channel.ts',
        from: 'last.showsAt - now >= RELIABLE_MS',
        to: 'now - last.putAt < APART_MS',
      },
    ],
    scenario: { messages: ['a', 'b'], senders: [0] },
    shows: ['stuck'],
  },
  {
    rule: 6,
    without: 'coming back when the lease was held',
    patches: [
      {
        file: 'shared/delivery/send-digest.ts',
        from: 'return hideJob(deps, { job, subscription, stored, until: next.until });',
        to: "return 'done';",
      },
    ],
    scenario: { messages: ['a', 'b'], senders: [0, 0], switches: 0, faults: { slow: 1 } },
    shows: ['stuck'],
  },
  {
    rule: 7,
    without: 'time to post left on the lease',
    patches: [
      {
        file: 'shared/delivery/turn.ts',
        from: 'clock.elapsed() - prolongedAt <= times.leaseMs - times.marginMs',
        to: 'true',
      },
    ],
    scenario: { messages: ['a'], senders: [0, 0], switches: 1, faults: { slow: 1, twice: 1 } },
    shows: ['two POSTs'],
  },
  {
    rule: 8,
    without: 'looking back for pages that land late',
    patches: [
      {
        file: 'shared/delivery/start-digest.ts',
        from: 'firstKeyAt(stored.head.openFrom - LATE_WRITE_MS * clock.rate())',
        to: 'firstKeyAt(stored.head.openFrom)',
      },
    ],
    scenario: {
      messages: ['a'],
      receivers: [0, 0],
      senders: [0],
      switches: 0,
      faults: { slow: 1 },
      happenings: [{ do: 'emit', names: 'b' }],
    },
    shows: ['stuck'],
  },
  {
    rule: 9,
    without: 'leaving out what was shown',
    patches: [
      {
        file: 'shared/digests/claim-pages.ts',
        from: 'if (stamp !== undefined && time - stamp <= SAME_EVENT_MS) return false;',
        to: '',
      },
    ],
    scenario: { messages: ['a'], senders: [0], faults: { again: 1 } },
    shows: ['shown twice'],
  },
  {
    rule: 10,
    without: 'reading the record before a takeover posts',
    patches: [
      {
        file: 'shared/delivery/resume-digest.ts',
        from: 'const record = await deps.digests.read(subscription.id, frozen.sequence);',
        to: 'const record = undefined as Awaited<ReturnType<typeof deps.digests.read>>;',
      },
      {
        file: 'shared/delivery/after-crash.ts',
        from: 'if (record !== undefined && isOut(record.record))',
        to: 'if (false)',
      },
    ],
    scenario: { messages: ['a'], senders: [0], faults: { crash: 1 } },
    shows: ['shown twice'],
  },
  {
    rule: 11,
    without: 'the jobs for what is left before the release',
    patches: [
      {
        file: 'shared/delivery/turn.ts',
        from: `      do {
        await before(stored.head); // from the put, each time: what was left meanwhile needs its job too (rule 11)
      } while (!(await writeOnce({ ...next(stored.head), lease: undefined }, [])));`,
        to: `      let left = stored.head;
      while (!(await writeOnce({ ...next(left), lease: undefined }, []))) left = stored.head;
      await before(left);`,
      },
    ],
    scenario: { messages: ['a'], senders: [0], faults: { refusal: 4, crash: 1 } },
    shows: ['stuck'],
  },
  {
    rule: 12,
    without: 'the word of a job that meets a digest which waits',
    patches: [
      {
        file: 'shared/delivery/send-digest.ts',
        from: 'return leaveWord(deps, { job, subscription, stored });',
        to: "return 'done';",
      },
    ],
    scenario: {
      messages: ['a'],
      senders: [0],
      subscription: DAILY,
      ticks: 1,
      faults: { refusal: 1 },
      happenings: [
        { do: 'emit', names: 'b', atMinute: 60 },
        { do: 'send-now', atMinute: 60 },
      ],
    },
    shows: ['late'],
  },
  {
    rule: 13,
    without: 'the minute that clocks may differ by',
    patches: [
      {
        file: 'shared/delivery/leave-word.ts',
        from: 'const RELIABLE_MS = 61_000;',
        to: 'const RELIABLE_MS = 1_000;',
      },
    ],
    scenario: {
      messages: ['a'],
      smaller: [ONE_POST_A_SECOND],
      senders: [0, -60],
      switches: 0,
      faults: { refusal: 1 },
      happenings: [{ do: 'emit', names: 'b' }],
    },
    shows: ['stuck'],
  },
  {
    rule: 14,
    without: 'the mark that a digest was returned',
    patches: [
      {
        file: 'shared/digests/claim-pages.ts',
        from: "if (record.state === 'returned' || record.lastPage === undefined) continue;",
        to: 'if (record.lastPage === undefined) continue;',
      },
    ],
    scenario: { messages: ['a'], senders: [0], ticks: 1, endsAfterHours: 30, faults: { gone: 1 } },
    shows: ['lost'],
  },
];
