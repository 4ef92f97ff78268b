/** Work by OpenTelemetry: a span for each piece, within the one that is under way or the one that a message carried. */
import {
  type Context,
  context,
  createTraceState,
  isSpanContextValid,
  type Link,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { Telemetry, TraceContext } from './telemetry.ts';

const KINDS = {
  consumer: SpanKind.CONSUMER,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  internal: SpanKind.INTERNAL,
} as const;
/** What Application Insights names a request by: its exporter leaves requests without it nameless, but for HTTP's. */
const OPERATION_NAME = 'ai.operation.name';

/** Makes spans with `tracer`. */
export function createWork(tracer: Tracer): Pick<Telemetry, 'work' | 'note' | 'link' | 'trace'> {
  return {
    work(describe, run) {
      const { name, kind, parent, links = [], ids = {} } = describe();
      const within = contextOf(parent) ?? context.active();
      const named = kind === 'consumer' || kind === 'server' ? { [OPERATION_NAME]: name } : {};
      const options = { kind: KINDS[kind], links: links.flatMap(linkTo), attributes: { ...ids, ...named } };
      const span = tracer.startSpan(name, options, within);
      return context.with(trace.setSpan(within, span), async () => {
        try {
          return await run();
        } catch (error) {
          // Never its message or stack: what is in them is not ours to say.
          span.setStatus({ code: SpanStatusCode.ERROR });
          span.setAttribute('error', error instanceof Error ? error.name : 'unknown');
          throw error;
        } finally {
          span.end();
        }
      });
    },
    note(ids) {
      trace.getActiveSpan()?.setAttributes(ids);
    },
    link(traces) {
      trace.getActiveSpan()?.addLinks(traces().flatMap(linkTo));
    },
    trace() {
      const under = trace.getActiveSpan()?.spanContext();
      return under === undefined || !isSpanContextValid(under) ? undefined : toTraceContext(under);
    },
  };
}

/** Version, trace, span, flags. Source: W3C Trace Context, section 3.2. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-|$)/;

function toSpanContext({ traceparent, tracestate }: TraceContext): SpanContext | undefined {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(traceparent) ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  const read: SpanContext = {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16) & 1,
    isRemote: true,
    ...(tracestate === undefined ? {} : { traceState: createTraceState(tracestate) }),
  };
  return isSpanContextValid(read) ? read : undefined;
}

function toTraceContext({ traceId, spanId, traceFlags, traceState }: SpanContext): TraceContext {
  const traceparent = `00-${traceId}-${spanId}-0${traceFlags & 1}`;
  const tracestate = traceState?.serialize();
  return tracestate === undefined || tracestate === '' ? { traceparent } : { traceparent, tracestate };
}

function contextOf(parent: TraceContext | undefined): Context | undefined {
  const read = parent === undefined ? undefined : toSpanContext(parent);
  return read === undefined ? undefined : trace.setSpanContext(ROOT_CONTEXT, read);
}

function linkTo(to: TraceContext): Link[] {
  const read = toSpanContext(to);
  return read === undefined ? [] : [{ context: read }];
}
