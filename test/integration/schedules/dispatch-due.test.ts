import { systemClock } from '../../../shared/platform/clock.ts';
import type { DigestJob } from '../../../shared/schedules/digest-job.ts';
import { createDispatchDue } from '../../../shared/schedules/dispatch-due.ts';
import { type DueRow, spreadMs } from '../../../shared/schedules/due-row.ts';
import { createDueTable, type DueTable } from '../../../shared/schedules/due-table.ts';
import { freshStorage } from '../../world/storage.ts';

const NINE = Date.parse('2026-11-23T09:00:00Z');
const DAY = 24 * 3_600_000;

function aRow(change: Partial<DueRow> = {}): DueRow {
  const duty = { is: 'schedule', schedule: { every: 'day', at: '09:00', timeZone: 'UTC' } } as const;
  return { account: 'acme', subscriptionId: 'sub_1', dueAt: NINE, revision: 1, duty, ...change };
}

async function aDispatcher({ now = NINE, rate = 1, failAfter = Number.POSITIVE_INFINITY } = {}) {
  const due = createDueTable((await freshStorage()).table('due'));
  const jobs: DigestJob[] = [];
  const hidden: number[] = [];
  const digests = {
    async put(job: DigestJob, hiddenForMs = 0) {
      if (jobs.length >= failAfter) throw new Error('storage');
      jobs.push(job);
      hidden.push(hiddenForMs);
    },
  };
  const clock = { ...systemClock, now: () => now, rate: () => rate };
  return {
    due,
    jobs,
    hidden,
    dispatch: createDispatchDue({ due, digests, clock }),
    dispatchAt: (at: number) => createDispatchDue({ due, digests, clock: { ...clock, now: () => at } })(),
  };
}

async function rowsIn(due: DueTable): Promise<[string, number, number][]> {
  const rows: [string, number, number][] = [];
  for await (const { subscriptionId, dueAt, revision } of due.listAll()) rows.push([subscriptionId, dueAt, revision]);
  return rows.sort();
}

describe('a tick', () => {
  it('spreads the jobs of one minute over that minute, and leaves their due times exact', async () => {
    const { due, jobs, hidden, dispatch } = await aDispatcher();
    const ids = Array.from({ length: 200 }, (_, n) => `sub_${n}`);
    await Promise.all(ids.map((subscriptionId) => due.put(aRow({ subscriptionId }))));

    await dispatch();

    const tenths = new Set(hidden.map((ms) => Math.floor(ms / 6_000)));
    expect(tenths).toEqual(new Set(Array.from({ length: 10 }, (_, tenth) => tenth)));
    expect(Math.max(...hidden)).toBeLessThan(60_000);
    expect(jobs.every((job) => job.why === 'due' && job.dueAt === NINE && job.nextDueAt === NINE + DAY)).toBe(true);
  });

  it('gives a subscription the same part of the minute each day, and adds nothing to a tick that is late', async () => {
    const { due, hidden, dispatch, dispatchAt } = await aDispatcher();
    await due.put(aRow());

    await dispatch();
    await dispatchAt(NINE + DAY);
    await dispatchAt(NINE + 2 * DAY + 60_000);

    expect(hidden).toEqual([spreadMs('sub_1'), spreadMs('sub_1'), 0]);
  });

  it('hides by the clock that queues have, where the wall clock goes faster', async () => {
    const { due, hidden, dispatchAt } = await aDispatcher({ rate: 60 });
    await due.put(aRow());

    await dispatchAt(NINE);

    expect(hidden).toEqual([spreadMs('sub_1') / 60]);
  });

  it('does not make probes and the ends of pauses wait', async () => {
    const { due, hidden, dispatch } = await aDispatcher();
    await due.put(aRow({ duty: { is: 'pause-over', at: NINE } }));
    await due.put(aRow({ subscriptionId: 'sub_2', duty: { is: 'probe', since: NINE - DAY, at: NINE } }));

    await dispatch();

    expect(hidden).toEqual([0, 0]);
  });

  it('puts a job for a due row and moves the row to its next time', async () => {
    const { due, jobs, dispatch } = await aDispatcher();
    await due.put(aRow());

    const { rows } = await dispatch();

    expect(rows).toBe(1);
    expect(jobs).toMatchObject([
      { why: 'due', account: 'acme', subscriptionId: 'sub_1', dueAt: NINE, revision: 1, nextDueAt: NINE + DAY },
    ]);
    expect(await rowsIn(due)).toEqual([['sub_1', NINE + DAY, 1]]);
  });

  it('leaves alone what is due a minute later', async () => {
    const { due, jobs, dispatch } = await aDispatcher({ now: NINE - 1 });
    await due.put(aRow());

    await dispatch();

    expect(jobs).toEqual([]);
    expect(await rowsIn(due)).toEqual([['sub_1', NINE, 1]]);
  });

  it('makes one job of a week of outage', async () => {
    const { due, jobs, dispatch } = await aDispatcher({ now: NINE + 7 * DAY + 1 });
    await due.put(aRow());

    await dispatch();

    expect(jobs).toHaveLength(1);
    expect(await rowsIn(due)).toEqual([['sub_1', NINE + 8 * DAY, 1]]);
  });

  it('moves many of one minute, more than fit a transaction', async () => {
    const { due, jobs, dispatch } = await aDispatcher();
    const ids = Array.from({ length: 1_700 }, (_, n) => `sub_${n}`);
    await Promise.all(ids.map((subscriptionId) => due.put(aRow({ subscriptionId }))));

    await dispatch();

    expect(new Set(jobs.map(({ subscriptionId }) => subscriptionId))).toEqual(new Set(ids));
    expect(jobs).toHaveLength(1_700);
    expect((await rowsIn(due)).every(([, dueAt]) => dueAt === NINE + DAY)).toBe(true);
  });

  it('done twice at once leaves one row for each channel', async () => {
    const { due, jobs, dispatch } = await aDispatcher();
    for (let n = 0; n < 20; n++) await due.put(aRow({ subscriptionId: `sub_${n}` }));

    await Promise.all([dispatch(), dispatch()]);

    expect((await rowsIn(due)).map(([id, dueAt]) => [id, dueAt])).toEqual(
      Array.from({ length: 20 }, (_, n) => [`sub_${n}`, NINE + DAY]).sort(),
    );
    expect(new Set(jobs.map(({ subscriptionId }) => subscriptionId)).size).toBe(20);
  });

  it('that stopped at its jobs is made up for by the next one', async () => {
    const { due, dispatch, dispatchAt } = await aDispatcher({ failAfter: 3 });
    for (let n = 0; n < 6; n++) await due.put(aRow({ subscriptionId: `sub_${n}` }));

    await expect(dispatch()).rejects.toThrow('storage');
    const left = await rowsIn(due);
    await expect(dispatchAt(NINE + 60_000)).rejects.toThrow('storage');

    expect(left.map(([, dueAt]) => dueAt).filter((dueAt) => dueAt === NINE).length).toBeGreaterThanOrEqual(3);
  });

  it('does not write over the row of an edit that came meanwhile', async () => {
    const { due, dispatch } = await aDispatcher();
    await due.put(aRow({ revision: 1 }));
    await due.put(aRow({ revision: 2 }));

    await dispatch();

    expect(await rowsIn(due)).toEqual([
      ['sub_1', NINE + DAY, 1],
      ['sub_1', NINE + DAY, 2],
    ]);
  });

  it('makes one of two rows that are due together, after one stopped half-way and an outage', async () => {
    const { due, jobs, dispatch } = await aDispatcher();
    await due.put(aRow({ dueAt: NINE - DAY }));
    await due.put(aRow());

    await dispatch();

    expect(jobs).toMatchObject([{ nextDueAt: NINE + DAY }, { nextDueAt: NINE + DAY }]);
    expect(await rowsIn(due)).toEqual([['sub_1', NINE + DAY, 1]]);
  });

  it('ends a pause once', async () => {
    const { due, jobs, dispatch } = await aDispatcher();
    await due.put(aRow({ duty: { is: 'pause-over', at: NINE - 30_000 } }));

    await dispatch();

    expect(jobs).toMatchObject([{ why: 'pause-over' }]);
    expect(await rowsIn(due)).toEqual([]);
  });
});
