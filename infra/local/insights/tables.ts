/**
 * What Application Insights makes of what it is sent: envelopes in, rows of its tables out, with the columns that queries use.
 * Source: "Application Insights telemetry data model" and "Azure Monitor Logs reference", Microsoft Learn; envelopes as
 * `@azure/monitor-opentelemetry-exporter` writes them.
 */
import { z } from 'zod';

/** The tables, by the names that queries in an Application Insights resource use. */
export const INSIGHTS_TABLES = [
  'requests',
  'dependencies',
  'traces',
  'customMetrics',
  'customEvents',
  'exceptions',
] as const;
export type InsightsTable = (typeof INSIGHTS_TABLES)[number];

const EVERYWHERE = {
  timestamp: 'datetime',
  itemCount: 'int',
  operation_Name: 'string',
  operation_Id: 'string',
  operation_ParentId: 'string',
  cloud_RoleName: 'string',
  cloud_RoleInstance: 'string',
  customDimensions: 'dynamic',
} as const;
const WORK = { id: 'string', name: 'string', success: 'string', resultCode: 'string', duration: 'real' } as const;
const SUMS = { value: 'real', valueSum: 'real', valueCount: 'int', valueMin: 'real', valueMax: 'real' } as const;

/** Their columns, as far as rows here have them, with their types in KQL. */
export const INSIGHTS_COLUMNS: Readonly<Record<InsightsTable, Readonly<Record<string, string>>>> = {
  requests: { ...EVERYWHERE, ...WORK, url: 'string' },
  dependencies: { ...EVERYWHERE, ...WORK, type: 'string', target: 'string', data: 'string' },
  traces: { ...EVERYWHERE, message: 'string', severityLevel: 'int' },
  customMetrics: { ...EVERYWHERE, ...SUMS, name: 'string' },
  customEvents: { ...EVERYWHERE, name: 'string' },
  exceptions: { ...EVERYWHERE, type: 'string', outerMessage: 'string' },
};

/** A row: `timestamp` is a Date, `customDimensions` an object of texts. */
export type InsightsRow = Readonly<Record<string, unknown>>;

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const dimensions = z.record(z.string(), text).default({});
const envelopeSchema = z.object({
  time: z.iso.datetime(),
  sampleRate: z.number().default(100),
  tags: z.record(z.string(), z.string()).default({}),
  data: z.object({ baseType: z.string(), baseData: z.looseObject({ properties: dimensions }) }),
});
type Envelope = z.infer<typeof envelopeSchema>;

const requestSchema = z.object({
  id: z.string(),
  name: z.string().default(''),
  success: z.boolean(),
  responseCode: z.string(),
  duration: z.string(),
  url: z.string().default(''),
});
const dependencySchema = z.object({
  id: z.string(),
  name: z.string(),
  success: z.boolean().default(true),
  resultCode: z.string().default(''),
  duration: z.string(),
  type: z.string().default(''),
  target: z.string().default(''),
  data: z.string().default(''),
});
const messageSchema = z.object({ message: z.string(), severityLevel: z.string().optional() });
const metricSchema = z.object({
  metrics: z.tuple([
    z.object({
      name: z.string(),
      value: z.number(),
      count: z.number().default(1),
      min: z.number().optional(),
      max: z.number().optional(),
    }),
  ]),
});
const exceptionSchema = z.object({ exceptions: z.array(z.object({ typeName: z.string(), message: z.string() })) });
const eventSchema = z.object({ name: z.string() });

const SEVERITIES = ['Verbose', 'Information', 'Warning', 'Error', 'Critical'];

/** The row of one envelope, and its table. @throws ZodError for what is no envelope of a kind that we know. */
export function rowOf(sent: unknown): { readonly table: InsightsTable; readonly row: InsightsRow } {
  const envelope = envelopeSchema.parse(sent);
  const { baseType, baseData } = envelope.data;
  const common = commonOf(envelope);
  switch (baseType) {
    case 'RequestData': {
      const { duration, responseCode, ...request } = requestSchema.parse(baseData);
      const row = { ...common, ...request, resultCode: responseCode, duration: milliseconds(duration) };
      return { table: 'requests', row: { ...row, success: asText(request.success) } };
    }
    case 'RemoteDependencyData': {
      const { duration, ...dependency } = dependencySchema.parse(baseData);
      const row = { ...common, ...dependency, duration: milliseconds(duration) };
      return { table: 'dependencies', row: { ...row, success: asText(dependency.success) } };
    }
    case 'MessageData': {
      const { message, severityLevel } = messageSchema.parse(baseData);
      return { table: 'traces', row: { ...common, message, severityLevel: SEVERITIES.indexOf(severityLevel ?? '') } };
    }
    case 'MetricData': {
      const [{ name, value, count, min = value, max = value }] = metricSchema.parse(baseData).metrics;
      const sums = { value, valueSum: value, valueCount: count, valueMin: min, valueMax: max };
      return { table: 'customMetrics', row: { ...common, name, ...sums } };
    }
    case 'ExceptionData': {
      const [first] = exceptionSchema.parse(baseData).exceptions;
      return { table: 'exceptions', row: { ...common, type: first?.typeName, outerMessage: first?.message } };
    }
    default:
      return { table: 'customEvents', row: { ...common, ...eventSchema.parse(baseData) } };
  }
}

function commonOf({ time, sampleRate, tags, data }: Envelope): InsightsRow {
  return {
    timestamp: new Date(time),
    // One row stands for those that sampling left out.
    itemCount: Math.max(1, Math.round(100 / sampleRate)),
    operation_Name: tags['ai.operation.name'] ?? '',
    operation_Id: tags['ai.operation.id'] ?? '',
    operation_ParentId: tags['ai.operation.parentId'] ?? '',
    cloud_RoleName: tags['ai.cloud.role'] ?? '',
    cloud_RoleInstance: tags['ai.cloud.roleInstance'] ?? '',
    customDimensions: data.baseData.properties,
  };
}

/** `success` is text in these tables: "True" or "False". */
function asText(success: boolean): string {
  return success ? 'True' : 'False';
}

/** `d.hh:mm:ss.fff` in milliseconds. */
function milliseconds(duration: string): number {
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] =
    /^(?:(\d+)\.)?(\d+):(\d+):(\d+(?:\.\d+)?)$/.exec(duration) ?? [];
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1000;
}
