/** What Microsoft's servers send when a button of a card is pressed, and what they are answered. Facts: docs/microsoft.md, "Card actions". */
import { z } from 'zod';
import { type Language, speechOf } from '../cards/messages/languages.ts';
import { EntraTokenError } from '../identity/entra-token-error.ts';
import { ActionTokenError, ActorOfAnotherTenantError, InvalidAnswerError } from './errors.ts';
import type { Asked } from './find-asked.ts';
import type { Given } from './give-answer.ts';
import { type GivenValues, givenIn } from './read-inputs.ts';
import { firstSayable } from './status-line.ts';

/** A request's body may be this long, in UTF-8 bytes: what people fill in is bounded by less. */
export const MAX_BODY_BYTES = 64 * 1024;

interface Headers {
  get(name: string): string | null;
}

const jsonSchema = z.object({ token: z.string().min(1), values: z.record(z.string(), z.unknown()).default({}) });

/** Where a token that says who pressed may stand. Some front ends refuse bearers they do not know, so a card can ask for the other. */
const BEARER_HEADERS = ['authorization', 'action-authorization'] as const;

/** The token that says who pressed. @throws EntraTokenError without one, or with more. */
export function readBearer(headers: Headers): string {
  const given = BEARER_HEADERS.map((name) => headers.get(name)?.trim() ?? '').filter((value) => value !== '');
  const [header] = given;
  if (header === undefined) throw new EntraTokenError('actor-token-missing');
  const token = /^Bearer ([^\s,]+)$/i.exec(header)?.[1];
  if (given.length > 1 || token === undefined) throw new EntraTokenError('actor-token-malformed');
  return token;
}

/** Our token, and what was filled in. @throws InvalidAnswerError or ActionTokenError. */
export function parseAnswerBody(contentType: string | null, body: string): { token: string; values: GivenValues } {
  if (Buffer.byteLength(body) > MAX_BODY_BYTES) throw new InvalidAnswerError();
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(contentType ?? '');
  const parsed = jsonSchema.safeParse(isForm ? formBody(body) : parseJson(body));
  if (parsed.success) return parsed.data;
  const atToken = parsed.error.issues.some(({ path }) => path[0] === 'token');
  throw atToken ? new ActionTokenError('action-token-missing') : new InvalidAnswerError();
}

/** A form's token, and its other fields. */
function formBody(body: string): { token: string | null; values: GivenValues } {
  const fields = new URLSearchParams(body);
  const { token: _, ...values } = givenIn(fields);
  return { token: fields.get('token'), values };
}

/** Refuses who is of another organisation than the card. A connector's webhook always names its own. @throws ActorOfAnotherTenantError. */
export function requireTenant(tid: string) {
  return ({ subscription }: Asked): void => {
    if (subscription.target.tenant?.toLowerCase() !== tid.toLowerCase()) throw new ActorOfAnotherTenantError();
  };
}

/** The line under the card: what happened. No name and no time: the client adds them. */
export function statusOf({ is, act }: Given, locale: string, brandName: string): string {
  const say = [locale, 'en' satisfies Language].map((each) => speechOf(each).messages.answers);
  if (is === 'already') return firstSayable(say.map(({ already }) => already));
  if (act.event === undefined) return firstSayable(say.map(({ carriedOut }) => carriedOut(act.action.title)));
  return firstSayable([
    ...say.map(({ sent }) => sent(act.action.title, brandName)),
    `Your answer was sent to ${brandName}.`,
    'Your answer was sent.',
  ]);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
