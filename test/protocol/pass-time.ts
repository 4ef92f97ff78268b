/** Time goes on to the next instant at which something can be different. */
import { headIn } from './decode.ts';
import { happeningAt } from './happening-steps.ts';
import { TIMES } from './programs.ts';
import { tickAt } from './start-steps.ts';
import type { Process, State } from './state.ts';
import type { Parts, Step } from './steps.ts';

/** What a receiver remembers counts no longer after this (rule 5, caches). */
const FORGETS_MS = 6_000;
/** A wake that is nearer than this is relied on no longer (wake-channel.ts). */
const RELIABLE_MS = 1_000;
const HOUR = 3_600_000;

/** The step to the next instant; none where nothing waits for one, or where something has to come first. */
export function passTime(parts: Parts, state: State): Step[] {
  const bounds = [...state.processes.map(({ slow }) => slow?.until), ...state.late.map(({ until }) => until)];
  const bound = Math.min(...bounds.map((until) => until ?? Number.POSITIVE_INFINITY));
  if (bound <= state.t) return [];
  const t = Math.min(bound, ...instants(parts, state).filter((instant) => instant > state.t));
  if (!Number.isFinite(t)) return [];
  const end = parts.startsAt + (parts.scenario.endsAfterHours ?? 6) * HOUR;
  if (t > end && state.jobs.length === 0) return []; // due rows go on for ever
  const broken = t > end ? 'the channel never comes to rest' : undefined;
  const next = { ...state, t, broken: state.broken ?? broken, ...shown(state, t) };
  return [{ label: () => `time goes on by ${(t - state.t) / 1000} s`, next }];
}

/** Messages that show lose their instant, and receivers their memory: states that differ in these are the same. */
function shown(state: State, t: number): Pick<State, 'events' | 'jobs' | 'processes'> {
  const show = (messages: State['jobs']) =>
    messages.map((message) => (message.at <= t && message.at !== 0 ? { ...message, at: 0 } : message));
  const events = show(state.events);
  const jobs = show(state.jobs);
  const processes = state.processes.map((process) => withoutMemory(process, t));
  return { events, jobs, processes };
}

function withoutMemory({ restsUntil, ...awake }: Process, t: number): Process {
  const process = restsUntil === undefined || restsUntil <= t ? awake : { ...awake, restsUntil };
  const { program, moment, taken, since } = process;
  const forgets = program.kind === 'receiver' && taken.length === 0 && moment !== undefined && t - since >= FORGETS_MS;
  return forgets ? { ...process, moment: undefined, since: 0 } : process;
}

function instants(parts: Parts, state: State): number[] {
  return [
    ...state.events.map(({ at }) => at),
    ...state.jobs.map(({ at }) => at),
    ...state.processes.map((process) => tickAt(state, process)),
    happeningAt(parts, state),
    ...(isWatching(state) ? whileSomethingIsSlow(state) : []),
    ...(happeningAt(parts, state) <= state.t ? whileEventsMayCome(state) : []),
  ];
}

function isWatching(state: State): boolean {
  return state.late.length > 0 || state.processes.some(({ slow }) => slow !== undefined);
}

/** Instants that matter to a process that stands still: its lease ends for others, its time to post is over. */
function whileSomethingIsSlow(state: State): number[] {
  const ends = headIn(state.rows)?.lease?.ends;
  const seen = state.processes.filter(({ program }) => program.kind === 'sender').map(({ program }) => program.skewMs);
  return [
    ...(ends === undefined ? [] : seen.map((skew) => ends + TIMES.takeoverMs - skew)),
    ...state.processes.map(({ slow }) => (slow?.since ?? 0) + TIMES.leaseMs - TIMES.marginMs + 1),
  ];
}

/** Instants at which a receiver does something else with an event than before: rule 5. */
function whileEventsMayCome({ jobs, processes }: State): number[] {
  const remembers = processes.filter(({ program, moment }) => program.kind === 'receiver' && moment !== undefined);
  return [
    ...jobs.filter(({ at }) => at !== 0).map(({ at }) => at - RELIABLE_MS + 1),
    ...remembers.map(({ since }) => since + FORGETS_MS),
  ];
}
