/** A state of the whole system: plain data. */
import type { CallAnswer, Moment } from './process.ts';
import type { Program } from './programs.ts';
import type { Rows, StorageCall } from './storage-model.ts';

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
