/** Why nothing was sent, in the reader's language: the browser's for a page of its own, the card's for an input on its form. */
import { type Language, speechOf, wantedLanguage } from '../../cards/messages/languages.ts';
import type { FailureText } from '../../platform/answering-pages.ts';
import type { ConnectorError, ErrorCode } from '../../platform/errors.ts';
import type { InvalidInputsError } from '../errors.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import type { RefusalWords } from './words.ts';

const WORDS: Readonly<Record<Language, RefusalWords>> = { en, de, fr, es, ja };

/** Codes with a sentence of their own. Those of tokens that say who acts share one: a reader can only sign in again. */
const SENTENCES: Partial<Record<ErrorCode, Exclude<keyof RefusalWords, 'input'>>> = {
  'action-token-missing': 'address',
  'action-token-malformed': 'address',
  'action-token-purpose': 'address',
  'action-token-signature': 'address',
  'action-token-claims': 'address',
  'action-token-key': 'withdrawn',
  'action-token-expired': 'old',
  'action-gone': 'removed',
  'action-unknown': 'unknown',
  'actor-token-tenant': 'otherOrganisation',
  'form-expired': 'formOld',
  'sign-in-not-configured': 'signInMissing',
  'sign-in-refused': 'signInRefused',
  unavailable: 'kept',
};

/** The page of a failure; undefined is one that we do not know. */
export function sayRefusal(error: ConnectorError | undefined, acceptLanguage: string | null): FailureText {
  const language = wantedLanguage(acceptLanguage);
  const words = WORDS[language];
  const { title, help } = words;
  return { language, title, help, message: error === undefined ? words.failed : messageOf(error, words) };
}

/** What is wrong with what was filled in, for the form that asks again. */
export function sayInputFault({ fault, message }: InvalidInputsError, locale: string): string {
  return fault === undefined ? message : WORDS[speechOf(locale).language].input(fault);
}

function messageOf({ code, message }: ConnectorError, words: RefusalWords): string {
  if (/^(actor-token|entra)-/.test(code) && code !== 'actor-token-tenant') return words.signInFailed;
  const sentence = SENTENCES[code];
  return sentence === undefined ? message : words[sentence];
}
