/** The words of the pages: every entry in every language, and in that language; and which of them a failure gets. */
import { Problem, sentenceFor } from '../../../static/config/problem.ts';
import { de } from '../../../static/words/de.ts';
import { en, type Words } from '../../../static/words/en.ts';
import { es } from '../../../static/words/es.ts';
import { fr } from '../../../static/words/fr.ts';
import { ja } from '../../../static/words/ja.ts';
import { chooseLanguage } from '../../../static/words/load.ts';

const OTHERS: readonly (readonly [string, Words])[] = [
  ['de', de],
  ['fr', fr],
  ['es', es],
  ['ja', ja],
];
/** The same in two languages because it is the same in both. */
const SAME = new Set(['fr timeline.events', 'fr preview.events', 'fr form.days', 'es health.list', 'de health.list']);

/** Every entry as a sentence, by its place; functions are asked with marks that can be found again. */
function sentences(words: object, place = ''): [string, string][] {
  return Object.entries(words).flatMap(([name, entry]): [string, string][] => {
    const here = place === '' ? name : `${place}.${name}`;
    if (typeof entry === 'string') return [[here, entry]];
    if (typeof entry === 'function') return [[here, String(ask(entry, here))]];
    return sentences(entry, here);
  });
}

function ask(entry: (...marks: unknown[]) => unknown, place: string): unknown {
  if (place === 'health.list') return entry(['«1»', '«2»']);
  const counts = /(Found|events)$/.test(place);
  return counts ? entry(3) : entry('«1»', '«2»');
}

describe.each(OTHERS)('%s', (language, words) => {
  const english = new Map(sentences(en));
  const said = sentences(words);

  it('has every entry, and no other', () => {
    expect(said.map(([place]) => place)).toEqual([...english.keys()]);
  });

  it('leaves none empty or in English', () => {
    const untranslated = said.filter(([place, text]) => text.trim() === '' || text === english.get(place));

    expect(untranslated.filter(([place]) => !SAME.has(`${language} ${place}`))).toEqual([]);
  });

  it('says everything that the English says: every name, time and number', () => {
    const marksOf = (text = '') => (text.match(/«\d»|3/g) ?? []).sort();

    const lost = said.filter(([place, text]) => marksOf(text).join() !== marksOf(english.get(place)).join());

    expect(lost).toEqual([]);
  });
});

it.each([
  [{ status: 403, code: 'tenant-not-allowed' }, 'tenant-not-allowed'],
  [{ status: 403, code: 'link-needs-admin' }, 'unknown'],
  [{ status: 404, code: 'not-found' }, 'not-found'],
  [{ status: 401, code: 'session-expired' }, 'session-ended'],
  [{ status: 503, code: 'unavailable' }, 'unavailable'],
])('says %j by the sentence “%s”', (problem, sentence) => {
  expect(sentenceFor(new Problem(problem))).toBe(sentence);
});

it('uses no word that only those who build it know', () => {
  const jargon = /\b(JSON|payload|digest|endpoint|API|HTTP|null|undefined|subscription|tenant|cron|IANA)\b/i;

  expect(sentences(en).filter(([, text]) => jargon.test(text))).toEqual([]);
});

it.each([
  [['de-CH', 'en'], 'de', 'de-CH'],
  [['pt-BR', 'es-MX'], 'es', 'es-MX'],
  [['en-us'], 'en', 'en-US'],
  [['en'], 'en', 'en-GB'],
  [['ar'], 'en', 'en-GB'],
  [['ja-x-!!'], 'ja', 'ja'],
  [[], 'en', 'en-GB'],
])('speaks %j as %s, and writes dates as %s', (wanted, language, locale) => {
  expect(chooseLanguage(wanted)).toEqual({ language, locale });
});
