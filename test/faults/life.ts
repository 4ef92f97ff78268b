/** Time goes on: ticks when rows are due, messages when they show, the net once an hour where it is asked for. */
import type { Handle } from './host.ts';
import type { Process, System } from './system.ts';

const HOUR = 3_600_000;

/** How life goes on. */
export interface Life {
  readonly until: number | string;
  /** Runs `reconcile` on every hour that passes. */
  readonly net?: 'hourly' | undefined;
  /** Who handles a message; default: the one worker. */
  readonly handle?: Handle;
  /** Before each message or tick. */
  readonly between?: () => Promise<void>;
}

/** Lets one worker do all there is until an instant of the wall clock. */
export async function liveOn(system: System, worker: Process, life: Life): Promise<void> {
  const { clock, host } = system;
  const end = typeof life.until === 'number' ? life.until : Date.parse(life.until);
  let nextNet = Math.floor(clock.now() / HOUR + 1) * HOUR;
  for (let steps = 0; clock.now() < end; steps++) {
    if (steps > 2_000) throw new Error('jobs put each other without end');
    const due = (await nextDueMinute(system)) - clock.now();
    const shows = (host.nextShowsAt() - clock.elapsed()) * clock.rate();
    const net = life.net === undefined ? Number.POSITIVE_INFINITY : nextNet - clock.now();
    const wait = Math.min(due, shows, net, end - clock.now());
    if (wait > 0) clock.advance(Math.max(1, wait / clock.rate()));
    await life.between?.();
    if (due <= wait) await worker.dispatch();
    if (net <= wait) {
      await worker.reconcile();
      nextNet += HOUR;
    }
    await handleShown(system, life.handle ?? worker.handle);
  }
}

/** Handles every message that shows, and what that puts at once. */
export async function handleShown({ host }: Pick<System, 'host'>, handle: Handle): Promise<void> {
  for (let handled = 0; ; handled++) {
    const message = host.shown();
    if (message === undefined) return;
    if (handled > 500) throw new Error('jobs put each other without end');
    await host.run(message, handle);
  }
}

async function nextDueMinute({ due, clock }: System): Promise<number> {
  let next = Number.POSITIVE_INFINITY;
  for await (const { dueAt } of due.listAll()) next = Math.min(next, dueAt);
  return Math.max(next, clock.now());
}
