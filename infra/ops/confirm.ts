/** Asks before anything is removed that cannot be brought back. */
import { OpsCallError } from './call-error.ts';
import type { Terminal } from './create-ops.ts';

/** What is about to happen, as a sentence, and whether `--yes` was given. */
export interface Confirmation {
  readonly what: string;
  readonly yes: boolean | undefined;
}

/** Resolves when `--yes` was given or the person at the terminal types `yes`. @throws OpsCallError otherwise: nothing was done. */
export async function confirm({ ask }: Terminal, { what, yes }: Confirmation): Promise<void> {
  if (yes === true) return;
  if (ask === undefined) throw new OpsCallError(`${what} Nothing was done: add --yes if you mean it.`);
  const answer = await ask(`${what} Type yes to go on: `);
  if (answer.trim().toLowerCase() !== 'yes') throw new OpsCallError('Nothing was done.');
}
