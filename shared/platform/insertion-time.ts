/** When a queue message was put, from what the host tells of it: the same however often it is seen. */

/** In ms since 1970; the host gives a date as text. `otherwise` where it says nothing: what is dated long ago would be cleared. */
export function insertionTime(
  triggerMetadata: Readonly<Record<string, unknown>> | undefined,
  otherwise: number,
): number {
  const time = triggerMetadata?.['insertionTime'];
  const isDate = typeof time === 'string' || typeof time === 'number' || time instanceof Date;
  const at = isDate ? new Date(time).getTime() : Number.NaN;
  return Number.isNaN(at) ? otherwise : at;
}
