/** Where secrets that got out are written down, by any process of a run: one line of JSON each. */
import { appendFileSync } from 'node:fs';
import { type Forbidden, findSecret } from './marks.ts';

/** Looks at a text that left the app at a place, and writes it down when it holds a secret. */
export type Look = (place: string, text: string, forbidden: Forbidden) => void;

/** Looks, and writes into `file`. */
export function createLook(file: string): Look {
  return (place, text, forbidden) => {
    const around = findSecret(text, forbidden);
    if (around !== undefined) appendFileSync(file, `${JSON.stringify({ place, around })}\n`);
  };
}
