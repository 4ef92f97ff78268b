/** A figure, the line it is printed as, and whether it meets its aim. */
import { AIMS, type Aim } from './aims.ts';

/** One measured figure. `floor` is the same work done by the fastest loop we know, in the same run; `n`: how often it was measured. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly floor?: number;
  readonly ratio?: number;
  readonly n: number;
}

/** A figure, and what finds out where it goes: asked while its system still runs, if it misses its aim. */
export interface Measured {
  readonly figure: Figure;
  readonly where: () => Promise<readonly string[]>;
}

/** `missed` says by which bound; a figure without an aim is `none`. */
export type Judgement =
  | { readonly is: 'met' | 'none' }
  | { readonly is: 'missed'; readonly bound: string; readonly measured: number };

/** The figure as its line of JSON, numbers to four significant digits. */
export function toLine({ name, value, unit, floor, ratio, n }: Figure): string {
  return JSON.stringify({
    name,
    value: rounded(value),
    unit,
    ...(floor === undefined ? {} : { floor: rounded(floor) }),
    ...(ratio === undefined ? {} : { ratio: rounded(ratio) }),
    n,
  });
}

/** Compares a figure with its aim. What was not measured (NaN) is missed. */
export function judge(figure: Figure, aims: readonly Aim[] = AIMS): Judgement {
  const aim = aims.find(({ name }) => name === figure.name);
  if (aim === undefined) return { is: 'none' };
  const measured = figure.ratio ?? figure.value;
  if (aim.atMost !== undefined && !(measured <= aim.atMost))
    return { is: 'missed', bound: `≤ ${aim.atMost}`, measured };
  if (aim.atLeast !== undefined && !(measured >= aim.atLeast))
    return { is: 'missed', bound: `≥ ${aim.atLeast}`, measured };
  return { is: 'met' };
}

/** To four significant digits; whole numbers stay whole. */
export function rounded(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(4));
}
