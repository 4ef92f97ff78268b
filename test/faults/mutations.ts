/** The protocol's rules, each broken in the product's code, and the test that must turn red for it. */

/** One place in one file: `from` must stand there exactly once. */
export interface Patch {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** A rule broken. `title` is the full title of a test in `test`. */
export interface Mutation {
  readonly rule: number;
  readonly breaks: string;
  readonly patches: readonly Patch[];
  readonly test: string;
  readonly title: string;
}

const DEATHS = 'test/faults/deaths.faults.ts';
const dying = (scenario: string, fault: string) =>
  `${scenario} loses and repeats nothing, whichever call goes wrong: ${fault}`;

/** In order of the rules. */
export const MUTATIONS: readonly Mutation[] = [
  {
    rule: 1,
    breaks: 'wakes before the page is written',
    patches: [
      {
        file: 'shared/events/receive-events.ts',
        from: '    await writeEvents(id, urgency, events);\n    const channel = { account, subscriptionId: id };\n',
        to: `    const channel = { account, subscriptionId: id };
    await wakeChannel(channel, 'look');
    await writeEvents(id, urgency, events);\n`,
      },
    ],
    test: 'test/integration/events/receive-events.test.ts',
    title: 'receiving wakes only after the page is stored, and not at all when it is not',
  },
  {
    rule: 2,
    breaks: 'starts again what a due job had served',
    patches: [
      {
        file: 'shared/digests/next-step.ts',
        from: 'return due !== undefined && due.at > served;',
        to: 'return due !== undefined && due.at >= served;',
      },
    ],
    test: 'test/unit/digests/next-step.test.ts',
    title: 'the next step a due job seen again starts nothing',
  },
  {
    rule: 3,
    breaks: 'moves the due row before the job',
    patches: [
      {
        file: 'shared/schedules/dispatch-due.ts',
        from: '    const next = nextRows(rows, now);\n',
        to: `    const next = nextRows(rows, now);
    for (const partition of byPartition([...next.values()])) await due.insertAll(partition);
    for (const partition of byPartition(rows)) await due.deleteAll(partition);\n`,
      },
    ],
    test: DEATHS,
    title: dying('a tick moves three due rows, one of a pause that ends, one of an older revision', 'before'),
  },
  {
    rule: 4,
    breaks: 'starts a digest for a job of an older revision',
    patches: [
      {
        file: 'shared/digests/next-step.ts',
        from: 'return latest(unserved.filter((due) => due.revision === revision))?.at;',
        to: 'return latest(unserved.filter((due) => due.revision <= revision))?.at;',
      },
    ],
    test: 'test/unit/digests/next-step.test.ts',
    title: 'the next step a due job of an older revision starts nothing',
  },
  {
    rule: 5,
    breaks: 'relies on a hidden job that is about to show',
    patches: [
      {
        file: 'shared/schedules/wake-channel.ts',
        from: 'last.showsAt - now >= RELIABLE_MS',
        to: 'last.showsAt - now >= 0 && last.showsAt > last.putAt',
      },
    ],
    test: 'test/unit/schedules/wake-channel.test.ts',
    title: 'waking a channel puts a job anew when the hidden one is about to show',
  },
  {
    rule: 6,
    breaks: 'leaves no word when the lease is held',
    patches: [
      {
        file: 'shared/digests/next-step.ts',
        from: 'return { ...head, again: true, asked: due === undefined && !now ? undefined : { due, now } };',
        to: 'return head;',
      },
    ],
    test: 'test/unit/digests/next-step.test.ts',
    title: 'leaving word keeps the latest due time, and a wish to send now',
  },
  {
    rule: 7,
    breaks: 'takes over at the very end of a lease',
    patches: [
      {
        file: 'shared/digests/next-step.ts',
        from: 'realNow < head.lease.ends + takeoverMs)',
        to: 'realNow < head.lease.ends)',
      },
    ],
    test: 'test/unit/digests/next-step.test.ts',
    title: 'the next step a lease that ended less than 30 s ago is held',
  },
  {
    rule: 7,
    breaks: 'posts with the lease about to end',
    patches: [
      {
        file: 'shared/delivery/turn.ts',
        from: 'clock.elapsed() - prolongedAt <= times.leaseMs - times.marginMs',
        to: 'true',
      },
    ],
    test: 'test/integration/delivery/slow-storage.test.ts',
    title:
      'a worker whose writes take minutes posts with a minute of lease left: after a longer lease when the first was slow',
  },
  {
    rule: 8,
    breaks: 'does not look back for pages that land late',
    patches: [
      {
        file: 'shared/delivery/start-digest.ts',
        from: 'firstKeyAt(stored.head.openFrom - LATE_WRITE_MS * clock.rate())',
        to: 'firstKeyAt(stored.head.openFrom)',
      },
    ],
    test: 'test/integration/promises/repeats.test.ts',
    title: 'a page whose write lands nine minutes late is in the next digest of a daily channel',
  },
  {
    rule: 8,
    breaks: 'takes over a freeze with what came since',
    patches: [
      {
        file: 'shared/delivery/resume-digest.ts',
        from: 'to: lastKeyOf(digest, clock.rate()), ',
        to: '',
      },
    ],
    test: 'test/integration/promises/clocks.test.ts',
    title:
      'a freeze that is taken over a day later leaves what came since to the next digest, so that it is known again for a day',
  },
  {
    rule: 8,
    breaks: 'signs the links of a retry with another key',
    patches: [
      {
        file: 'shared/identity/signed-token.ts',
        from: 'const key = then ?? keys.current();',
        to: 'const key = keys.current();',
      },
    ],
    test: 'test/integration/promises/repeats.test.ts',
    title:
      'a digest that goes out again is the same bytes, whatever its owner, the signing key and the clock did since',
  },
  {
    rule: 9,
    breaks: 'shows again what was shown',
    patches: [
      {
        file: 'shared/digests/claim-pages.ts',
        from: 'if (stamp !== undefined && time - stamp <= SAME_EVENT_MS) return false;',
        to: '',
      },
    ],
    test: 'test/integration/promises/repeats.test.ts',
    title: 'an event that comes again in a message that is delivered five times is shown once to a channel told daily',
  },
  {
    rule: 9,
    breaks: 'counts what a returned digest would have shown',
    patches: [
      {
        file: 'shared/digests/claim-pages.ts',
        from: "if (record.state === 'returned' || record.lastPage === undefined) continue;",
        to: 'if (record.lastPage === undefined) continue;',
      },
    ],
    test: 'test/integration/promises/repeats.test.ts',
    title:
      'a digest that goes out again that was returned after a 404 comes in the next one, every event of it, with what came since',
  },
  {
    rule: 10,
    breaks: 'posts before the record is read by a takeover',
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
    test: DEATHS,
    title: 'a digest whose process died after its record is taken over goes well when nothing goes wrong',
  },
  {
    rule: 10,
    breaks: 'records the attempt after the head is free',
    patches: [
      {
        file: 'shared/delivery/deliver.ts',
        from: '    record = await noteAttempt(deps, { subscription, content, record, digest, outcome, verdict });\n',
        to: `    if (verdict.next === 'settled') await freeChannel(deps, turn, subscription, {});
    record = await noteAttempt(deps, { subscription, content, record, digest, outcome, verdict });\n`,
      },
    ],
    test: DEATHS,
    title: dying('a digest is frozen, posted and recorded', 'before'),
  },
  {
    rule: 11,
    breaks: 'releases the channel without the jobs for what is left',
    patches: [
      {
        file: 'shared/delivery/turn.ts',
        from: '        await before(stored.head); // from the put, each time: what was left meanwhile needs its job too (rule 11)\n',
        to: '',
      },
    ],
    test: DEATHS,
    title: 'a first attempt fails and has to wait goes well when nothing goes wrong',
  },
  {
    rule: 12,
    breaks: 'does not end the wait when the webhook was changed',
    patches: [
      {
        file: 'shared/digests/next-step.ts',
        from: "    case 'changed':\n    case 'probe':\n      return { do: 'resume' };",
        to: "    case 'probe':\n      return { do: 'resume' };",
      },
    ],
    test: 'test/unit/digests/next-step.test.ts',
    title: 'the next step a change of webhook ends a wait',
  },
  {
    rule: 13,
    breaks: 'relies on a hidden job as if all clocks were one',
    patches: [
      {
        file: 'shared/delivery/leave-word.ts',
        from: 'const RELIABLE_MS = 61_000;',
        to: 'const RELIABLE_MS = 1_000;',
      },
    ],
    test: 'test/integration/promises/clocks.test.ts',
    title: 'a process whose clock is a minute behind does not rely on a hidden job that has been and gone',
  },
  {
    rule: 14,
    breaks: 'forgets that returned pages are open',
    patches: [
      {
        file: 'shared/delivery/return-digest.ts',
        from: "await turn.write((head) => ({ ...withDigest(head, { state: 'returning' }), openFrom }));",
        to: "await turn.write((head) => withDigest(head, { state: 'returning' }));",
      },
    ],
    test: 'test/integration/promises/repeats.test.ts',
    title:
      'a digest that goes out again that was returned after a 404 comes in the next one, every event of it, with what came since',
  },
  {
    rule: 15,
    breaks: 'tells a paused channel',
    patches: [
      {
        file: 'shared/digests/next-step.ts',
        from: "    case 'paused':\n      return true;",
        to: "    case 'paused':\n      return false;",
      },
    ],
    test: 'test/unit/digests/next-step.test.ts',
    title: 'the next step a paused channel sleeps',
  },
  {
    rule: 15,
    breaks: 'wakes nobody for what waited during a pause',
    patches: [
      {
        file: 'shared/subscriptions/resume-subscription.ts',
        from: '    await wakeOnceCachesKnow(deps.jobs, channel);\n',
        to: '',
      },
      {
        file: 'shared/subscriptions/resume-subscription.ts',
        from: '    await wakeNow(deps.jobs, channel);\n',
        to: '',
      },
    ],
    test: DEATHS,
    title: 'an owner resumes a channel goes well when nothing goes wrong',
  },
  {
    rule: 18,
    breaks: 'clears what stands under a tombstone before every cache knows of it',
    patches: [
      {
        file: 'shared/delivery/reconcile.ts',
        from: '    if (age <= CACHES_KNOW_MS * clock.rate()) return;\n',
        to: '',
      },
    ],
    test: 'test/integration/delivery/reconcile.test.ts',
    title: 'reconcile clears what stands under a tombstone, later than every cache, and the tombstone after 31 days',
  },
  {
    rule: 19,
    breaks: 'gives a webhook to a second subscription',
    patches: [
      {
        file: 'shared/subscriptions/webhooks-table.ts',
        from: "if (!isOwn && !(await isLeftOver(known, identity))) return 'taken';",
        to: '',
      },
    ],
    test: 'test/integration/connect/webhooks-table.test.ts',
    title: 'gives a webhook to the first subscription and refuses the second',
  },
  {
    rule: 20,
    breaks: 'does not know its own write of a head',
    patches: [
      {
        file: 'shared/digests/head-table.ts',
        from: 'return { done: stored.nonce === nonce, stored };',
        to: 'return { done: false, stored };',
      },
    ],
    test: 'test/integration/delivery/traps.test.ts',
    title: 'the traps the SDK’s own retry meets our own write: nothing is lost, nothing repeated',
  },
  {
    rule: 20,
    breaks: 'believes a conflict with its own write of a row',
    patches: [
      {
        file: 'shared/platform/table-rows.ts',
        from: 'return row?.nonce === nonce ? { done: true, etag: row.etag } : { done: false, row };',
        to: 'return { done: false, row };',
      },
    ],
    test: 'test/integration/delivery/traps.test.ts',
    title: 'the traps the SDK’s own retry meets our own write: nothing is lost, nothing repeated',
  },
];
