/** Reads what the control API is sent; every fault is answered with the name of the field. */
import { CallerError } from '../http/body.ts';
import type { Effect, FaultRule, When } from '../webhooks/faults.ts';
import type { WebhookKind } from '../webhooks/webhook.ts';
import { shapes, type UrlShape } from '../webhooks/webhook-urls.ts';

type Fields = Readonly<Record<string, unknown>>;

const wrong = (field: string, wanted: string) => new CallerError(400, `${field} must be ${wanted}`);

/** A string, or undefined when the field is absent. */
export function textOf(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  if (value === undefined || typeof value === 'string') return value;
  throw wrong(name, 'a string');
}

/** A number, or the given one when the field is absent. */
export function numberOf(fields: Fields, name: string, absent: number): number {
  const value = fields[name] ?? absent;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw wrong(name, 'a number');
}

/** One of the given words, or undefined when the field is absent. */
export function oneOf<Word extends string>(fields: Fields, name: string, words: readonly Word[]): Word | undefined {
  const value = textOf(fields, name);
  const word = words.find((known) => known === value);
  if (value === undefined || word !== undefined) return word;
  throw wrong(name, `one of ${words.join(', ')}`);
}

const kinds: readonly WebhookKind[] = ['connector', 'workflow'];

/** The kind of a webhook, or undefined. */
export const kindOf = (fields: Fields): WebhookKind | undefined => oneOf(fields, 'kind', kinds);

/** The shape of a webhook's address, or undefined for the usual one. */
export const shapeOf = (fields: Fields, kind: WebhookKind): UrlShape | undefined =>
  oneOf<UrlShape>(fields, 'shape', shapes[kind]);

const effects = [
  'answer',
  'hidden-error',
  'contact-error',
  'reset',
  'garbage',
  'odd-body',
  'slow',
  'silence',
  'fail-run',
] as const;

/** A fault: `do` and what it needs, beside which requests it meets. */
export function faultOf(fields: Fields): FaultRule {
  return {
    webhook: textOf(fields, 'webhook'),
    kind: kindOf(fields),
    after: numberOf(fields, 'after', 0),
    times: numberOf(fields, 'times', Number.MAX_SAFE_INTEGER),
    probability: numberOf(fields, 'probability', 1),
    seed: numberOf(fields, 'seed', 1),
    effect: effectOf(fields),
  };
}

function effectOf(fields: Fields): Effect {
  const effect = oneOf(fields, 'do', effects);
  const when: When = oneOf(fields, 'when', ['before', 'after'] as const) ?? 'before';
  switch (effect) {
    case 'answer':
      return {
        do: effect,
        status: statusOf(fields),
        body: textOf(fields, 'body') ?? '',
        headers: headersOf(fields),
        when,
      };
    case 'hidden-error':
      return { do: effect, code: numberOf(fields, 'code', 429) };
    case 'contact-error':
      return { do: effect };
    case 'slow':
      return { do: effect, ms: numberOf(fields, 'ms', 1_000), when };
    case 'fail-run':
      return {
        do: effect,
        code: textOf(fields, 'code') ?? 'BadGateway',
        message: textOf(fields, 'message') ?? 'Post card in a chat or channel failed.',
      };
    case 'reset':
    case 'garbage':
    case 'odd-body':
    case 'silence':
      return { do: effect, when };
    case undefined:
      throw wrong('do', `one of ${effects.join(', ')}`);
  }
}

function statusOf(fields: Fields): number {
  const status = numberOf(fields, 'status', 500);
  if (Number.isInteger(status) && status >= 200 && status <= 599) return status;
  throw wrong('status', 'an HTTP status from 200 to 599');
}

function headersOf(fields: Fields): Record<string, string> {
  const given = fields['headers'] ?? {};
  if (typeof given !== 'object' || given === null) throw wrong('headers', 'an object of strings');
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));
}
