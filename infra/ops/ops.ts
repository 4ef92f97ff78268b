/** `npm run ops -- COMMAND`: the operator's commands. */
import { CommanderError } from 'commander';
import { InvalidSettingsError } from '../../shared/platform/config.ts';
import { ConnectorError } from '../../shared/platform/errors.ts';
import { createOps } from './create-ops.ts';

const ops = createOps({
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  stdin: process.stdin,
});
try {
  process.exitCode = await ops(process.argv.slice(2));
} catch (error) {
  if (error instanceof CommanderError)
    process.exitCode = error.exitCode === 0 ? 0 : 2; // 0: help was asked for
  else if (error instanceof ConnectorError) {
    console.error(error.message);
    process.exitCode = error instanceof InvalidSettingsError ? 2 : 1;
  } else throw error;
}
