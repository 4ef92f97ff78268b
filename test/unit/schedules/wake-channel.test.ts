import type { DigestJob } from '../../../shared/schedules/digest-job.ts';
import { createWakeChannel } from '../../../shared/schedules/wake-channel.ts';

const channel = { account: 'acme', subscriptionId: 'sub_1' };

function aWaker({ failing = false } = {}) {
  const puts: [DigestJob['why'], number][] = [];
  const clock = { at: 0, elapsed: () => clock.at };
  const jobs = {
    fails: failing,
    async put({ why }: DigestJob, hiddenForMs = 0) {
      if (jobs.fails) throw new Error('storage');
      puts.push([why, hiddenForMs]);
    },
  };
  return { puts, clock, jobs, wake: createWakeChannel(jobs, clock) };
}

describe('waking a channel', () => {
  it.each<[string, number[], [string, number][]]>([
    ['at once for the first', [0], [['look', 0]]],
    [
      'hidden for one soon after',
      [0, 4_999],
      [
        ['look', 0],
        ['look', 5_000],
      ],
    ],
    [
      'at once again after five seconds',
      [0, 5_000],
      [
        ['look', 0],
        ['look', 0],
      ],
    ],
    [
      'not at all while a hidden one is a second from showing',
      [0, 1_000, 2_000, 5_000],
      [
        ['look', 0],
        ['look', 5_000],
      ],
    ],
    [
      'anew when the hidden one is about to show',
      [0, 1_000, 5_001],
      [
        ['look', 0],
        ['look', 5_000],
        ['look', 5_000],
      ],
    ],
  ])('puts a job %s', async (_, times, expected) => {
    const { puts, clock, wake } = aWaker();

    for (const at of times) {
      clock.at = at;
      await wake(channel, 'look');
    }

    expect(puts).toEqual(expected);
  });

  it('wakes for an urgent event whatever an ordinary one did', async () => {
    const { puts, wake } = aWaker();

    await wake(channel, 'look');
    await wake(channel, 'urgent');

    expect(puts).toEqual([
      ['look', 0],
      ['urgent', 0],
    ]);
  });

  it('relies on no job that could not be put', async () => {
    const { puts, jobs, wake } = aWaker({ failing: true });

    await expect(wake(channel, 'look')).rejects.toThrow('storage');
    jobs.fails = false;
    await wake(channel, 'look');

    expect(puts).toEqual([['look', 0]]);
  });

  it('counts from before the put, so that a slow one is not relied on', async () => {
    const { puts, clock, jobs, wake } = aWaker();
    await wake(channel, 'look');
    const put = jobs.put;
    jobs.put = async (job, hiddenForMs) => {
      await put(job, hiddenForMs);
      clock.at += 4_500;
    };

    await wake(channel, 'look'); // hidden, counted from 0, done at 4.5 s
    await wake(channel, 'look');

    expect(puts).toEqual([
      ['look', 0],
      ['look', 5_000],
      ['look', 5_000],
    ]);
  });
});
