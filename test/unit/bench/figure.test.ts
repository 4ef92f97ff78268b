import { AIMS } from '../../bench/aims.ts';
import { listed, total } from '../../bench/counts.ts';
import { type Figure, judge, toLine } from '../../bench/figure.ts';
import type { Suite } from '../../bench/suite.ts';
import { chosen, SUITES } from '../../bench/suites.ts';

function aFigure(change: Partial<Figure> = {}): Figure {
  return { name: 'digest-ops-100', value: 13, unit: 'operations', n: 10, ...change };
}

describe('judge', () => {
  it.each<[what: string, figure: Partial<Figure>, is: string]>([
    ['a value at its upper bound', { value: 13 }, 'met'],
    ['a value just over it', { value: 13.001 }, 'missed'],
    ['a value at its lower bound', { name: 'summarise-per-second', value: 300_000 }, 'met'],
    ['a value just under it', { name: 'summarise-per-second', value: 299_999 }, 'missed'],
    ['a ratio within its bound, whatever the value', { name: 'drain-ratio', value: 1, ratio: 0.8 }, 'met'],
    ['a ratio beyond its bound, whatever the value', { name: 'drain-ratio', value: 900, ratio: 0.79 }, 'missed'],
    ['what could not be measured', { value: Number.NaN }, 'missed'],
    ['a figure without an aim', { name: 'bundle-kb', value: 1e9 }, 'none'],
  ])('of %s is as it should be', (_, change, is) => {
    expect(judge(aFigure(change)).is).toBe(is);
  });

  it('says what was measured and by which bound it was missed', () => {
    const judgement = judge(aFigure({ name: 'drain-ratio', value: 500, ratio: 0.5 }));

    expect(judgement).toEqual({ is: 'missed', bound: '≥ 0.8', measured: 0.5 });
  });
});

describe('toLine', () => {
  it('is one JSON object, numbers to four digits, without what was not measured', () => {
    const line = toLine(aFigure({ value: 1.0312499, floor: 2 / 3 }));

    expect(line).toBe('{"name":"digest-ops-100","value":1.031,"unit":"operations","floor":0.6667,"n":10}');
  });
});

describe('AIMS', () => {
  it('bounds each figure once, on one side', () => {
    const names = AIMS.map(({ name }) => name);
    const sides = AIMS.map(({ atMost, atLeast }) => [atMost, atLeast].filter((bound) => bound !== undefined).length);

    expect(new Set(names).size).toBe(names.length);
    expect(sides).toEqual(AIMS.map(() => 1));
  });
});

describe('total', () => {
  it('leaves out polls that found nothing', () => {
    const counts = new Map([
      ['queue events receive nothing', 50],
      ['queue events receive', 2],
      ['table inbox insert', 3],
    ]);

    expect(total(counts)).toBe(5);
    expect(total(counts, (kind) => kind.startsWith('table'))).toBe(3);
    expect(listed(counts, 3)).toEqual([
      '      1.0000  table inbox insert (3)',
      '      0.6667  queue events receive (2)',
    ]);
  });
});

describe('chosen', () => {
  const nothing: Suite['measure'] = async function* () {};
  const suites: Suite[] = [
    { name: 'counts', figures: ['count-a', 'count-b'], steady: true, measure: nothing },
    { name: 'times', figures: ['time-a'], steady: false, measure: nothing },
  ];
  const names = (found: readonly Suite[] | string) =>
    typeof found === 'string' ? found : found.map(({ name }) => name);

  it.each<[given: string[], short: boolean, expected: string[]]>([
    [[], false, ['counts', 'times']],
    [[], true, ['counts']],
    [['times'], false, ['times']],
    [['count-b'], false, ['counts']],
    [['count-b', 'counts'], true, ['counts']],
  ])('takes %j, short: %s, for %j', (given, short, expected) => {
    expect(names(chosen(given, short, suites))).toEqual(expected);
  });

  it('refuses a name that is none', () => {
    expect(chosen(['count-c'], false, suites)).toBe('There is no suite or figure "count-c".');
  });

  it('knows every figure by one suite alone', () => {
    const figures = SUITES.flatMap((suite) => suite.figures);

    expect(new Set(figures).size).toBe(figures.length);
  });
});
