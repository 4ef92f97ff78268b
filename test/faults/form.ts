/** Long or short: a long run takes everything, a short one a part that differs from place to place, for every commit. */

/** True in a short run (`npm run test:faults -- --short`). */
export const isShort = process.env['FAULTS'] === 'short';

/** Takes every item in a long run, and in a short one every `nth`, from one that `place` decides. */
export function sample<T>(items: readonly T[], nth: number, place: string): readonly T[] {
  return items.filter((_, at) => isSampled(at, nth, place));
}

/** Whether the item at a position is taken: always in a long run. */
export function isSampled(at: number, nth: number, place: string): boolean {
  return !isShort || (at + sumOf(place)) % nth === 0;
}

function sumOf(text: string): number {
  return [...text].reduce((sum, char) => sum + (char.codePointAt(0) ?? 0), 0);
}
