import { type NotedState, withAttempt } from '../../../shared/delivery/with-attempt.ts';
import type { Attempt, DigestRecord } from '../../../shared/digests/digest.ts';

const record = (state: NotedState, ...attempts: Attempt[]): DigestRecord => ({
  sequence: 1,
  state,
  urgency: 'ordinary',
  frozenAt: 0,
  count: 1,
  attempts,
  locale: 'en',
  timeZone: 'UTC',
});
const attempt = (number: number, outcome: Attempt['outcome']): Attempt => ({ attempt: number, at: 0, outcome });

describe('a record', () => {
  it.each<[NotedState, NotedState, NotedState]>([
    ['frozen', 'frozen', 'frozen'],
    ['frozen', 'returned', 'returned'],
    ['frozen', 'delivered', 'delivered'],
    ['returned', 'frozen', 'returned'],
    ['returned', 'delivered', 'delivered'],
    ['delivered', 'frozen', 'delivered'],
    ['delivered', 'returned', 'delivered'],
    ['accepted', 'returned', 'accepted'],
  ])('that says %s, and is to say %s by a worker that may be late, says %s', (before, state, after) => {
    expect(withAttempt(record(before), { attempt: undefined, state }).state).toBe(after);
  });

  it('keeps attempts in order', () => {
    const later = withAttempt(record('frozen', attempt(2, 'failed')), {
      attempt: attempt(1, 'failed'),
      state: 'frozen',
    });

    expect(later.attempts.map(({ attempt: number }) => number)).toEqual([1, 2]);
  });

  it('learns what became of an attempt that nobody knew of, and does not unlearn it', () => {
    const unknown = record('frozen', attempt(1, 'unclear'));

    const known = withAttempt(unknown, { attempt: attempt(1, 'failed'), state: 'frozen' });
    const again = withAttempt(known, { attempt: attempt(1, 'unclear'), state: 'frozen' });

    expect(known.attempts).toEqual([attempt(1, 'failed')]);
    expect(again.attempts).toEqual([attempt(1, 'failed')]);
  });
});
