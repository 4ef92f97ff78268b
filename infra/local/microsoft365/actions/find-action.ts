/** Finds a button in a MessageCard by its place, such as `sections/2/potentialAction/0/actions/1`. */
import { isRecord } from '../http/body.ts';

/** An HttpPOST button as the card gives it, with the ids of the inputs beside it. */
export interface HttpPost {
  readonly name: string;
  readonly target: string;
  readonly body: string;
  readonly contentType: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly inputs: readonly string[];
}

/** The button at that place, or why there is none that can be pressed. */
export function findAction(card: Readonly<Record<string, unknown>>, path: string): HttpPost | string {
  let here: unknown = card;
  let inputs: readonly string[] = [];
  for (const step of path.split('/')) {
    // An ActionCard's inputs belong to the buttons inside it.
    if (isRecord(here) && Array.isArray(here['inputs'])) inputs = here['inputs'].map(idOf);
    here = Array.isArray(here) ? here[Number(step)] : isRecord(here) ? here[step] : undefined;
  }
  if (!isRecord(here)) return 'the card has no such button';
  if (here['@type'] !== 'HttpPOST') return 'only an HttpPOST is sent to a server';
  const { name, target, body = '', bodyContentType = 'application/json' } = here;
  if (typeof target !== 'string') return 'the button has no target';
  // An object instead of a string fails. Source: AdaptiveCards issue 1733.
  if (typeof body !== 'string') return 'the body of a button must be a string';
  return { name: String(name), target, body, contentType: String(bodyContentType), headers: headersOf(here), inputs };
}

const idOf = (input: unknown): string => (isRecord(input) ? String(input['id']) : '');

function headersOf(action: Readonly<Record<string, unknown>>): HttpPost['headers'] {
  const headers: unknown[] = Array.isArray(action['headers']) ? action['headers'] : [];
  return headers.filter(isRecord).map(({ name, value }) => ({ name: String(name), value: String(value ?? '') }));
}
