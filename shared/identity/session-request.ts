/** The request that starts a session: JSON from our own page, or a form that the product's page posts. */
import type { HttpRequest } from '@azure/functions';
import { z } from 'zod';
import { ForeignOriginError, InvalidSessionRequestError } from './errors.ts';

/** Where a form goes on to. A list, so that no address can be put in. */
const NEXT = ['/config', '/connect'] as const;
const MAX_BODY_CHARS = 16_384;

const bodySchema = z.object({
  setupToken: z.string().min(1),
  /** `cookie` for a page opened on its own, `bearer` for one in a frame. */
  as: z.enum(['bearer', 'cookie']).default('bearer'),
  next: z.enum(NEXT).default('/config'),
  timeZone: z.string().max(64).optional(),
});

/** What was asked for, and how to answer: a form is answered by going on to `next`. */
export type StartSession = z.infer<typeof bodySchema> & { readonly from: 'json' | 'form' };

/** True when a browser posts a form, and a person looks at the answer. */
export function isForm(request: Pick<HttpRequest, 'headers'>): boolean {
  return /^application\/x-www-form-urlencoded\b/i.test(request.headers.get('content-type') ?? '');
}

/** Parses the body. @throws InvalidSessionRequestError that names what is wrong. */
export async function parseStartSession(request: HttpRequest): Promise<StartSession> {
  const from = isForm(request) ? 'form' : 'json';
  const text = await request.text();
  if (text.length > MAX_BODY_CHARS) throw new InvalidSessionRequestError('body');
  const body = from === 'form' ? { ...Object.fromEntries(new URLSearchParams(text)), as: 'cookie' } : parseJson(text);
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) throw new InvalidSessionRequestError(String(parsed.error.issues[0]?.path[0] ?? 'body'));
  return { ...parsed.data, from };
}

/**
 * Refuses to sign a browser in for another site, which would make its owner work in somebody else's account.
 * Browsers name the page's origin on every POST; what sends none is not a browser. @throws ForeignOriginError.
 */
export function requireKnownOrigin(request: Pick<HttpRequest, 'headers'>, origins: readonly string[]): void {
  const origin = request.headers.get('origin');
  if (origin !== null && !origins.includes(origin)) throw new ForeignOriginError();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
