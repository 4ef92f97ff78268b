/** What somebody filled in, checked against what the product asked for. Clients differ, so much is read and little is let through. */
import type { EventAction } from '../events/event.ts';
import type { Inputs } from './act.ts';
import { splitChoices } from './choices.ts';
import { InvalidInputsError, inputFault } from './errors.ts';
import { readDate } from './read-date.ts';

/** Values as they came, by the input's id. */
export type GivenValues = Readonly<Record<string, unknown>>;

/** A form's fields as values; those given several times become lists. */
export function givenIn(fields: URLSearchParams): GivenValues {
  return Object.fromEntries(
    [...new Set(fields.keys())].map((name) => {
      const values = fields.getAll(name);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
}

type Input = NonNullable<EventAction['inputs']>[number];

/** As many as a card shows. */
export const MAX_INPUTS = 5;
export const MAX_CHOICES = 20;
/** All together, in UTF-8: the answer must fit in a queue message. */
const MAX_BYTES = 20 * 1024;
const MAX_TEXT_CHARS = 4_000;
/** A client that did not put values in leaves this (docs/microsoft.md, "Inputs"). */
const NOT_FILLED_IN = /\{\{\s*[A-Za-z0-9_$@]+\s*\.\s*value\s*\}\}/i;

/** Checks every value. @throws InvalidInputsError that names the first input at fault. */
export function readInputs(declared: EventAction['inputs'], given: GivenValues): Inputs {
  const inputs = (declared ?? []).slice(0, MAX_INPUTS);
  const stranger = Object.keys(given).find((id) => !inputs.some((input) => input.id === id));
  if (stranger !== undefined) throw new InvalidInputsError('The answer holds a value that was not asked for.');
  const read: Record<string, string | string[]> = {};
  for (const input of inputs) {
    const value = readInput(input, Object.hasOwn(given, input.id) ? given[input.id] : undefined);
    if (value !== undefined) read[input.id] = value;
  }
  if (Buffer.byteLength(JSON.stringify(read)) > MAX_BYTES) throw inputFault({ is: 'long-altogether' });
  return read;
}

/** The value of one input; undefined when it was left empty and may be. */
function readInput(input: Input, value: unknown): string | string[] | undefined {
  const text = textOf(input, value);
  if (NOT_FILLED_IN.test(text)) throw fault(input, 'was not put in by this app. Answer in another app or on the web');
  if (text.trim() === '') {
    if (input.required === true) throw inputFault({ is: 'missing', input: nameOf(input) });
    return undefined;
  }
  switch (input.type) {
    case 'text':
      return readText(input, text);
    case 'date':
      return readDate(text, input.includeTime === true) ?? refuseDate(input);
    case 'choice':
      return Array.isArray(value) ? readListed(input, value) : readChoice(input, text);
    default:
      return input.type satisfies never;
  }
}

function readText(input: Input, text: string): string {
  const most = Math.min(input.maxLength ?? MAX_TEXT_CHARS, MAX_TEXT_CHARS);
  const written = text.replace(/\r\n?/g, '\n');
  const kept = input.multiline === true ? written : written.replace(/\n+/g, ' ');
  if (kept.length > most) throw inputFault({ is: 'long', input: nameOf(input), most });
  return kept;
}

function refuseDate(input: Input): never {
  throw inputFault({ is: input.includeTime === true ? 'date-time' : 'date', input: nameOf(input) });
}

function readChoice(input: Input, text: string): string | string[] {
  const values = offered(input);
  const chosen = input.multiSelect === true ? splitChoices(text, values) : values.filter((value) => value === text);
  const [first] = chosen ?? [];
  if (chosen === undefined || first === undefined) throw inputFault({ is: 'choice', input: nameOf(input) });
  return input.multiSelect === true ? [...chosen] : first;
}

/** Our own page's form sends several choices as a list, so nothing has to be split. */
function readListed(input: Input, list: readonly unknown[]): string[] {
  const values = offered(input);
  const chosen = values.filter((value) => list.includes(value));
  if (input.multiSelect !== true || !list.every((each) => values.some((value) => value === each)))
    throw inputFault({ is: 'choice', input: nameOf(input) });
  return chosen;
}

function offered({ choices = [] }: Input): string[] {
  return [...new Set(choices.slice(0, MAX_CHOICES).map(({ value }) => value))];
}

/** Values come as text, or several of them as a list. */
function textOf(input: Input, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value.join(';');
  if (typeof value !== 'string') throw fault(input, 'must be text');
  return value;
}

function nameOf({ title, id }: Input): string {
  return title ?? id;
}

/** What only a client or a program does wrong: said in English. */
function fault(input: Input, what: string): InvalidInputsError {
  return new InvalidInputsError(`"${nameOf(input)}" ${what}.`);
}
