/** Where figures and traces go: a small port, so that nothing but its adapter knows OpenTelemetry. Off, it does nothing. */
import type { Counter, Distribution, ReasonOf } from './figures.ts';

/** W3C trace context, as CloudEvents' extension attributes carry it. */
export interface TraceContext {
  readonly traceparent: string;
  readonly tracestate?: string | undefined;
}

/** Ids, counts and codes: what may stand on a figure or a span. Webhook URLs, tokens and card text never do. */
export type Ids = Readonly<Record<string, string | number | boolean | undefined>>;

/** Why a figure grew: a value for each thing it is told apart by, of few values each. */
export type Reasons<F extends Counter | Distribution> = Readonly<
  Partial<Record<ReasonOf<F>, string | number | undefined>>
>;

/** A piece of work that traces show. */
export interface Work {
  /** A constant name. */
  readonly name: string;
  /** `consumer`: a message or a tick is handled; `server`: a request; `client`: somebody else is called. */
  readonly kind: 'consumer' | 'server' | 'client' | 'internal';
  /** What it is part of; default: the work under way here. */
  readonly parent?: TraceContext | undefined;
  /** What else led to it. */
  readonly links?: readonly TraceContext[];
  readonly ids?: Ids;
}

/** Figures and traces. Nothing here ever throws, or waits for anything. */
export interface Telemetry {
  count<F extends Counter>(figure: F, by: number, reasons?: Reasons<F>): void;
  measure<F extends Distribution>(figure: F, value: number, reasons?: Reasons<F>): void;
  /** Does `run` as a piece of work, described only when that is kept; what it throws is noted by its name. */
  work<T>(describe: () => Work, run: () => Promise<T>): Promise<T>;
  /** Puts ids on the work under way. */
  note(ids: Ids): void;
  /** Says what else led to the work under way; asked only when that is kept. At most 32 are. */
  link(traces: () => readonly TraceContext[]): void;
  /** The work under way, for messages and rows to carry; undefined when telemetry is off. */
  trace(): TraceContext | undefined;
}

/** Telemetry that is off. */
export const silentTelemetry: Telemetry = {
  count: () => {},
  measure: () => {},
  work: (_describe, run) => run(),
  note: () => {},
  link: () => {},
  trace: () => undefined,
};

/** The most links on one piece of work: a digest of thousands names some of the traces that led to it. */
export const MAX_LINKS = 32;

/** Trace contexts of events, each trace once, at most `MAX_LINKS`. */
export function tracesOf(
  events: Iterable<{ readonly traceparent?: string | undefined; readonly tracestate?: string | undefined }>,
): TraceContext[] {
  const traces = new Map<string, TraceContext>();
  for (const { traceparent, tracestate } of events) {
    if (traceparent === undefined || traces.has(traceparent)) continue;
    traces.set(traceparent, { traceparent, tracestate });
    if (traces.size === MAX_LINKS) break;
  }
  return [...traces.values()];
}
