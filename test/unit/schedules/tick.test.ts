/** The minute's timer: due rows first, and every fifth minute a look at the app's health, which the alert reads. */
import { InvocationContext, type Timer } from '@azure/functions';
import { createDispatchDueHandler } from '../../../functions/dispatch-due.ts';
import type { Health } from '../../../shared/platform/health.ts';
import { silentTelemetry } from '../../../shared/platform/telemetry/telemetry.ts';

const health = (ok: boolean): Health => ({ status: ok ? 'ok' : 'failing', at: '', checks: { vault: { ok, ms: 1 } } });

const SCHEDULED = { scheduleStatus: { last: '', next: '', lastUpdated: '' } };

async function tick(minute: number, ok: boolean, timer: object = SCHEDULED) {
  const said: unknown[][] = [];
  const done: string[] = [];
  const handler = createDispatchDueHandler({
    dispatch: async () => {
      done.push('dispatched');
      return { rows: 0, lateMs: 0 };
    },
    telemetry: silentTelemetry,
    health: async () => {
      done.push('looked');
      return health(ok);
    },
    minute: () => minute,
  });
  const context = new InvocationContext({ logHandler: (level, ...entry) => said.push([level, ...entry]) });
  await handler(timer as Timer, context);
  return { said, done };
}

it.each([
  [0, ['dispatched', 'looked']],
  [4, ['dispatched']],
  [55, ['dispatched', 'looked']],
])('at minute %i does %j', async (minute, does) => {
  const { done } = await tick(minute, true);

  expect(done).toEqual(does);
});

it('only moves due rows when somebody runs it by hand', async () => {
  const { done } = await tick(0, true, {});

  expect(done).toEqual(['dispatched']);
});

it.each([
  [true, []],
  [false, [['warn', 'health is failing', { failing: 'vault' }]]],
])('well: %s, says %j', async (ok, says) => {
  const { said } = await tick(5, ok);

  expect(said.map(([level, ...entry]) => [String(level).toLowerCase().replace('warning', 'warn'), ...entry])).toEqual(
    says,
  );
});
