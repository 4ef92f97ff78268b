/** A state of the whole system: plain data, compared by a text. */
import type { CallAnswer, Moment } from './process.ts';
import type { Program } from './programs.ts';
import type { Row, Rows, StorageCall, Value } from './storage-model.ts';

/** A message on a queue; `at` 0: it shows. Times are true milliseconds since 1970. */
export interface Message {
  readonly text: string;
  readonly at: number;
}

/** What may still go wrong, each so many times. */
export interface Faults {
  /** A process dies, between any two of its calls. */
  readonly crash: number;
  /** A write to a table is done and its answer lost: the SDK tries again and meets it. */
  readonly lost: number;
  /** So it is with a job put: it is put twice. */
  readonly twice: number;
  /** A call takes long: before it is done, or before it is answered. */
  readonly slow: number;
  /** A handled message is seen again. */
  readonly again: number;
  /** The webhook answers 500. */
  readonly refusal: number;
  /** The webhook answers 404. */
  readonly gone: number;
  /** The answer of a POST that arrived is lost. */
  readonly unclear: number;
  /** A process dies, and the write it had begun lands minutes later. */
  readonly late: number;
  /** The timer does not run for an hour. */
  readonly missed: number;
}

/** Nothing goes wrong. */
export const NO_FAULTS: Faults = {
  crash: 0,
  lost: 0,
  twice: 0,
  slow: 0,
  again: 0,
  refusal: 0,
  gone: 0,
  unclear: 0,
  late: 0,
  missed: 0,
};

/** A message in a process's hands; the host shows it again at `backAt` unless it was handled. */
export interface Taken {
  readonly invocation: number;
  readonly from: 'events' | 'jobs' | 'nowhere';
  readonly text: string;
  readonly backAt: number;
}

/** A POST on its way: what it carries, what its answer will be, when our client gives up. */
export interface OpenPost {
  readonly call: number;
  readonly answer: CallAnswer;
  readonly until: number;
}

/** A process. */
export interface Process {
  readonly program: Program;
  /** Undefined: it does nothing and remembers nothing. */
  readonly moment: Moment | undefined;
  readonly taken: readonly Taken[];
  readonly slow?: {
    readonly call: number;
    readonly since: number;
    readonly until: number;
    readonly answer?: CallAnswer;
  };
  /** A call that was done and whose answer was lost. */
  readonly retried?: number;
  readonly post?: OpenPost;
  /** Events of a POST that arrived and is not recorded yet. */
  readonly unrecorded?: { readonly events: readonly string[]; readonly at: number };
  /** When it began what it does; a receiver: when it last did something. */
  readonly since: number;
  /** The timer's next tick is not before. */
  readonly restsUntil?: number;
}

/** How often people saw an event, and how many of these POSTs nobody could be sure of. */
export interface Shown {
  readonly times: number;
  readonly uncertain: number;
}

/** Everything. */
export interface State {
  readonly t: number;
  readonly rows: Rows;
  readonly events: readonly Message[];
  readonly jobs: readonly Message[];
  readonly processes: readonly Process[];
  readonly faults: Faults;
  /** How many of the scenario's happenings have happened, and ticks of the timer. */
  readonly happened: number;
  /** When the last one did, where the next one counts from there; else 0. */
  readonly happenedAt: number;
  readonly ticks: number;
  /** When events first came that will come again: after a day they are others (rule 9). */
  readonly cameAt: Readonly<Record<string, number>>;
  /** Writes of processes that died, still on their way. */
  readonly late: readonly { readonly call: StorageCall; readonly until: number; readonly life: string }[];
  readonly shown: Readonly<Record<string, Shown>>;
  /** The last digest posted, and what it held. */
  readonly lastPosted: { readonly sequence: number; readonly events: string } | undefined;
  readonly removedAt: number | undefined;
  /** Events that waited when their due time came, or their owner wished for them now, while nothing was changed since. */
  readonly promised: readonly string[];
  /** Who acted last, and how often another may yet go on before it rests; undefined: as often as may be. */
  readonly turn: { readonly last: number | undefined; readonly switches: number } | undefined;
  /** A bad thing that a step did, where the state itself does not show it. */
  readonly broken: string | undefined;
}

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

/** Makes rows that are the same object for the same content. */
export function createRows() {
  const known = new Map<string, Row>();
  const lives = new Map<number, ReadonlySet<string>>();
  return {
    row(content: Omit<Row, 'id'>): Row {
      const values = Object.entries(content.values).map(([name, value]) => `${name}=${plain(value)}`);
      const text = `${content.key} ${content.etag} ${values.join()}`;
      const there = known.get(text);
      if (there !== undefined) return there;
      const row = { ...content, id: known.size };
      known.set(text, row);
      lives.set(row.id, new Set([...text.matchAll(/([A-Z]\d+)[.-]/g)].map(([, life = '']) => life)));
      return row;
    },
    /** Lives of processes that left a trace in a row. */
    livesIn: (row: Row) => lives.get(row.id) ?? new Set<string>(),
  };
}

function plain(value: Value): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value);
}
