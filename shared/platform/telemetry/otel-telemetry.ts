/** Telemetry by OpenTelemetry. Loaded only where it is configured: nothing else imports its packages (docs/adr, "Telemetry"). */
import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider, type LogRecordExporter } from '@opentelemetry/sdk-logs';
import { MeterProvider, PeriodicExportingMetricReader, type PushMetricExporter } from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  type Sampler,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-base';
import type { Log, LogFields } from '../log.ts';
import { createFigures } from './otel-figures.ts';
import { createWork } from './otel-work.ts';
import { MAX_LINKS, type Telemetry } from './telemetry.ts';

/** Where it goes, and how much of it: figures are never sampled, work is. */
export interface Exporters {
  readonly spans: SpanExporter;
  readonly figures: PushMetricExporter;
  readonly logs: LogRecordExporter;
  readonly sampler: Sampler;
}

/** Running telemetry. */
export interface OpenTelemetry {
  readonly telemetry: Telemetry;
  /** Entries with the trace that they were written in. */
  readonly log: Log;
  /** Sends what is left; never throws. */
  flush(): Promise<void>;
}

const SERVICE = 'tidings';
const FIGURES_EVERY_MS = 60_000;
/** Numbers of OpenTelemetry's "Logs Data Model", severity fields. */
const SEVERITY = { info: 9, warn: 13, error: 17 } as const;

/** Starts it. `processId` tells this process from others of the same app. */
export function createOpenTelemetry({ spans, figures, logs, sampler }: Exporters, processId: string): OpenTelemetry {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const resource = resourceFromAttributes({ 'service.name': SERVICE, 'service.instance.id': processId });
  const tracers = new BasicTracerProvider({
    resource,
    sampler,
    spanLimits: { linkCountLimit: MAX_LINKS },
    spanProcessors: [new BatchSpanProcessor(spans)],
  });
  const reader = new PeriodicExportingMetricReader({ exporter: figures, exportIntervalMillis: FIGURES_EVERY_MS });
  const meters = new MeterProvider({ resource, readers: [reader] });
  const loggers = new LoggerProvider({ resource, processors: [new BatchLogRecordProcessor(logs)] });
  const logger = loggers.getLogger(SERVICE);
  const say = (level: keyof typeof SEVERITY) => (sentence: string, fields?: LogFields) =>
    logger.emit({ severityNumber: SEVERITY[level], body: sentence, attributes: definedIn(fields) });
  return {
    telemetry: { ...createFigures(meters.getMeter(SERVICE)), ...createWork(tracers.getTracer(SERVICE)) },
    log: { info: say('info'), warn: say('warn'), error: say('error') },
    async flush() {
      await Promise.allSettled([tracers.forceFlush(), meters.forceFlush(), loggers.forceFlush()]);
    },
  };
}

function definedIn(fields: LogFields = {}): Record<string, string | number | boolean> {
  const defined: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(fields)) if (value !== undefined && value !== null) defined[name] = value;
  return defined;
}
