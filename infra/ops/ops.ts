/** `npm run ops -- COMMAND`: the operator's commands. */
import { CommanderError } from 'commander';
import { createOps } from './create-ops.ts';

const ops = createOps({
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  stdin: process.stdin,
});
try {
  process.exitCode = await ops(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2; // 0: help was asked for
}
