import type { CurrentDigest } from '../../../shared/digests/digest.ts';
import { type Head, NEW_HEAD } from '../../../shared/digests/head.ts';
import { nextStep, type Situation, withWord } from '../../../shared/digests/next-step.ts';
import { digestJob, type JobReason } from '../../../shared/schedules/digest-job.ts';

const NOW = Date.parse('2026-11-23T09:00:00Z');
const daily = { every: 'day', at: '09:00', timeZone: 'UTC' } as const;
const disabled = { is: 'disabled', reason: 'gone', since: 0, probes: 0, nextProbe: 0 } as const;

const waiting: CurrentDigest = {
  sequence: 1,
  state: 'frozen',
  urgency: 'ordinary',
  frozenAt: NOW - 300_000,
  from: '0',
  count: 1,
  attempt: 1,
  attemptedAt: NOW - 90_000,
  nextAttemptAt: NOW + 60_000,
  card: { style: 'normal', budgetBytes: 18_000 },
  locale: 'en',
  timeZone: 'UTC',
};

function step(reason: JobReason, head: Partial<Head> = {}, subscription: Partial<Situation['subscription']> = {}) {
  return nextStep({
    job: digestJob({ account: 'acme', subscriptionId: 'sub_1' }, reason),
    head: { ...NEW_HEAD, ...head },
    subscription: { state: { is: 'active' }, schedule: daily, revision: 1, urgentSeverity: null, ...subscription },
    now: NOW,
    realNow: NOW,
    takeoverMs: 30_000,
  });
}

const due: JobReason = { why: 'due', dueAt: NOW, revision: 1 };
const look: JobReason = { why: 'look' };
const start = { do: 'start', urgency: 'ordinary' };

describe('the next step', () => {
  it.each<[string, JobReason, Partial<Head>, Partial<Situation['subscription']>, object]>([
    ['a due job starts', due, {}, {}, { ...start, dueAt: NOW }],
    ['a due job seen again starts nothing', due, { servedDueAt: NOW }, {}, { do: 'end' }],
    ['a due job of an older revision starts nothing', due, {}, { revision: 2 }, { do: 'end' }],
    ['a look at a scheduled channel starts nothing', look, {}, {}, { do: 'end' }],
    [
      'a look at a channel with urgent events starts those',
      look,
      {},
      { urgentSeverity: 'error' },
      { do: 'start', urgency: 'urgent' },
    ],
    ['a look at an immediate channel starts', look, {}, { schedule: { every: 'now' } }, start],
    [
      'a look starts what was asked for',
      look,
      { asked: { due: { at: NOW, revision: 1 }, now: false } },
      {},
      { ...start, dueAt: NOW },
    ],
    [
      'a look starts nothing for a due time of an older revision',
      look,
      { asked: { due: { at: NOW, revision: 1 }, now: false } },
      { revision: 2 },
      { do: 'end' },
    ],
    ['send-now starts', { why: 'send-now' }, { servedDueAt: NOW }, {}, { ...start, dueAt: undefined, asked: true }],
    ['a paused channel sleeps', due, {}, { state: { is: 'paused', arriving: 'keep' } }, { do: 'end' }],
    ['a disabled channel sleeps', due, {}, { state: disabled }, { do: 'end' }],
    ['a probe wakes a disabled channel', { why: 'probe', dueAt: NOW, revision: 1 }, {}, { state: disabled }, start],
    [
      'a held lease is left alone',
      due,
      { lease: { nonce: 'n', ends: NOW + 1 } },
      {},
      { do: 'yield', until: NOW + 30_001 },
    ],
    [
      'a lease that ended less than 30 s ago is held',
      due,
      { lease: { nonce: 'n', ends: NOW - 29_999 } },
      {},
      { do: 'yield', until: NOW + 1 },
    ],
    ['a lease that ended 30 s ago is not', due, { lease: { nonce: 'n', ends: NOW - 30_000 } }, {}, start],
    ['a waiting digest lets a due job leave word', due, { digest: waiting }, {}, { do: 'remember' }],
    [
      'a waiting digest resumes for an urgent event',
      { why: 'urgent' },
      { digest: waiting },
      { urgentSeverity: 'error' },
      { do: 'resume' },
    ],
    [
      'but not twice a minute',
      { why: 'urgent' },
      { digest: { ...waiting, attemptedAt: NOW - 59_999 } },
      {},
      { do: 'remember' },
    ],
    ['a change of webhook ends a wait', { why: 'changed' }, { digest: waiting }, {}, { do: 'resume' }],
    [
      'its retry comes early by another clock and hides',
      { why: 'retry', digestId: 'd', attempt: 2 },
      { digest: waiting },
      {},
      { do: 'hide', until: NOW + 60_000 },
    ],
    [
      'a retry of an attempt long made leaves word',
      { why: 'retry', digestId: 'd', attempt: 1 },
      { digest: waiting },
      {},
      { do: 'remember' },
    ],
    [
      'its retry comes in time',
      { why: 'retry', digestId: 'd', attempt: 2 },
      { digest: { ...waiting, nextAttemptAt: NOW } },
      {},
      { do: 'resume' },
    ],
    [
      'a retry that finds its digest gone starts nothing',
      { why: 'retry', digestId: 'd', attempt: 2 },
      {},
      {},
      { do: 'end' },
    ],
    [
      'what a crash left is resumed by any job',
      look,
      { digest: { ...waiting, state: 'sending', nextAttemptAt: undefined } },
      {},
      { do: 'resume' },
    ],
    [
      'a return goes on even while paused',
      look,
      { digest: { ...waiting, state: 'returning' } },
      { state: { is: 'paused', arriving: 'keep' } },
      { do: 'resume' },
    ],
    [
      'a digest unfinished at a pause waits for its end',
      look,
      { digest: { ...waiting, state: 'sending' } },
      { state: { is: 'paused', arriving: 'keep' } },
      { do: 'end' },
    ],
  ])('%s', (_, reason, head, subscription, expected) => {
    expect(step(reason, head, subscription)).toMatchObject(expected);
  });
});

describe('leaving word', () => {
  it.each<[string, Partial<Head>]>([
    ['was served', { servedDueAt: 20 }],
    ['the digest in hand serves', { digest: { ...waiting, dueAt: 20 } }],
  ])('keeps no due time that %s', (_, head) => {
    const job = digestJob({ account: 'acme', subscriptionId: 'sub_1' }, { why: 'due', dueAt: 20, revision: 1 });

    expect(withWord({ ...NEW_HEAD, ...head }, job, 1)).toMatchObject({ again: true, asked: undefined });
  });

  it('keeps the latest due time, and a wish to send now', () => {
    const job = (reason: JobReason) => digestJob({ account: 'acme', subscriptionId: 'sub_1' }, reason);

    const once = withWord(NEW_HEAD, job({ why: 'due', dueAt: 20, revision: 1 }), 1);
    const earlier = withWord(once, job({ why: 'due', dueAt: 10, revision: 1 }), 1);
    const both = withWord(earlier, job({ why: 'send-now' }), 1);

    expect(both).toMatchObject({ again: true, asked: { due: { at: 20, revision: 1 }, now: true } });
  });

  it('forgets a due time of an older revision: by a clock that was ahead it could be the later one', () => {
    const job = (dueAt: number, revision: number) =>
      digestJob({ account: 'acme', subscriptionId: 'sub_1' }, { why: 'due', dueAt, revision });
    const older = withWord(NEW_HEAD, job(20, 1), 1);

    expect(withWord(older, job(20, 2), 2).asked?.due).toEqual({ at: 20, revision: 2 });
    expect(withWord(older, job(30, 1), 2).asked).toBeUndefined();
  });
});
