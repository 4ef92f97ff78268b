/** Steps of one process: its calls, one at a time, and what can go wrong with them. */
import type { Answer } from '../../shared/delivery/outcome.ts';
import type { DigestJob } from '../../shared/schedules/digest-job.ts';
import { died, doubted, spend, withProcess } from './death.ts';
import { headIn, pagesIn, subscriptionIn } from './decode.ts';
import { describeCall } from './describe.ts';
import { give, makerFor } from './give.ts';
import type { Call, CallAnswer } from './process.ts';
import { TIMES } from './programs.ts';
import { BACK_MS } from './start-steps.ts';
import type { Faults, Process, Shown, State } from './state.ts';
import type { Parts, Step } from './steps.ts';
import { readRows, type StorageCall, writeRows } from './storage-model.ts';

/** An invocation ends by then (host.json: functionTimeout); a page's write by four minutes (inbox-table.ts). */
const SLOW_MS = { sender: 290_000, receiver: 240_000, dispatcher: 290_000, editor: 120_000, reconciler: 290_000 };
/** A write of a process that died lands by then (protocol rule 8). */
const LATE_MS = 9 * 60_000;
/** The last instant before our client gives a POST up. */
const POST_MS = TIMES.postMs - 1;
/** After a POST began, by the clocks furthest apart (rule 7). */
const SOONEST_TAKEOVER_MS = TIMES.marginMs + TIMES.takeoverMs - 60_000;

/** True while a process can go on: it waits for nothing slow. */
export function isRunnable({ moment, slow }: Process): boolean {
  return moment?.waits.some(({ number }) => number !== slow?.call) ?? false;
}

/**
 * The calls of a process. `commutes`: whatever others do next, they do the same after this call as before it, so that one
 * order stands for all: a read of what stays as it is, a job put. What can go wrong with it goes wrong all the same.
 */
export async function callSteps(
  parts: Parts,
  state: State,
  index: number,
): Promise<{ readonly steps: Step[]; readonly commutes: boolean }> {
  const process = state.processes[index];
  if (process?.moment === undefined) return { steps: [], commutes: false };
  const steps: Step[] = [];
  for (const { number, call } of process.moment.waits) {
    const label = () => `${process.program.name}: ${describeCall(call)}`;
    if (call.op === 'post') {
      steps.push(...(await postSteps(parts, state, index, number)));
      continue;
    }
    if (process.slow?.call === number) {
      steps.push(...(await comesBack(parts, state, index, number, call)));
      continue;
    }
    const done = perform(parts, state, index, call);
    const went = await give(parts, done.state, index, { is: 'answer', call: number, answer: done.answer }, label);
    const isAlone = process.program.kind !== 'receiver'; // invocations of one process share what it remembers
    if (isAlone && isFixed(parts, call)) return { steps: went, commutes: true };
    const all = [...went, ...troubles(parts, state, index, number, call, done)];
    if (isAlone && call.op === 'put' && !promises(call.text))
      return { steps: [...all, ...faultSteps(parts, state, index)], commutes: true };
    steps.push(...all);
  }
  return { steps, commutes: false };
}

/** A read of what no step of this scenario writes. */
function isFixed({ scenario }: Parts, call: StorageCall): boolean {
  if (call.op !== 'get' && call.op !== 'list') return false;
  const { happenings = [], faults = {}, subscription } = scenario;
  const isStill = happenings.every((happening) => happening.do === 'emit' || happening.do === 'send-now');
  return call.table === 'subscriptions' && isStill && (faults.gone ?? 0) === 0 && subscription?.state === undefined;
}

interface Done {
  readonly state: State;
  readonly answer: CallAnswer;
}

/** What a call does to the world. */
export function perform(parts: Parts, state: State, index: number, call: StorageCall, isLost = false): Done {
  switch (call.op) {
    case 'get':
    case 'list':
      return { state, answer: readRows(state.rows, call) };
    case 'put': {
      const at = call.hiddenForMs === 0 ? 0 : state.t + call.hiddenForMs;
      const jobs = [...state.jobs, { text: call.text, at }];
      return { state: { ...state, jobs, promised: promisedBy(state, call.text) }, answer: { is: 'put' } };
    }
    case 'write': {
      const { rows, answer } = writeRows(state.rows, call, makerFor(parts, state), isLost);
      const removedAt =
        state.removedAt ?? (call.table === 'subscriptions' && subscriptionIn(rows) === undefined ? state.t : undefined);
      const broken = state.broken ?? underTombstone(state, index, call);
      const promised = call.table === 'subscriptions' ? [] : state.promised; // a change may put off what was due (rule 4)
      const next = { ...state, rows, removedAt, promised, broken };
      const isRecord = call.table === 'digests' && answer.is === 'written';
      return { state: isRecord ? recorded(next, index) : next, answer };
    }
  }
}

function promises(text: string): boolean {
  const { why, hiddenUntil } = JSON.parse(text) as DigestJob;
  return hiddenUntil === undefined && (why === 'due' || why === 'send-now');
}

/** A job for a due time or a wish promises all that waits now; not one for a time that a digest served or serves. */
function promisedBy({ rows, promised }: State, text: string): readonly string[] {
  const job = JSON.parse(text) as DigestJob;
  if (!promises(text)) return promised;
  const head = headIn(rows);
  const served = Math.max(head?.servedDueAt ?? 0, head?.digest?.dueAt ?? 0);
  const isDue = job.why === 'due' && job.revision === subscriptionIn(rows)?.revision && job.dueAt > served;
  if (!isDue && job.why === 'due') return promised;
  const waiting = pagesIn(rows).flatMap(({ digestId, events }) => (digestId === undefined ? events : []));
  return [...new Set([...promised, ...waiting])].sort();
}

/** What was posted is on record; too late to be sure of it where another worker has the lease by now (promise 2). */
function recorded(state: State, index: number): State {
  const life = state.processes[index]?.moment?.life ?? '';
  const isHolder = headIn(state.rows)?.lease?.nonce.startsWith(`${life}.`) === true;
  return isHolder ? withProcess(state, index, { unrecorded: undefined }) : doubted(state, index);
}

/** What was begun before a removal may end after it; caches may be 5 s old. */
function underTombstone(state: State, index: number, call: StorageCall): string | undefined {
  const process = state.processes[index];
  if (state.removedAt === undefined || process === undefined || call.op !== 'write') return undefined;
  if (call.changes.every((change) => change.do === 'delete') || call.table === 'subscriptions') return undefined;
  const knows = process.program.kind === 'receiver' ? 5_000 : 0;
  const isNew = process.program.kind !== 'dispatcher' && begunAt(process) > state.removedAt + knows;
  return isNew ? `${process.program.name} wrote to ${call.table} under a tombstone` : undefined;
}

function begunAt({ taken }: Process): number {
  return Math.min(...taken.map(({ backAt }) => backAt)) - BACK_MS;
}

/** An answer that is lost, a call that takes long, a process that dies with its write on the way. */
function troubles(parts: Parts, state: State, index: number, number: number, call: StorageCall, done: Done): Step[] {
  const { faults, t } = state;
  const process = state.processes[index];
  if (process === undefined) return [];
  const { program } = process;
  const steps: Step[] = [];
  const trouble = (what: string, from: State, fault: keyof Faults, change: Partial<Process>) =>
    void steps.push({
      label: () => `${program.name}: ${describeCall(call)} ${what}`,
      next: spend(withProcess(from, index, change), fault),
      isFault: true,
    });
  const isChange = call.op === 'write' || call.op === 'put';
  const loss = call.op === 'put' ? 'twice' : 'lost';
  if (faults[loss] > 0 && isChange && process.retried !== number)
    trouble('— done, its answer lost', perform(parts, state, index, call, true).state, loss, { retried: number });
  if (faults.slow > 0 && process.slow === undefined) {
    const slow = { call: number, since: t, until: t + SLOW_MS[program.kind] };
    // A late read is the late answer to the call before it.
    if (isChange) trouble('— takes long to be done', state, 'slow', { slow });
    trouble('— done, its answer takes long', done.state, 'slow', { slow: { ...slow, answer: done.answer } });
  }
  if (faults.late > 0 && call.op === 'write' && call.table === 'inbox') {
    const late = [...state.late, { call, until: t + LATE_MS, life: process.moment?.life ?? '' }];
    steps.push({
      label: () => `${program.name} dies; ${describeCall(call)} is still on its way`,
      next: spend(died({ ...state, late }, index), 'late'),
      isFault: true,
    });
  }
  return steps;
}

async function comesBack(
  parts: Parts,
  state: State,
  index: number,
  number: number,
  call: StorageCall,
): Promise<Step[]> {
  const process = state.processes[index];
  const held = process?.slow?.answer;
  const done = held === undefined ? perform(parts, state, index, call) : { state, answer: held };
  const awake = withProcess(done.state, index, { slow: undefined });
  return give(
    parts,
    awake,
    index,
    { is: 'answer', call: number, answer: done.answer },
    () =>
      `${process?.program.name}: the slow call is ${held === undefined ? 'done' : 'answered'}: ${describeCall(call)}`,
  );
}

/** What the webhook may do with a card; `shown`: people see it. */
interface Reception {
  readonly what: string;
  readonly answer: Answer;
  readonly shown: boolean;
  readonly fault?: keyof Faults;
}

const RECEPTIONS: readonly Reception[] = [
  { what: 'delivered', answer: { is: 'answered', status: 200, body: '1' }, shown: true },
  { what: 'answered 500', answer: { is: 'answered', status: 500, body: '' }, shown: false, fault: 'refusal' },
  { what: 'answered 404', answer: { is: 'answered', status: 404, body: '' }, shown: false, fault: 'gone' },
  { what: 'delivered, its answer lost', answer: { is: 'lost', reason: 'lost' }, shown: true, fault: 'unclear' },
];

async function postSteps(parts: Parts, state: State, index: number, number: number): Promise<Step[]> {
  const process = state.processes[index];
  const call = process?.moment?.waits.find((wait) => wait.number === number)?.call;
  if (process === undefined || call?.op !== 'post') return [];
  const { post, program } = process;
  if (post?.call !== number)
    return RECEPTIONS.filter(({ fault }) => fault === undefined || state.faults[fault] > 0).map((reception) => ({
      label: () => `${program.name}: POST ${call.body}: ${reception.what}`,
      next: posted(state, index, number, call, reception),
      ...(reception.fault === undefined ? {} : { isFault: true as const }),
    }));
  const ended = withProcess(state, index, { post: undefined, slow: undefined });
  const input = { is: 'answer', call: number, answer: post.answer } as const;
  const ends = await give(parts, ended, index, input, () => `${program.name}: the POST's answer comes`);
  if (state.faults.slow === 0 || process.slow !== undefined) return ends;
  const slow = { call: number, since: state.t, until: post.until };
  const waits = {
    label: () => `${program.name}: the POST's answer takes long`,
    next: spend(withProcess(state, index, { slow }), 'slow'),
    isFault: true as const,
  };
  return [...ends, waits];
}

function posted(
  state: State,
  index: number,
  number: number,
  call: Extract<Call, { op: 'post' }>,
  reception: Reception,
): State {
  const { sequence, events } = JSON.parse(call.body) as { sequence: number; events: string[] };
  const isSure = reception.shown && reception.answer.is === 'answered';
  const unrecorded = isSure ? { events, at: state.t } : undefined;
  const post = {
    call: number,
    answer: { is: 'answer', answer: reception.answer } as const,
    until: state.t + POST_MS,
  };
  // Whoever posted before, and could not reach storage until its lease had ended, leaves a POST that nobody is sure of.
  const others = state.processes.reduce(
    (after, other, at) =>
      at !== index && other.unrecorded !== undefined && state.t - other.unrecorded.at >= SOONEST_TAKEOVER_MS
        ? doubted(after, at)
        : after,
    state,
  );
  const seen = reception.shown ? withShown(others, events, reception.answer.is === 'lost' ? 1 : 0) : others;
  const next = {
    ...seen,
    lastPosted: { sequence, events: events.join() },
    broken: state.broken ?? disorder(state, index, sequence, events),
  };
  const after = withProcess(next, index, { post, unrecorded });
  return reception.fault === undefined ? after : spend(after, reception.fault);
}

function disorder(
  { lastPosted, removedAt, processes }: State,
  index: number,
  sequence: number,
  events: readonly string[],
): string | undefined {
  const process = processes[index];
  if (removedAt !== undefined && process !== undefined && begunAt(process) > removedAt)
    return 'a card was posted for a removed subscription';
  if (lastPosted === undefined || sequence > lastPosted.sequence) return undefined;
  if (sequence < lastPosted.sequence) return 'a digest was posted after a later one';
  return lastPosted.events === events.join() ? undefined : 'a digest was posted with another content';
}

function withShown(state: State, events: readonly string[], uncertain: number): State {
  const shown: Record<string, Shown> = { ...state.shown };
  for (const event of events) {
    const before = shown[event] ?? { times: 0, uncertain: 0 };
    shown[event] = { times: before.times + 1, uncertain: before.uncertain + uncertain };
  }
  return { ...state, shown };
}

/** A process dies: what it had in its hands comes back when the host shows it again. */
export function faultSteps({ scenario }: Parts, state: State, index: number): Step[] {
  const process = state.processes[index];
  if (process === undefined || state.faults.crash === 0 || (process.moment?.running.length ?? 0) === 0) return [];
  if (process.program.kind === 'editor' && scenario.editorsDie !== true) return [];
  return [{ label: () => `${process.program.name} dies`, next: spend(died(state, index), 'crash'), isFault: true }];
}
