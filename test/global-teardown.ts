/** Stops what `global-setup.ts` started. */

/** Stops Azurite, when this run of jest started one. */
// biome-ignore lint/style/noDefaultExport: jest calls the default export
export default async function stopTestStorage(): Promise<void> {
  await globalThis.stopTestStorage?.();
}
