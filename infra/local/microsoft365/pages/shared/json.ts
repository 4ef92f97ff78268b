/** Reads foreign JSON without trusting its shape. */

/** An object, or an empty one. */
export const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

/** A list of objects, or none. */
export const recordsOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.map(recordOf) : [];

/** Text: numbers too, as Grafana and others send them. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

/** True for `true` and for the string that Microsoft's own samples send instead. */
export const isTrue = (value: unknown): boolean => value === true || textOf(value).toLowerCase() === 'true';

/** The address when it is one that a host opens: http or https. */
export function webAddress(value: unknown): string | undefined {
  const text = textOf(value);
  return /^https?:\/\//i.test(text) && URL.canParse(text) ? text : undefined;
}
