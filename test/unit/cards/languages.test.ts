import { LANGUAGES, speechOf } from '../../../shared/cards/messages/languages.ts';
import type { Messages } from '../../../shared/cards/messages/messages.ts';
import { SEVERITIES } from '../../../shared/subscriptions/severity.ts';

/** Every sentence of a language, said with the number 3. */
function sentences(say: Messages): string[] {
  return [
    say.events(3),
    ...SEVERITIES.flatMap((severity) => [say.counted[severity](3), say.severity[severity]]),
    say.timesLast(3, '09:12', true),
    say.timesLast(3, '20 Nov', false),
    say.more(3),
    say.moreElsewhere(3),
    ...[say.viewDigest, say.open, say.settings, say.shortened, say.plain('3')],
    say.alreadyShown(3),
    ...[say.nothingNew.title('B'), say.nothingNew.text, say.quiet.title('B'), say.quiet.since('D'), say.quiet.why],
    ...[say.quiet.paused, say.disabled.title('B'), say.disabled.text('C'), say.disabled.what],
    ...[say.disabled.reason, say.disabled.since],
    ...[
      say.welcome.title('B'),
      say.welcome.setUpBy('P'),
      say.welcome.setUp,
      say.welcome.howToChange,
      say.welcome.atOnce,
    ],
    ...[say.test.title('B'), say.test.text, say.test.sentAt, say.chartAlt('3', 'P')],
  ];
}

it.each([
  ['en', 1, '1 event', '1 time, last at 09:12'],
  ['en', 2, '2 events', '2 times, last at 09:12'],
  ['en', 1_234_567, '1,234,567 events', '1,234,567 times, last at 09:12'],
  ['de', 1, '1 Ereignis', '1-mal, zuletzt um 09:12'],
  ['de', 12_345, '12.345 Ereignisse', '12.345-mal, zuletzt um 09:12'],
  ['fr', 0, '0 événement', '0 fois, la dernière à 09:12'],
  ['fr', 1, '1 événement', '1 fois, la dernière à 09:12'],
  ['fr', 2, '2 événements', '2 fois, la dernière à 09:12'],
  ['fr', 1_000_000, '1\u202f000\u202f000 d’événements', '1\u202f000\u202f000 fois, la dernière à 09:12'],
  ['es', 1, '1 evento', '1 vez, la última a las 09:12'],
  ['es', 2, '2 eventos', '2 veces, la última a las 09:12'],
  ['ja', 1, '1 件のイベント', '1 回、最後は 09:12'],
])('counts in %s: %d', (locale, count, events, times) => {
  const { messages } = speechOf(locale);

  expect(messages.events(count)).toBe(events);
  expect(messages.timesLast(count, '09:12', true)).toBe(times);
});

it.each(LANGUAGES)('says every sentence in %s, none of them empty or with a number left out', (language) => {
  const said = sentences(speechOf(language).messages);

  expect(said.filter((sentence) => sentence.trim() === '' || /[#$]|undefined|\{/.test(sentence))).toEqual([]);
});

it('has no sentence that is still English in another language', () => {
  const english = new Set(sentences(speechOf('en').messages).filter((sentence) => sentence.length > 12));

  const left = LANGUAGES.filter((language) => language !== 'en').flatMap((language) =>
    sentences(speechOf(language).messages).filter((sentence) => english.has(sentence)),
  );

  expect(left).toEqual([]);
});

it.each([
  ['de-CH', 'de'],
  ['fr-CA', 'fr'],
  ['ja', 'ja'],
  ['pt-BR', 'en'],
  ['not a locale', 'en'],
  ['', 'en'],
])('answers the locale %j in %s', (locale, language) => {
  expect(speechOf(locale).language).toBe(language);
});

it.each([
  ['en', 'en-GB'],
  ['en-US', 'en-US'],
  ['de-AT', 'de-AT'],
  ['pt-BR', 'en-GB'],
])('writes dates for %j as in %s', (locale, dates) => {
  expect(speechOf(locale).dates).toBe(dates);
});
