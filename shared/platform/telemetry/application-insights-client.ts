/** Sends telemetry to Application Insights, with the app's identity where it takes no keys. */
import {
  AzureMonitorLogExporter,
  AzureMonitorMetricExporter,
  AzureMonitorTraceExporter,
  RateLimitedSampler,
} from '@azure/monitor-opentelemetry-exporter';
import type { Config } from '../config.ts';
import type { Exporters } from './otel-telemetry.ts';

/** What of the settings it goes by. */
export type ApplicationInsightsConfig = Pick<
  Config,
  'APPLICATIONINSIGHTS_AUTHENTICATION_STRING' | 'TRACES_PER_SECOND'
> & { readonly connectionString: string };

/** The exporters. Nothing is kept on disk: what cannot be sent for long is lost, and nothing waits for it. */
export async function createApplicationInsightsExporters(config: ApplicationInsightsConfig): Promise<Exporters> {
  const { connectionString, APPLICATIONINSIGHTS_AUTHENTICATION_STRING: identity, TRACES_PER_SECOND } = config;
  const to = { connectionString, disableOfflineStorage: true };
  const options = identity === undefined ? to : { ...to, credential: await credentialOf(identity.clientId) };
  return {
    spans: new AzureMonitorTraceExporter(options),
    figures: new AzureMonitorMetricExporter(options),
    logs: new AzureMonitorLogExporter(options),
    sampler: new RateLimitedSampler(TRACES_PER_SECOND),
  };
}

async function credentialOf(clientId: string | undefined) {
  const { DefaultAzureCredential } = await import('@azure/identity');
  return new DefaultAzureCredential(clientId === undefined ? {} : { managedIdentityClientId: clientId });
}
