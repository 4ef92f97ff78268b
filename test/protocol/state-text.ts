/** The text of a state: states with the same text are one. */
import type { CallAnswer } from './process.ts';
import type { Faults, Message, Process, State } from './state.ts';
import type { Rows } from './storage-model.ts';

/** States with the same text are the same: everything that will ever happen is the same for both. */
export function textOf(state: State): string {
  const { faults, happened, happenedAt, ticks, lastPosted, removedAt, promised, turn } = state;
  return [
    state.t,
    rowsText(state.rows),
    messagesText(state.events),
    messagesText(state.jobs),
    state.processes.map(processText).join('/'),
    faultsText(faults),
    happened,
    happenedAt,
    ticks,
    cameText(state.cameAt),
    state.late.map(({ life, until }) => `${life} ${until}`).join(),
    shownText(state.shown),
    lastPosted === undefined ? '' : `${lastPosted.sequence} ${lastPosted.events}`,
    removedAt ?? '',
    promised.join(),
    turn === undefined ? '' : `${turn.last ?? ''} ${turn.switches}`,
    state.broken ?? '',
  ].join('|');
}

/** Most of a state is the same object as in the state before it. */
function once<T extends object>(make: (part: T) => string): (part: T) => string {
  const known = new WeakMap<T, string>();
  return (part) => {
    const there = known.get(part);
    if (there !== undefined) return there;
    const text = make(part);
    known.set(part, text);
    return text;
  };
}

const rowsText = once((rows: Rows) =>
  Object.values(rows)
    .map(({ id }) => id)
    .sort((a, b) => a - b)
    .join(),
);

const faultsText = once((faults: Faults) => Object.values(faults).join(''));

const cameText = once((cameAt: State['cameAt']) => Object.entries(cameAt).sort().join());

const shownText = once((shown: State['shown']) =>
  Object.entries(shown)
    .map(([event, { times, uncertain }]) => `${event} ${times} ${uncertain}`)
    .sort()
    .join(),
);

const messagesText = once((messages: readonly Message[]) =>
  messages
    .map(({ text, at }) => `${numberOf(text)}@${at}`)
    .sort()
    .join(),
);

const processText = once((process: Process) => {
  const { moment, taken, slow, retried, post, unrecorded, since, restsUntil } = process;
  const rest = restsUntil === undefined ? '' : `r${restsUntil}`;
  if (moment === undefined) return process.program.kind === 'reconciler' ? `${rest}n${since}` : rest;
  const hands = taken.map(({ invocation, text, backAt }) => `${invocation}:${numberOf(text)}@${backAt}`).join();
  const slowness = slow === undefined ? '' : `s${slow.call} ${slow.since}${answerText(slow.answer)}`;
  const posting = post === undefined ? '' : `p${post.call} ${post.until}${answerText(post.answer)}`;
  const doubt = unrecorded === undefined ? '' : `[${unrecorded.events.join()} ${unrecorded.at}]`;
  return `${moment.id}(${hands})${slowness}R${retried ?? ''}${posting}${doubt}${since}${rest}`;
});

const numbers = new Map<string, number>();

/** A short stand-in for a long text. */
function numberOf(text: string): number {
  const there = numbers.get(text);
  if (there !== undefined) return there;
  numbers.set(text, numbers.size);
  return numbers.size - 1;
}

function answerText(answer: CallAnswer | undefined): string {
  return answer === undefined ? '' : `=${numberOf(JSON.stringify(answer))}`;
}
