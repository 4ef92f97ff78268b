/** A process killed from outside at a call, and another one that goes on: real queues, a real webhook, real clocks. */
import { isSampled } from './form.ts';
import { intentsWithoutRecord, judge } from './judge.ts';
import { type Killed, killChild, type Told } from './kills/kill-child.ts';
import { aScene, type Scene, startWebhook, type Webhook } from './kills/scene.ts';
import { createWorker, OPERATIONS, type Operation } from './kills/worker.ts';
import { createWire } from './wire.ts';

/** A short run kills at one call of so many, and so does a long one where a tick asks sixteen shards the same. */
const ONE_OF = { receive: 1, send: 1, dispatch: 4, reconcile: 4 } as const;
const SHORTER = 9;
const AT_ONCE = 4;
const SURVIVES_MS = 120_000;

let webhook: Webhook;
beforeAll(async () => {
  webhook = await startWebhook();
});
afterAll(() => webhook.stop());

type Plan = NonNullable<Told['plan']>;

describe.each(OPERATIONS)('a process that is killed while it does its part: %s', (operation) => {
  it('leaves to another what it had not done, which does it once', async () => {
    const whole = await runChild(operation, await aScene(operation, webhook), undefined);
    const plans = plansOf(operation, whole.calls.length);

    const faults = await inTurns(plans, (plan) => killAt(operation, plan));

    expect(whole).toMatchObject({ came: 'done', code: 0 });
    expect(plans.length).toBeGreaterThan(0);
    expect(faults.flat()).toEqual([]);
  });
});

/** Just before and just after, in turn; a POST both. */
function plansOf(operation: Operation, calls: number): Plan[] {
  return Array.from(
    { length: calls * 2 },
    (_, index): Plan => ({
      at: Math.floor(index / 2) + 1,
      fault: index % 2 === 0 ? 'before' : 'after',
    }),
  ).filter((_, index) => index % ONE_OF[operation] === 0 && isSampled(index, SHORTER, operation));
}

async function killAt(operation: Operation, plan: Plan): Promise<string[]> {
  const scene = await aScene(operation, webhook);
  const killed = await runChild(operation, scene, plan);
  const place = `${operation}, killed ${plan.fault} call ${plan.at} (${killed.calls[plan.at - 1]})`;
  if (killed.came !== 'died' || killed.code !== null) return [`${place}: it lived`];
  const uncertain = (await intentsWithoutRecord(scene.judged)).length;
  const survivor = await createWorker(scene.options('survivor'), createWire());
  if (operation === 'reconcile') await survivor.reconcile();
  const found = await untilWell(scene, uncertain, survivor.goOn);
  return found.map((fault) => `${place}: ${fault}`);
}

/** Goes on until all is well, or well past the time in which it must be. */
async function untilWell({ judged }: Scene, uncertain: number, goOn: () => Promise<boolean>): Promise<string[]> {
  const end = Date.now() + SURVIVES_MS;
  for (;;) {
    while (await goOn());
    const faults = await judge(judged, { uncertain });
    if (faults.length === 0 || Date.now() > end) return faults;
    await new Promise((resolve) => setTimeout(resolve, 250)); // its lease and messages are held in real time
  }
}

function runChild(operation: Operation, scene: Scene, plan: Plan | undefined): Promise<Killed> {
  return killChild({ worker: scene.options('victim'), operation, plan });
}

async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const item of waiting) results.push(await work(item));
    }),
  );
  return results;
}
