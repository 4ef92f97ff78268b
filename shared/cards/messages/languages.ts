/** The languages cards speak, and which of them answers to a locale. */
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import type { Messages } from './messages.ts';

const CATALOGUE = { en, de, fr, es, ja } as const;

/** A language with every sentence. */
export type Language = keyof typeof CATALOGUE;
/** All of them, for the configuration page's list. */
export const LANGUAGES: readonly Language[] = ['en', 'de', 'fr', 'es', 'ja'];

/** A language's sentences, and the locale for `Intl` to write its dates by. */
export interface Speech {
  readonly language: Language;
  readonly dates: string;
  readonly messages: Messages;
}

/** The language of a locale such as `de-CH`; English for one we do not speak. */
export function speechOf(locale: string): Speech {
  const tag = canonical(locale);
  const language = LANGUAGES.find((known) => tag === known || tag.startsWith(`${known}-`)) ?? 'en';
  // Plain English is the 24-hour, day-first kind, which is not misread anywhere; en-US gets its own.
  const dates = language === 'en' && !tag.startsWith('en-') ? 'en-GB' : tag;
  return { language, dates, messages: CATALOGUE[language] };
}

/** The language that a browser asks for first among those we speak, by its `Accept-Language`; English for none. */
export function wantedLanguage(acceptLanguage: string | null): Language {
  const wanted = (acceptLanguage ?? '').split(',').map((part) => {
    const [tag = '', ...parameters] = part.split(';').map((each) => each.trim().toLowerCase());
    const quality = parameters.find((each) => each.startsWith('q='));
    return { tag, quality: quality === undefined ? 1 : Number(quality.slice(2)) || 0 };
  });
  const known = wanted.flatMap(({ tag, quality }) => {
    const language = LANGUAGES.find((each) => tag === each || tag.startsWith(`${each}-`));
    return language === undefined || quality === 0 ? [] : [{ language, quality }];
  });
  return known.sort((a, b) => b.quality - a.quality)[0]?.language ?? 'en';
}

function canonical(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
