/** Why nothing was sent, in the reader's language: every sentence in each, and each code its own. */
import { ActionGoneError, ActionTokenError, FormExpiredError, inputFault } from '../../../shared/actions/errors.ts';
import { de } from '../../../shared/actions/refusals/de.ts';
import { en } from '../../../shared/actions/refusals/en.ts';
import { es } from '../../../shared/actions/refusals/es.ts';
import { fr } from '../../../shared/actions/refusals/fr.ts';
import { ja } from '../../../shared/actions/refusals/ja.ts';
import { sayInputFault, sayRefusal } from '../../../shared/actions/refusals/say-refusal.ts';
import type { InputFault, RefusalWords } from '../../../shared/actions/refusals/words.ts';
import { wantedLanguage } from '../../../shared/cards/messages/languages.ts';
import { EntraTokenError } from '../../../shared/identity/entra-token-error.ts';

const FAULTS: readonly InputFault[] = [
  ...(['missing', 'date', 'date-time', 'choice'] as const).map((is) => ({ is, input: '«1»' })),
  { is: 'long', input: '«1»', most: 33 },
  { is: 'past-day' },
  { is: 'long-altogether' },
];

function sentences({ input, ...said }: RefusalWords): string[] {
  return [...Object.values(said), ...FAULTS.map(input)];
}

it.each([
  ['de', de],
  ['fr', fr],
  ['es', es],
  ['ja', ja],
] as const)('says everything in %s, and with every name and number', (_language, words) => {
  const english = sentences(en);
  const marks = (text = '') => (text.match(/«1»|33/g) ?? []).sort();

  const said = sentences(words);

  expect(said.filter((text, index) => text.trim() === '' || text === english[index])).toEqual([]);
  expect(new Set(said).size).toBe(english.length);
  expect(said.map(marks)).toEqual(english.map(marks));
});

it.each([
  [null, 'en'],
  ['', 'en'],
  ['pt-BR', 'en'],
  ['de-CH, en;q=0.8', 'de'],
  ['en;q=0.5, fr-CA;q=0.9', 'fr'],
  ['ja;q=0, es', 'es'],
  ['*, x;q=z', 'en'],
  ['den', 'en'],
])('reads the languages %j as %s', (header, language) => {
  expect(wantedLanguage(header)).toBe(language);
});

it.each([
  [new ActionTokenError('action-token-claims'), de.address],
  [new ActionTokenError('action-token-expired'), de.old],
  [new ActionTokenError('action-token-key'), de.withdrawn],
  [new ActionGoneError(), de.removed],
  [new FormExpiredError(), de.formOld],
  [new EntraTokenError('actor-token-nonce'), de.signInFailed],
  [undefined, de.failed],
])('has a sentence of its own for %o', (error, message) => {
  expect(sayRefusal(error, 'de')).toEqual({ language: 'de', title: de.title, help: de.help, message });
});

it('says in the card’s language what is wrong with an input', () => {
  expect(sayInputFault(inputFault({ is: 'long', input: 'Why', most: 5 }), 'fr-CH')).toBe(
    '« Why » peut avoir au plus 5 caractères.',
  );
});
