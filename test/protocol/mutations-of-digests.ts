/** The rules by which events become digests and go out once, each taken out: lease, freezing, identity, sending, returning. */
import type { Mutation } from './mutation.ts';

/** In order of the rules. */
export const DIGESTS: readonly Mutation[] = [
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
