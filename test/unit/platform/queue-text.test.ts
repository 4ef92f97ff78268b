import { toQueueText } from '../../../shared/platform/queue-text.ts';

/** What XML 1.0 allows: section 2.2, "Char". */
const XML_TEXT = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u;

it.each([
  ['a noncharacter', '\uFFFE', '"\\uFFFE"'],
  ['the other noncharacter', '\uFFFF', '"\\uFFFF"'],
  ['a control character', '\u0000\u001F', '"\\u0000\\u001f"'],
  ['half a character', 'a\uD83Db', '"a\\ud83db"'],
  ['the other half', '\uDE00', '"\\ude00"'],
])('escapes %s', (_case, text, expected) => {
  const written = toQueueText(text);

  expect(written).toBe(expected);
});

it.each(['Grüße', '😀', '日本語', '\uFFFD', '\u{1FFFE}', '<&>"\''])('leaves %j as readable as it is', (text) => {
  const written = toQueueText(text);

  expect(written).toBe(JSON.stringify(text));
});

it('writes every 16-bit unit so that XML can carry it and JSON gives it back', () => {
  const units = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit));

  const broken = units.filter((unit) => {
    const written = toQueueText({ [unit]: [unit] });
    return !XML_TEXT.test(written) || JSON.parse(written)[unit]?.[0] !== unit;
  });

  expect(broken).toEqual([]);
});
