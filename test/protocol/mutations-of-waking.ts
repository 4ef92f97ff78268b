/** The rules by which whatever waits is woken, each taken out: pages, jobs, due rows, words that are left. */
import type { Mutation } from './mutation.ts';
import { ONE_POST_A_SECOND } from './smaller.ts';

const DAILY = { schedule: { every: 'day', at: '09:00', timeZone: 'UTC' } } as const;

/** In order of the rules. */
export const WAKING: readonly Mutation[] = [
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
];
