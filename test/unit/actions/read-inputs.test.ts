import { type GivenValues, readInputs } from '../../../shared/actions/read-inputs.ts';
import { actionInputSchema, type EventAction, eventActionSchema } from '../../../shared/events/event.ts';

type Input = NonNullable<EventAction['inputs']>[number];

const TEXT: Input = { id: 'why', type: 'text', title: 'Why' };
const DAY: Input = { id: 'until', type: 'date', title: 'Until' };
const MOMENT: Input = { ...DAY, includeTime: true };
const ONE: Input = {
  id: 'reason',
  type: 'choice',
  title: 'Reason',
  choices: ['flaky', 'slow,stuck', 'x;y', 'x', 'y'].map((value) => ({ display: value.toUpperCase(), value })),
};
const MANY: Input = { ...ONE, multiSelect: true };
const LONG = 'x'.repeat(4_000);

it.each<[what: string, Input, given: unknown, read: unknown]>([
  ['text', TEXT, 'hello', 'hello'],
  ['text with quotes and braces', TEXT, '{"a": "{{b}}"}', '{"a": "{{b}}"}'],
  ['text of several lines where there is one', TEXT, 'a\r\nb\n\nc', 'a b c'],
  ['text of several lines', { ...TEXT, multiline: true }, 'a\r\nb\rc', 'a\nb\nc'],
  ['text as long as it may be', { ...TEXT, maxLength: 5 }, '12345', '12345'],
  ['text whose line ends count once', { ...TEXT, maxLength: 3, multiline: true }, 'a\r\nb', 'a\nb'],
  ['the longest text there is', TEXT, LONG, LONG],
  ['a zero', { ...TEXT, required: true }, '0', '0'],
  ['nothing', TEXT, undefined, undefined],
  ['null', TEXT, null, undefined],
  ['blanks, as nothing', TEXT, ' \n', undefined],
  ['a day', DAY, '2026-12-24', '2026-12-24'],
  ['a day given with a time', DAY, '2026-12-24T09:00:00Z', '2026-12-24'],
  ['a day with a time', MOMENT, '2026-12-24T09:00', '2026-12-24T09:00'],
  ['no day', DAY, '', undefined],
  ['a choice', ONE, 'flaky', 'flaky'],
  ['a choice that holds a comma', ONE, 'slow,stuck', 'slow,stuck'],
  ['no choice', ONE, '', undefined],
  ['one of several choices', MANY, 'flaky', ['flaky']],
  ['several with commas', MANY, 'flaky,x', ['flaky', 'x']],
  ['several with semicolons, one of which holds a comma', MANY, 'slow,stuck;flaky', ['slow,stuck', 'flaky']],
  ['a list of our own page', MANY, ['flaky', 'slow,stuck'], ['flaky', 'slow,stuck']],
  ['a list whose values together look like another', MANY, ['x', 'y'], ['x', 'y']],
  ['a list that says one twice', MANY, ['x', 'x'], ['x']],
])('reads %s', (_what, input, given, read) => {
  expect(readInputs([input], { [input.id]: given })).toEqual(read === undefined ? {} : { [input.id]: read });
});

it.each<[what: string, Input, given: unknown, says: string]>([
  ['nothing where something must be', { ...TEXT, required: true }, undefined, '"Why" must be filled in.'],
  ['blanks where something must be', { ...TEXT, required: true }, ' \t\n', '"Why" must be filled in.'],
  ['no day where one must be', { ...DAY, required: true }, '', '"Until" must be filled in.'],
  ['no choice where one must be', { ...MANY, required: true }, [], '"Reason" must be filled in.'],
  ['an input without a title', { id: 'why', type: 'text', required: true }, '', '"why" must be filled in.'],
  ['a text too long by one', { ...TEXT, maxLength: 5 }, '123456', '"Why" may have at most 5 characters.'],
  ['a text past all measure', { ...TEXT, maxLength: 90_000 }, `${LONG}x`, '"Why" may have at most 4000 characters.'],
  ['a number', TEXT, 1, '"Why" must be text.'],
  ['an object', TEXT, { a: 'b' }, '"Why" must be text.'],
  ['a list of numbers', MANY, [1], '"Reason" must be text.'],
  ['no date', DAY, '24/12/2026', '"Until" must be a date, as 2026-12-24.'],
  ['a day that there is not', DAY, '2026-02-30', '"Until" must be a date, as 2026-12-24.'],
  ['a date that lacks its time', MOMENT, '2026-12-24', '"Until" must be a date with a time, as 2026-12-24T09:00.'],
  ['what was not offered', ONE, 'other', '"Reason" must be one of the choices offered.'],
  ['what is shown instead of its value', ONE, 'FLAKY', '"Reason" must be one of the choices offered.'],
  ['several where one may be', ONE, 'flaky,x', '"Reason" must be one of the choices offered.'],
  ['a list where one may be', ONE, ['flaky', 'x'], '"Reason" must be one of the choices offered.'],
  ['a part of a choice', MANY, 'slow', '"Reason" must be one of the choices offered.'],
  ['one stranger among several', MANY, 'flaky;other', '"Reason" must be one of the choices offered.'],
  ['one stranger in a list', MANY, ['flaky', 'other'], '"Reason" must be one of the choices offered.'],
  ['a choice past the twentieth', many(21), 'c21', '"c" must be one of the choices offered.'],
])('refuses %s', (_what, input, given, says) => {
  expect(() => readInputs([input], { [input.id]: given })).toThrow(
    expect.objectContaining({ code: 'invalid-inputs', message: says }),
  );
});

it.each([
  '{{why.value}}',
  '{{WHY.value}}',
  '{{ why.value }}',
  'I said {{why.VALUE}}.',
  '{{other.value}}',
  '{{a_$@1.value}}',
])('refuses %j, which a client left standing', (given) => {
  for (const input of [TEXT, { ...TEXT, required: true }])
    expect(() => readInputs([input], { why: given })).toThrow(/"Why" was not put in by this app/);
});

it.each<[what: string, EventAction['inputs'], GivenValues]>([
  ['of an action without inputs', undefined, { why: 'x' }],
  ['beside those asked for', [TEXT], { why: 'x', more: 'y' }],
  ['under an id in another case', [TEXT], { Why: 'x' }],
  ['that is empty', [TEXT], { more: '' }],
  ['past the fifth', manyInputs(6), { i6: 'x' }],
])('refuses a value that was not asked for: one %s', (_what, inputs, given) => {
  expect(() => readInputs(inputs, given)).toThrow('The answer holds a value that was not asked for.');
});

it('refuses what is too long altogether, in bytes', () => {
  const given = Object.fromEntries(manyInputs(5).map(({ id }) => [id, 'é'.repeat(4_000)]));

  expect(() => readInputs(manyInputs(5), given)).toThrow(/too long altogether/);
});

it.each(['constructor', 'toString', 'hasOwnProperty'])('takes an input called %s for what it is', (id) => {
  expect(readInputs([{ id, type: 'text' }], {})).toEqual({});
  expect(readInputs([{ id, type: 'text' }], { [id]: 'x' })).toEqual({ [id]: 'x' });
});

it.each<[what: string, ids: string[], isTaken: boolean]>([
  ['letters, digits, _, $ and @', ['a', 'B2', '_', '$x', 'me@work'], true],
  ['a hyphen', ['a-b'], false],
  ['a dot', ['a.b'], false],
  ['nothing', [''], false],
  ['the same twice', ['a', 'a'], false],
  ['the same but for the case of letters, which a client puts one value into', ['until', 'Until'], false],
  ['what JavaScript keeps for itself', ['__proto__'], false],
])('takes ids of inputs as clients can put values in: %s', (_what, ids, isTaken) => {
  const inputs = ids.map((id) => ({ id, type: 'text' }));

  expect(eventActionSchema.safeParse({ id: 'mute', title: 'Mute', inputs }).success).toBe(isTaken);
});

function many(count: number): Input {
  const choices = Array.from({ length: count }, (_, index) => ({ display: 'x', value: `c${index + 1}` }));
  return actionInputSchema.parse({ id: 'c', type: 'choice', choices });
}

function manyInputs(count: number): Input[] {
  return Array.from({ length: count }, (_, index) => ({ id: `i${index + 1}`, type: 'text' }));
}
