/** Writes an OpenAPI 3.1 document from operations and their zod schemas: what is parsed is what is described. */
import { z } from 'zod';
import { healthSchema } from './health.ts';

/** One operation. `request` and the answers' schemas are those that the handlers use. */
export interface Operation {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly request?: z.ZodType;
  readonly answer: { readonly status: number; readonly schema?: z.ZodType };
  /** Statuses of its refusals beside 401. */
  readonly refusals: readonly number[];
  readonly ifMatch?: 'required' | 'optional';
  /** It may be asked for with a channel's key. */
  readonly channelKey?: true;
  /** Nobody has to be signed in. */
  readonly open?: true;
  /** Asked for with a function key, not by an owner. The platform's own 401 has no body. */
  readonly functionKey?: true;
}

/** What the document says besides. */
export interface ApiDescription {
  readonly title: string;
  readonly version: string;
  readonly url: string;
  readonly operations: readonly Operation[];
}

const problem = z.object({
  type: z.string(),
  title: z.string().meta({ description: 'A sentence for people' }),
  status: z.int(),
  code: z.string().meta({ description: 'Stable; docs/operations.md lists every one' }),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  signInUrl: z.string().optional(),
  checks: healthSchema.shape.checks.optional(),
});

/** The document. */
export function openApiDocument({ title, version, url, operations }: ApiDescription) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describe(operation) };
  }
  return {
    openapi: '3.1.0',
    info: { title, version },
    servers: [{ url }],
    paths,
    components: {
      schemas: { Problem: jsonSchema(problem) },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'The token of `POST /session`' },
        cookie: { type: 'apiKey', in: 'cookie', name: '__Host-tidings-session' },
        functionKey: { type: 'apiKey', in: 'header', name: 'x-functions-key' },
      },
    },
    security: [{ bearer: [] }, { cookie: [] }],
  };
}

function describe(operation: Operation) {
  const { id, summary, path, request, answer, refusals, ifMatch, channelKey, open, functionKey, method } = operation;
  const parameters = [
    ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => parameter(name ?? '', 'path', true)),
    ...(ifMatch === undefined
      ? []
      : [{ ...parameter('If-Match', 'header', ifMatch === 'required'), schema: ETAG_SCHEMAS[ifMatch] }]),
    ...(channelKey === undefined ? [] : [parameter('X-Channel-Key', 'header', false)]),
    // A browser lets no other site's form send it: asked for with the cookie only.
    ...(open === undefined && method !== 'get' ? [parameter('X-Requested-With', 'header', false)] : []),
  ];
  const always = [...((open ?? functionKey) ? [] : [401]), ...(ifMatch === undefined ? [] : [400])]; // 400: no ETag of ours
  const refused = [...new Set([...always, ...refusals])].sort();
  return {
    operationId: id,
    summary,
    ...(open === undefined ? {} : { security: [] }),
    ...(functionKey === undefined ? {} : { security: [{ functionKey: [] }] }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(request === undefined
      ? {}
      : { requestBody: { content: { 'application/json': { schema: jsonSchema(request) } } } }),
    responses: {
      [answer.status]: {
        description: summary,
        ...(answer.schema === undefined
          ? {}
          : { content: { 'application/json': { schema: jsonSchema(answer.schema) } } }),
      },
      ...(functionKey === undefined ? {} : { 401: { description: 'No function key, or another one; empty' } }),
      ...Object.fromEntries(refused.map((status) => [status, REFUSED])),
    },
  };
}

/** As `if-match.ts` reads it; servers leave an empty header out. */
const ETAG_SCHEMAS = {
  required: { type: 'string', pattern: '^(\\*|"\\d{1,15}")$' },
  optional: { type: 'string', pattern: '^(\\*|"\\d{1,15}")?$' },
};

const REFUSED = {
  description: 'Refused; `code` says why',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

function parameter(name: string, place: 'path' | 'header', required: boolean) {
  return { name, in: place, required, schema: { type: 'string' } };
}

function jsonSchema(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
}
