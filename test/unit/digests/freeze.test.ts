import type { CurrentDigest } from '../../../shared/digests/digest.ts';
import { served, wishesTaken } from '../../../shared/digests/freeze.ts';
import { type Head, NEW_HEAD } from '../../../shared/digests/head.ts';

const digest: CurrentDigest = {
  sequence: 70,
  state: 'freezing',
  urgency: 'ordinary',
  frozenAt: 60,
  from: '',
  count: 1,
  dueAt: 50,
  attempt: 0,
  card: { style: 'normal', budgetBytes: 1 },
  locale: 'en',
  timeZone: 'UTC',
};
const asked = { due: { at: 50, revision: 1 }, now: true };
const head: Head = { ...NEW_HEAD, again: true, asked, openFrom: 10 };

describe('a freeze', () => {
  it('takes the wishes there are as it begins', () => {
    expect(wishesTaken(head, digest)).toMatchObject({ again: false, asked: undefined });
  });

  it('that is urgent leaves them to an ordinary one', () => {
    expect(wishesTaken(head, { urgency: 'urgent' })).toMatchObject({ again: false, asked });
  });

  it('keeps those that come before it ends', () => {
    const begun = wishesTaken(NEW_HEAD, digest);

    const ended = served({ ...begun, again: true, asked }, digest);

    expect(ended).toMatchObject({ again: true, asked, servedDueAt: 50, openFrom: 60, nextSequence: 71 });
  });

  it('never serves an earlier due time than was served', () => {
    expect(served({ ...NEW_HEAD, servedDueAt: 55 }, digest).servedDueAt).toBe(55);
  });

  it('that is urgent moves neither the due time served nor what is open', () => {
    expect(served(head, { ...digest, urgency: 'urgent' })).toMatchObject({ openFrom: 10, nextSequence: 71, asked });
  });
});
