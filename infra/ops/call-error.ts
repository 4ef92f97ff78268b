/** A command that was called wrongly, or that its caller did not confirm: exit code 2. */

/** The message says what was wrong and what to do; nothing was changed. */
export class OpsCallError extends Error {
  override readonly name = 'OpsCallError';
}
