/** A POST: what the webhook does with the card, when its answer comes, and how often people have seen an event. */
import type { Answer } from '../../shared/delivery/outcome.ts';
import { doubted, spend, withProcess } from './death.ts';
import { give } from './give.ts';
import { begunAt } from './perform.ts';
import type { Call } from './process.ts';
import { TIMES } from './programs.ts';
import type { Faults, Shown, State } from './state.ts';
import type { Parts, Step } from './steps.ts';

/** The last instant before our client gives a POST up. */
const POST_MS = TIMES.postMs - 1;
/** After a POST began, by the clocks furthest apart (rule 7). */
const SOONEST_TAKEOVER_MS = TIMES.marginMs + TIMES.takeoverMs - 60_000;

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

/** The steps of a POST under way, or about to begin. */
export async function postSteps(parts: Parts, state: State, index: number, number: number): Promise<Step[]> {
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
