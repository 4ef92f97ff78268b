/** Puts telemetry together: loaded only where it is configured. */
import { DiagLogLevel, diag } from '@opentelemetry/api';
import type { Config } from '../../shared/platform/config.ts';
import type { Log } from '../../shared/platform/log.ts';
import { createApplicationInsightsExporters } from '../../shared/platform/telemetry/application-insights-client.ts';
import { createOpenTelemetry, type OpenTelemetry } from '../../shared/platform/telemetry/otel-telemetry.ts';

/** That telemetry cannot be sent is said this often at most. */
const SAID_EVERY_MS = 60_000;

/** Starts it. Entries of level `error` go to `host` too, which shows them when nothing else can be sent. */
export async function startTelemetry(config: Config, processId: string, host: Log): Promise<OpenTelemetry> {
  sayFailures(host);
  const { APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString = '' } = config;
  const exporters = await createApplicationInsightsExporters({ ...config, connectionString });
  const started = createOpenTelemetry(exporters, processId);
  return {
    ...started,
    log: {
      ...started.log,
      error(sentence, fields) {
        started.log.error(sentence, fields);
        host.error(sentence, fields);
      },
    },
  };
}

/** What the SDK says of its failures can repeat what it sent: a constant sentence stands for it. */
function sayFailures(host: Log): void {
  let saidAt = Number.NEGATIVE_INFINITY;
  const say = () => {
    if (performance.now() - saidAt < SAID_EVERY_MS) return;
    saidAt = performance.now();
    host.warn('telemetry could not be sent');
  };
  const nothing = () => {};
  diag.setLogger({ error: say, warn: nothing, info: nothing, debug: nothing, verbose: nothing }, DiagLogLevel.ERROR);
}
