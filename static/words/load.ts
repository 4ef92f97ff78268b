/** Finds a person's language among ours, and loads its words alone. */
import type { Words } from './en.ts';

/** The languages of the pages. */
export const LANGUAGES = ['en', 'de', 'fr', 'es', 'ja'] as const;
/** One of them. */
export type Language = (typeof LANGUAGES)[number];

const FILES: Readonly<Record<Language, () => Promise<Words>>> = {
  en: async () => (await import('./en.ts')).en,
  de: async () => (await import('./de.ts')).de,
  fr: async () => (await import('./fr.ts')).fr,
  es: async () => (await import('./es.ts')).es,
  ja: async () => (await import('./ja.ts')).ja,
};

/** Words, and the locale by which `Intl` writes dates and numbers beside them. */
export interface Speech {
  readonly language: Language;
  readonly locale: string;
  readonly words: Words;
}

/** The first language wanted that we have, in its regional form; English when there is none. */
export function chooseLanguage(wanted: readonly string[]): { language: Language; locale: string } {
  for (const tag of wanted) {
    const language = LANGUAGES.find((known) => tag.toLowerCase().split('-')[0] === known);
    if (language === undefined) continue;
    // Plain English is the 24-hour, day-first kind, which is not misread anywhere; en-US gets its own.
    return { language, locale: tag.toLowerCase() === 'en' ? 'en-GB' : canonical(tag, language) };
  }
  return { language: 'en', locale: 'en-GB' };
}

/** Loads the words for a person who reads these languages, most wanted first. */
export async function loadWords(wanted: readonly string[]): Promise<Speech> {
  const { language, locale } = chooseLanguage(wanted);
  return { language, locale, words: await FILES[language]() };
}

/** Hosts write `en-us`, and now and then something that is no language at all. */
function canonical(tag: string, fallback: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? fallback;
  } catch {
    return fallback;
  }
}
