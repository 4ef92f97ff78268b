/** The line that a client shows under a card: it travels as a header, so it is one line of Latin-1. */

/** Longer than any line of ours; clients show about as much. */
const MAX_CHARS = 200;
/** Punctuation that Latin-1 does not have, as it is written without. */
const PLAINER: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u201A': "'",
  '\u201C': '"',
  '\u201D': '"',
  '\u201E': '"',
  '\u2013': '-',
  '\u2014': '-',
  '\u2026': '...',
  '\u20AC': 'EUR',
};

/** The text on one line of printable Latin-1; letters without a Latin-1 form lose their accents, or become `?`. */
export function toStatusLine(text: string): string {
  const line = [...text.normalize('NFC')]
    .map((char) => PLAINER[char] ?? (isLatin1(char) ? char : toLatin1(char)))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length <= MAX_CHARS ? line : `${line.slice(0, MAX_CHARS - 3)}...`;
}

/** The first of several ways to say it that keeps all its letters, else the last. */
export function firstSayable(sentences: readonly string[]): string {
  const whole = sentences.find((sentence) => count(toStatusLine(sentence), '?') === count(sentence, '?'));
  return toStatusLine(whole ?? sentences.at(-1) ?? '');
}

function count(text: string, char: string): number {
  return text.split(char).length - 1;
}

function isLatin1(char: string): boolean {
  return /^[\x20-\x7E\xA0-\xFF]$/.test(char);
}

function toLatin1(char: string): string {
  if (/[\s\p{Cc}\p{Z}]/u.test(char)) return ' ';
  if (/[\p{Cf}\p{M}]/u.test(char)) return '';
  const bare = char.normalize('NFKD').replace(/\p{M}/gu, '');
  return [...bare].every(isLatin1) ? bare : '?';
}
