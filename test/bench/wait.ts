/** Waiting for what another process does. */
import { setTimeout } from 'node:timers/promises';

const LOOK_MS = 20;

/** Resolves once `holds`; fails when that takes longer than `limitMs`, saying what was waited for. */
export async function until(
  what: string,
  limitMs: number,
  holds: () => boolean | Promise<boolean>,
  lookMs = LOOK_MS,
): Promise<void> {
  const end = performance.now() + limitMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited ${limitMs / 1000} s in vain: ${what}`);
    await setTimeout(lookMs);
  }
}
