/** Timers follow a wall clock that can be set. */
import { parseNcrontab } from '../../../infra/local/functions-host/ncrontab.ts';
import { startTimerListener } from '../../../infra/local/functions-host/timer-listener.ts';
import type { TimerStatus } from '../../../infra/local/functions-host/timer-status.ts';

const fn = { metadata: { name: 'nightly', bindings: {} }, callback: () => {} };
const at = (text: string) => Date.parse(text);

/** A timer at three every night on a clock that stands still until it is set. */
function startNightly({ rate = 1, failing = false } = {}) {
  const clock = { time: at('2026-11-21T12:00:00Z'), now: () => clock.time, rate: () => rate };
  const fired: number[] = [];
  const written: TimerStatus[] = [];
  let wake = () => {};
  const listener = startTimerListener({
    fn,
    schedule: parseNcrontab('0 0 3 * * *'),
    runOnStartup: false,
    lock: { hold: async () => true, release: async () => {} },
    lockMs: 15_000,
    statuses: {
      read: async () => undefined,
      write: async (status) => {
        written.push(status);
        wake();
      },
    },
    clock,
    invoke: async () => {
      fired.push(clock.time);
      if (failing) throw new Error('it failed');
      return {};
    },
    log: { write: () => {} },
  });
  const untilWritten = (count: number) =>
    new Promise<void>((resolve) => {
      wake = () => written.length >= count && resolve();
      wake();
    });
  return { clock, fired, written, untilWritten, listener };
}

it('writes down at start when it will fire first', async () => {
  const { written, untilWritten, listener } = startNightly();

  await untilWritten(1);
  await listener.stop();

  expect(written).toEqual([
    { last: undefined, next: at('2026-11-22T03:00:00Z'), lastUpdated: at('2026-11-21T12:00:00Z') },
  ]);
});

it.each([
  ['to the very instant', '2026-11-22T03:00:00Z', '2026-11-23T03:00:00Z'],
  ['past several occurrences, of which it makes up for none', '2026-11-25T12:00:00Z', '2026-11-26T03:00:00Z'],
])('fires once when the clock is set %s', async (_, time, next) => {
  const { clock, fired, written, untilWritten, listener } = startNightly();

  await untilWritten(1);
  clock.time = at(time);
  await untilWritten(2);
  await listener.stop();

  expect(fired).toEqual([at(time)]);
  expect(written[1]).toMatchObject({ last: at(time), next: at(next) });
});

it('keeps to its schedule when the function fails', async () => {
  const { clock, fired, untilWritten, listener } = startNightly({ failing: true });

  await untilWritten(1);
  clock.time = at('2026-11-22T03:00:00Z');
  await untilWritten(2);
  clock.time = at('2026-11-23T03:00:00Z');
  await untilWritten(3);
  await listener.stop();

  expect(fired).toEqual([at('2026-11-22T03:00:00Z'), at('2026-11-23T03:00:00Z')]);
});
