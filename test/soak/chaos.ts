/** What goes wrong while events come: kills, an outage of storage, a vault that refuses, webhooks with faults. All from a seed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { addQuirks, answer, type Quirk } from '../faults/deliveries/quirks.ts';
import type { Chances } from '../faults/random.ts';
import type { SoakSystem } from './system.ts';
import type { Worker } from './worker.ts';

const SECOND = 1_000;
/** A worker lives between these after each start. */
const LIVES_MS = { least: 2 * SECOND, most: 7 * SECOND };
const STORAGE_AWAY_MS = 10 * SECOND;
const VAULT_TROUBLE_MS = 12 * SECOND;
/** Longer runs have an outage and a troubled vault in each such stretch. */
const STRETCH_MS = 180 * SECOND;

const FAULTS: readonly Quirk[] = [
  { effect: answer(500, 'before'), probability: 0.02 },
  { effect: answer(503, 'before', { 'retry-after': '90' }), probability: 0.02 },
  { effect: answer(429, 'before', { 'retry-after': '20' }), probability: 0.02 },
  { effect: answer(500, 'after'), probability: 0.01 },
  ...[400, 413, 429, 502].map(
    (code): Quirk => ({ effect: { do: 'hidden-error', code }, probability: 0.01, kind: 'connector' }),
  ),
  { effect: { do: 'contact-error' }, probability: 0.01, kind: 'connector' },
  { effect: { do: 'reset', when: 'before' }, probability: 0.01 },
  { effect: { do: 'reset', when: 'after' }, probability: 0.01 },
  { effect: { do: 'garbage', when: 'before' }, probability: 0.01 },
  { effect: { do: 'garbage', when: 'after' }, probability: 0.01 },
  { effect: { do: 'odd-body', when: 'after' }, probability: 0.005 },
  // Slow ones are what a killed process leaves in the middle of.
  { effect: { do: 'slow', ms: 1_500, when: 'before' }, probability: 0.05 },
  { effect: { do: 'slow', ms: 1_500, when: 'after' }, probability: 0.1 },
  { effect: { do: 'slow', ms: 6_000, when: 'before' }, probability: 0.005 },
  { effect: { do: 'slow', ms: 6_000, when: 'after' }, probability: 0.005 },
  { effect: { do: 'silence', when: 'after' }, probability: 0.005 },
  { effect: { do: 'fail-run', code: 'BadGateway', message: 'It failed.' }, probability: 0.01, kind: 'workflow' },
];

/** What it did. */
export interface Done {
  kills: number;
}

/** Lets things go wrong for so long; resolves when all is well again and the victim runs. */
export async function goWrong(
  system: SoakSystem,
  victim: Pick<Worker, 'kill' | 'start'>,
  chances: Chances,
  forMs: number,
): Promise<Done> {
  const done: Done = { kills: 0 };
  const end = performance.now() + forMs;
  addQuirks(system.microsoft365.api, chances, FAULTS);
  await Promise.all([killNowAndThen(), outages()]);
  system.microsoft365.api.faults.remove();
  return done;

  async function killNowAndThen(): Promise<void> {
    for (;;) {
      await sleep(LIVES_MS.least + chances.below(LIVES_MS.most - LIVES_MS.least));
      if (performance.now() >= end) return;
      await victim.kill();
      done.kills += 1;
      await victim.start();
    }
  }

  /** Storage goes at a third of each stretch, the vault at three fifths. */
  async function outages(): Promise<void> {
    const stretches = Math.max(1, Math.round(forMs / STRETCH_MS));
    const stretchMs = forMs / stretches;
    for (let stretch = 0; stretch < stretches; stretch++) {
      const began = end - forMs + stretch * stretchMs;
      await until(began + stretchMs / 3);
      await system.azurite.stop();
      await sleep(STORAGE_AWAY_MS);
      await system.azurite.start();
      await until(began + stretchMs * 0.6);
      await troubleVault(stretch);
    }
  }

  async function troubleVault(stretch: number): Promise<void> {
    const { vault, channels } = system;
    vault.faults.add({ fault: { is: 'throttled', retryAfterSeconds: 1 } });
    await system.unseal(channels.filter((_, index) => index % 13 === stretch % 13)).catch(() => {});
    await sleep(VAULT_TROUBLE_MS / 2);
    vault.faults.clear();
    vault.faults.add({ fault: { is: 'failing', status: 500 } });
    await sleep(VAULT_TROUBLE_MS / 2);
    vault.faults.clear();
  }

  async function until(at: number): Promise<void> {
    await sleep(Math.max(0, at - performance.now()));
  }
}
