/** The request that starts a session: JSON from our own pages, or a form that the product's page posts. */
import type { HttpRequest } from '@azure/functions';
import { z } from 'zod';
import type { LinkFor } from './account-links-table.ts';
import { ForeignOriginError, InvalidSessionRequestError } from './errors.ts';
import type { SessionForm } from './session.ts';

/** Where a form goes on to. A list, so that no address can be put in. */
const NEXT = ['/config', '/connect'] as const;
/** A Microsoft token may have 16,384 characters, and a setup token half of it. */
const MAX_BODY_CHARS = 40_960;

const timeZone = z.string().max(64).optional();
const secret = z.string().min(1).max(16_384);
const setupSchema = z.strictObject({
  setupToken: z.string().min(1),
  /** `cookie` for a page opened on its own, `bearer` for one in a frame, `code` at the end of a sign-in window. */
  as: z.enum(['bearer', 'cookie', 'code']).default('bearer'),
  next: z.enum(NEXT).default('/config'),
  timeZone,
});
const entraSchema = z.strictObject({ entraToken: secret, timeZone });
const idTokenSchema = z.strictObject({ entraIdToken: secret, as: z.literal('code') });
const codeSchema = z.strictObject({
  code: secret.max(200),
  /** What the sign-in's nonce is the hash of; RFC 7636 asks for 43 characters at least. */
  verifier: z.string().min(43).max(128),
  /** The person to remember the account for. */
  entraToken: secret.optional(),
  /** The same, for who signed in on Entra's page. */
  personProof: secret.optional(),
  /** An admin: to remember it for everyone of their organisation. */
  forTenant: z.boolean().default(false),
  /** `cookie` where the page that opened the window is one of its own, and goes on to Connect. */
  as: z.enum(['bearer', 'cookie']).default('bearer'),
  timeZone,
});

/** What a person brings. */
export type Proof =
  | { readonly by: 'setup-token'; readonly setupToken: string; readonly as: SessionForm | 'code' }
  | { readonly by: 'entra'; readonly entraToken: string }
  | { readonly by: 'id-token'; readonly entraIdToken: string }
  | {
      readonly by: 'code';
      readonly code: string;
      readonly verifier: string;
      readonly entraToken?: string | undefined;
      readonly personProof?: string | undefined;
      readonly forTenant: LinkFor;
    };

/** What was asked for, and how to answer: a form is answered by going on to `next`. */
export interface SessionRequestBody {
  readonly proof: Proof;
  readonly as: SessionForm;
  readonly next: (typeof NEXT)[number];
  readonly timeZone?: string | undefined;
  readonly from: 'json' | 'form';
}

/** True when a browser posts a form, and a person looks at the answer. */
export function isForm(request: Pick<HttpRequest, 'headers'>): boolean {
  return /^application\/x-www-form-urlencoded\b/i.test(request.headers.get('content-type') ?? '');
}

/** Parses the body. @throws InvalidSessionRequestError that names what is wrong. */
export async function parseSessionRequest(request: HttpRequest): Promise<SessionRequestBody> {
  const from = isForm(request) ? 'form' : 'json';
  const text = await request.text();
  if (text.length > MAX_BODY_CHARS) throw new InvalidSessionRequestError('body');
  if (from === 'form') {
    // A product's form may hold more, such as the name of its button.
    const fields = { ...Object.fromEntries(new URLSearchParams(text)), as: 'cookie' };
    return { ...ofSetup(z.object(setupSchema.shape), fields), from };
  }
  const body = parseJson(text);
  if (hasOwn(body, 'code')) return { ...ofCode(body), from };
  if (hasOwn(body, 'entraToken')) return { ...ofEntra(body), from };
  if (hasOwn(body, 'entraIdToken')) return { ...ofIdToken(body), from };
  return { ...ofSetup(setupSchema, body), from };
}

type Parsed = Omit<SessionRequestBody, 'from'>;

function ofSetup(schema: z.ZodType<z.infer<typeof setupSchema>>, body: unknown): Parsed {
  const { setupToken, as, next, timeZone } = parse(schema, body);
  const proof = { by: 'setup-token', setupToken, as } as const;
  return { proof, as: as === 'cookie' ? 'cookie' : 'bearer', next, timeZone };
}

function ofEntra(body: unknown): Parsed {
  const { entraToken, timeZone } = parse(entraSchema, body);
  return { proof: { by: 'entra', entraToken }, as: 'bearer', next: '/config', timeZone };
}

function ofIdToken(body: unknown): Parsed {
  const { entraIdToken } = parse(idTokenSchema, body);
  return { proof: { by: 'id-token', entraIdToken }, as: 'bearer', next: '/config' };
}

function ofCode(body: unknown): Parsed {
  const { timeZone, forTenant, as, ...rest } = parse(codeSchema, body);
  const proof = { by: 'code', ...rest, forTenant: forTenant ? 'tenant' : 'person' } as const;
  return { proof, as, next: '/config', timeZone };
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  // The name of a field we do not know comes from the caller: it is not repeated.
  throw new InvalidSessionRequestError(issue?.code === 'unrecognized_keys' ? 'body' : String(issue?.path[0] ?? 'body'));
}

/**
 * Refuses to sign a browser in for another site, which would make its owner work in somebody else's account.
 * Browsers name the page's origin on every POST; what sends none is not a browser. @throws ForeignOriginError.
 */
export function requireKnownOrigin(request: Pick<HttpRequest, 'headers'>, origins: readonly string[]): void {
  const origin = request.headers.get('origin');
  if (origin !== null && !origins.includes(origin)) throw new ForeignOriginError();
}

function hasOwn(body: unknown, name: string): boolean {
  return typeof body === 'object' && body !== null && Object.hasOwn(body, name);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
