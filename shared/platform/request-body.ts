/** Bodies of the API, parsed: what is wrong is said by field, and nothing that was sent is repeated. */
import type { HttpRequest } from '@azure/functions';
import type { z } from 'zod';
import { ConnectorError } from './errors.ts';

/** One thing that is wrong: where, and what is expected there. */
export interface InputFault {
  readonly path: string;
  readonly message: string;
}

/** A request that cannot be used as it is. */
export class InvalidRequestError extends ConnectorError {
  readonly code = 'invalid-request';
  readonly status = 400;
  override readonly members: Readonly<Record<string, unknown>>;

  constructor(readonly faults: readonly InputFault[]) {
    const [first] = faults;
    const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
    super(`The request cannot be used. ${first === undefined ? '' : `${first.path}: ${first.message}${more}.`}`.trim());
    this.members = { errors: faults };
  }
}

/** A thousand topics and scopes fit. */
const MAX_BODY_CHARS = 128 * 1024;

/** Parses a JSON body; no body is an empty object. @throws InvalidRequestError. */
export async function readJsonBody<T>(request: HttpRequest, schema: z.ZodType<T>): Promise<T> {
  const text = await request.text();
  if (text.length > MAX_BODY_CHARS) throw new InvalidRequestError([fault('body', 'is too large')]);
  // No other site's form can send this type without our saying yes.
  if (text !== '' && !/^application\/json\b/i.test(request.headers.get('content-type') ?? ''))
    throw new InvalidRequestError([fault('content-type', 'must be application/json')]);
  return parseInput(schema, text === '' ? {} : parseJson(text));
}

/** Parses what a caller sent. @throws InvalidRequestError. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new InvalidRequestError(parsed.error.issues.map(toFault));
  return parsed.data;
}

function toFault({ path, code, message }: z.core.$ZodIssue): InputFault {
  const place = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  const where = place.replace(/^\./, '') || 'body';
  // The name of a field that we do not know is the caller's own text: it could be a secret in the wrong place.
  return fault(where, code === 'unrecognized_keys' ? 'holds a field that is not known here' : message);
}

function fault(path: string, message: string): InputFault {
  return { path, message };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidRequestError([fault('body', 'is not JSON')]);
  }
}
