/** Two processes of the operating system on one storage and one webhook, with a queue and a true time that the test holds. */
import { type ChildProcess, fork } from 'node:child_process';
import { randomFrom } from '../../../../infra/local/microsoft365/webhooks/faults.ts';
import { createInboxTable } from '../../../../shared/events/inbox-table.ts';
import { packEvent } from '../../../../shared/events/pack-event.ts';
import { pageKey } from '../../../../shared/events/page.ts';
import type { Storage } from '../../../../shared/platform/storage-client.ts';
import { type DigestJob, digestJob } from '../../../../shared/schedules/digest-job.ts';
import { anEvent } from '../../../world/make.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './in-worker.ts';

/** The true time, which the webhook counts by too. */
export interface TrueTime {
  now: number;
}

interface Waiting {
  readonly job: DigestJob;
  showsAt: number;
}

/** Forks a process; `handle` gives it a job and resolves when it is done. */
async function startWorker(settings: WorkerSettings, put: (job: DigestJob, hiddenForMs: number) => void) {
  const child: ChildProcess = fork(new URL('worker.ts', `file://${__dirname}/`), [JSON.stringify(settings)], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = new Map<number, (how: FromWorker) => void>();
  let jobs = 0;
  const say = (message: ToWorker) => child.send(message);
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`a process ended with ${code}`)));
    child.on('message', (message: FromWorker) => {
      if (message.is === 'ready') return resolve();
      if (message.is !== 'put') return ended.get(message.id)?.(message);
      put(message.job, message.hiddenForMs);
      say({ is: 'kept', id: message.id });
    });
  });
  return {
    async handle(job: DigestJob, time: number): Promise<'done' | 'failed'> {
      jobs += 1;
      const id = jobs;
      const how = await new Promise<FromWorker>((resolve) => {
        ended.set(id, resolve);
        say({ is: 'job', id, job, time });
      });
      ended.delete(id);
      return how.is === 'done' ? 'done' : 'failed';
    },
    stop: () => child.kill(),
  };
}

/** A run: how long, in true time, with which clocks, and whom it is for. */
export interface PacingRun {
  readonly storage: Storage;
  readonly settings: Omit<WorkerSettings, 'skewMs'>;
  readonly skewsMs: readonly [number, number];
  readonly channels: readonly { readonly account: string; readonly id: string }[];
  readonly time: TrueTime;
  readonly lastsMs: number;
  readonly seed: number;
}

/** Lets bursts of events come at random, each with its job, and gives every job that shows to one process or the other, or both. */
export async function runTwoProcesses(run: PacingRun): Promise<void> {
  const { time, settings, skewsMs, channels } = run;
  const chance = randomFrom(run.seed);
  const waiting: Waiting[] = [];
  const put = (job: DigestJob, hiddenForMs: number) => void waiting.push({ job, showsAt: time.now + hiddenForMs });
  const workers = await Promise.all(skewsMs.map((skewMs) => startWorker({ ...settings, skewMs }, put)));
  const inbox = createInboxTable(run.storage.table('inbox'));
  const end = time.now + run.lastsMs;
  let pages = 0;

  async function event(): Promise<void> {
    for (const { account, id } of channels) {
      pages += 1;
      await inbox.insertPage(id, pageKey(time.now, 'test', pages), 'ordinary', [packEvent(anEvent())]);
      put(digestJob({ account, subscriptionId: id }, { why: 'look' }), 0);
    }
  }

  /** Mostly the same process for a while, as a host that is not busy; sometimes the other, sometimes both at once. */
  let turn = 0;
  async function handleShown(): Promise<void> {
    const shown = waiting.filter(({ showsAt }) => showsAt <= time.now);
    if (shown.length === 0) return;
    for (const each of shown) waiting.splice(waiting.indexOf(each), 1);
    if (chance() < 0.2) turn = 1 - turn;
    const both = chance() < 0.2;
    await Promise.all(
      shown.map(async ({ job }, index) => {
        const worker = workers[both ? index % 2 : turn];
        if ((await worker?.handle(job, time.now)) === 'failed') put(job, 30_000);
      }),
    );
  }

  try {
    let nextEventAt = time.now;
    let left = 0;
    while (time.now < end) {
      if (nextEventAt <= time.now) {
        await event();
        left = left > 0 ? left - 1 : 5 + Math.floor(chance() * 25);
        nextEventAt = time.now + (left > 0 ? chance() * 400 : chance() * 10 * 60_000);
      }
      await handleShown();
      const next = Math.min(nextEventAt, ...waiting.map(({ showsAt }) => showsAt));
      time.now = Math.ceil(Math.max(time.now + 1, next));
    }
  } finally {
    for (const worker of workers) worker.stop();
  }
}
