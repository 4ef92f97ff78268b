/** The app's health: each thing it relies on, looked at together, each within a bounded time, and by all who ask within five seconds at once. */
import { z } from 'zod';
import type { Clock } from './clock.ts';
import { ConnectorError } from './errors.ts';

/** Looks at one thing; gives what is wrong with it in a sentence without secrets, or nothing. May reject and may hang. */
export type Look = (signal: AbortSignal) => Promise<string | undefined>;

const checkSchema = z.object({
  ok: z.boolean(),
  ms: z.int().meta({ description: 'How long looking took' }),
  fault: z.string().optional(),
});

/** What was found, when (ISO 8601). */
export const healthSchema = z.object({
  status: z.enum(['ok', 'failing']),
  at: z.iso.datetime(),
  checks: z.record(z.string(), checkSchema),
});
export type Health = z.infer<typeof healthSchema>;

/** Something that the app relies on is away; `checks` in the answer says what. */
export class HealthFailingError extends ConnectorError {
  readonly code = 'health-failing';
  readonly status = 503;
  override readonly members;

  constructor({ at, checks }: Health) {
    super(`Not well: ${failing({ checks }).join(', ')}.`);
    this.members = { at, checks };
  }
}

/** The names of what is away. */
export function failing({ checks }: Pick<Health, 'checks'>): string[] {
  return Object.entries(checks).flatMap(([name, { ok }]) => (ok ? [] : [name]));
}

/** What looking needs. `within(ms)` gives a signal that goes off then. */
export interface HealthDeps {
  readonly looks: Readonly<Record<string, Look>>;
  readonly clock: Pick<Clock, 'elapsed' | 'realNow'>;
  readonly within: (ms: number) => AbortSignal;
}

/** An answer is good for so long: a monitor that asks often costs no more than one that does not. */
export const FRESH_MS = 5_000;
/** Longer than the SDKs take to try again twice; a monitor's patience is 30 s. */
export const LIMIT_MS = 3_000;

/** Looks, or gives what was found less than five seconds ago, or what somebody is finding now. Never rejects. */
export function createHealth({ looks, clock, within }: HealthDeps): () => Promise<Health> {
  let under: Promise<Health> | undefined;
  let found: { readonly health: Health; readonly since: number } | undefined;

  async function look(): Promise<Health> {
    const at = new Date(clock.realNow()).toISOString();
    const entries = Object.entries(looks).map(async ([name, one]) => [name, await timed(one)] as const);
    const checks = Object.fromEntries(await Promise.all(entries));
    return { status: failing({ checks }).length === 0 ? 'ok' : 'failing', at, checks };
  }

  async function timed(one: Look) {
    const began = clock.elapsed();
    const fault = await bounded(one, within(LIMIT_MS));
    const ms = Math.round(clock.elapsed() - began);
    return { ok: fault === undefined, ms, ...(fault === undefined ? {} : { fault }) };
  }

  return async function health() {
    if (found !== undefined && clock.elapsed() - found.since < FRESH_MS) return found.health;
    under ??= look().then((health) => {
      found = { health, since: clock.elapsed() };
      under = undefined;
      return health;
    });
    return under;
  };
}

/** What was found before the signal goes off. */
async function bounded(one: Look, signal: AbortSignal): Promise<string | undefined> {
  const late = new Promise<string>((resolve) => {
    signal.addEventListener('abort', () => resolve(`no answer within ${LIMIT_MS / 1e3} s`), { once: true });
  });
  const looking = one(signal).catch((error) => (error instanceof ConnectorError ? error.message : 'the look failed'));
  return Promise.race([looking, late]);
}
