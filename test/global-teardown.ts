/** Stops what `global-setup.ts` started; fails when a secret got out anywhere. */
import { endWatch } from './canary/whole-run.ts';

/** Stops Azurite, when this run of jest started one. @throws Error that names each place. */
// biome-ignore lint/style/noDefaultExport: jest calls the default export
export default async function stopTestRun(): Promise<void> {
  await globalThis.stopTestStorage?.();
  await endWatch();
}
