/** Runs a scenario's one operation in a process that dies, or loses an answer, at a chosen call; then life goes on without it. */

import { anEvent } from '../world/make.ts';
import { intentsWithoutRecord, judge } from './judge.ts';
import { liveOn } from './life.ts';
import { aSystem, type Process, type System, type SystemOptions } from './system.ts';
import { createWire, type Plan } from './wire.ts';

/** Something one process does, beginning to end. */
export interface Scenario {
  readonly name: string;
  /** Brings the system to the moment before; `worker` does not die. */
  prepare(system: System, worker: Process): Promise<void>;
  /** What the process does that may die: by default, it handles the message that has shown longest. */
  readonly operate?: (worker: Process, system: System) => Promise<void>;
  /** What is done once more after a death: an owner who saw an error tries again. */
  readonly again?: (worker: Process, system: System) => Promise<void>;
  /** All must be well by then, without the hourly net unless it is what is asked for. */
  readonly until: string;
  readonly net?: 'hourly';
  readonly waiting?: readonly string[];
  readonly dropped?: readonly string[];
  /** Its webhook is in a vault: the run needs one. */
  readonly vault?: 'needed';
  /** What the product must have been told by then, at the latest by the net: `paused`, `disabled` … */
  readonly tells?: readonly string[];
  /** Checks of its own, at the end. */
  readonly also?: (system: System) => Promise<readonly string[]>;
}

/** Long enough for every daily due time, and for rows of older revisions to have their minute. */
const A_DAY_AND_SOME_MS = 26 * 3_600_000;

/** What came of a run: the calls of the operation, and every fault found afterwards. */
export interface Ran {
  readonly calls: readonly string[];
  readonly faults: readonly string[];
}

/** Runs it with one fault, or none. */
export async function dieAt(scenario: Scenario, plan: Plan | undefined, vault?: SystemOptions['vault']): Promise<Ran> {
  const system = await aSystem(vault === undefined ? {} : { vault });
  await scenario.prepare(system, await system.start());
  const before = await intentsWithoutRecord(system);
  const wire = createWire(plan);
  const victim = await system.start(wire);
  const operate = scenario.operate ?? handleFirst;
  const came = await Promise.race([operate(victim, system).catch(() => 'failed'), wire.died]);
  await wire.settled();
  const calls = [...wire.calls];
  const lostAnswers = plan?.fault === 'lost' && calls[Number(plan.at) - 1] === 'POST webhook' ? 1 : 0;
  const uncertain = new Set([...before, ...(await intentsWithoutRecord(system))]).size + lostAnswers;
  const { waiting = [], dropped = [], until, net } = scenario;

  const survivor = await system.start();
  if (came === 'died' || came === 'failed') await scenario.again?.(survivor, system);
  await liveOn(system, survivor, { until, net });
  const faults = [...(await judge(system, { uncertain, waiting, dropped }))];
  if (scenario.also !== undefined) faults.push(...(await scenario.also(system)));
  if (waiting.length > 0 || faults.length > 0)
    return { calls, faults: [...faults, ...(await untold(system, survivor, scenario))] };
  await system.emit(anEvent({ title: 'afterwards' }));
  await liveOn(system, survivor, { until: Date.parse(until) + A_DAY_AND_SOME_MS });
  faults.push(...(await judge(system, { uncertain, dropped })).map((fault) => `afterwards: ${fault}`));
  const mended = await survivor.reconcile();
  if (mended.channelsWoken + mended.dueRowsMissing + mended.dueRowsStale + mended.failed > 0)
    faults.push(`the net found what the protocol left: ${JSON.stringify(mended)}`);
  return { calls, faults: [...faults, ...(await untold(system, survivor, scenario))] };
}

/** What a change was to tell the product and the net did not. */
async function untold(system: System, survivor: Process, { tells = [] }: Scenario): Promise<string[]> {
  await survivor.reconcile();
  const faults: string[] = [];
  const missing = tells.filter((what) => !system.told.some((id) => id.endsWith(`.${what}`)));
  for await (const row of system.subscriptions.list()) {
    // A webhook that was not asked again what it answered once leaves the row as it was.
    if (row.is === 'removed' || row.subscription.revision > 1)
      faults.push(...missing.map((what) => `the product was not told that it was ${what}`));
    const left = row.is === 'present' ? row.subscription.untold : row.tombstone.untold;
    if (left !== undefined && left.length > 0) faults.push(`a row still carries news: ${left[0]?.id}`);
  }
  return faults;
}

export async function handleFirst(worker: Process, { host }: System): Promise<void> {
  const message = host.shown();
  if (message === undefined) throw new Error('the scenario left nothing to handle');
  await host.run(message, worker.handle);
}
