/** Inputs to fuzz with: right ones with something wrong in them, wrong ones of every shape, and text that has hurt others. */
import fc from 'fast-check';

const NASTY = [
  '',
  ' ',
  '\u0000',
  '\uFFFD',
  '\uD800',
  '\u202E',
  '\u00e9\u0301',
  '👩‍👩‍👧‍👦',
  '__proto__',
  'constructor',
  'toString',
  '{{name.value}}',
  '<script>alert(1)</script>',
  '](javascript:alert(1))',
  "' or PartitionKey ne '",
  '%00',
  '../..',
  'NaN',
  '-0',
  '1e999',
  '9007199254740993',
  '2026-02-30T25:61:00Z',
  '*'.repeat(2_000),
  '['.repeat(2_000),
  '\\'.repeat(500),
  'a'.repeat(5_000),
  '_a'.repeat(1_000),
] as const;

/** Text: plain, of any characters, or what has hurt others, alone and joined. */
export const text: fc.Arbitrary<string> = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(...NASTY),
  fc
    .array(fc.oneof(fc.string({ maxLength: 5 }), fc.constantFrom(...NASTY)), { maxLength: 4 })
    .map((parts) => parts.join('')),
);

/** Any JSON, with names and texts of that kind; what `undefined` and -0 become in it too. */
export const json: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4 }),
  ),
})).value;

/** Takes a value apart by a path of numbers, as far as it goes, and changes what stands there. */
interface Edit {
  readonly path: readonly number[];
  readonly change: 'replace' | 'remove' | 'add' | 'twice';
  readonly name: string;
  readonly value: unknown;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  path: fc.array(fc.nat(40), { minLength: 1, maxLength: 5 }),
  change: fc.constantFrom('replace', 'replace', 'remove', 'add', 'twice'),
  name: text,
  value: json,
});

/** One of the right ones, with up to four changes; or none. */
export function nearly(...right: readonly [unknown, ...unknown[]]): fc.Arbitrary<unknown> {
  return fc
    .record({ base: fc.constantFrom(...right), edits: fc.array(edit, { maxLength: 4 }) })
    .map(({ base, edits }) => edits.reduce<unknown>((value, one) => changed(value, one, 0), base));
}

function changed(value: unknown, edit: Edit, depth: number): unknown {
  const { path, change, name } = edit;
  if (typeof value !== 'object' || value === null || depth >= path.length) return change === 'add' ? value : edit.value;
  const entries = Object.entries(value);
  const at = (path[depth] ?? 0) % Math.max(1, entries.length);
  const isLast = depth === path.length - 1;
  const next = entries.flatMap(([key, item], index): [string, unknown][] => {
    if (index !== at) return [[key, item]];
    if (isLast && change === 'remove') return [];
    if (isLast && change === 'twice')
      return [
        [key, item],
        [name, item],
      ];
    return [[key, changed(item, edit, depth + 1)]];
  });
  if (isLast && change === 'add') next.push([name, edit.value]);
  if (Array.isArray(value)) return next.map(([, item]) => item);
  return Object.fromEntries(next);
}

/** Text near one that is right: cut, joined, with characters changed. */
export function nearlyText(...right: readonly [string, ...string[]]): fc.Arbitrary<string> {
  const near = fc
    .record({ base: fc.constantFrom(...right), cuts: fc.array(fc.tuple(fc.nat(), fc.nat(8), text), { maxLength: 3 }) })
    .map(({ base, cuts }) =>
      cuts.reduce((now, [at, length, put]) => {
        const from = at % (now.length + 1);
        return now.slice(0, from) + put + now.slice(from + length);
      }, base),
    );
  return fc.oneof({ weight: 4, arbitrary: near }, { weight: 1, arbitrary: text });
}
