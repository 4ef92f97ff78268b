/** `npm run ops -- COMMAND`: the operator's commands. */
import { createInterface } from 'node:readline/promises';
import { CommanderError } from 'commander';
import { createOps, type Terminal } from './create-ops.ts';

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}

const terminal: Terminal = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  stdin: process.stdin,
  isWatched: process.stderr.isTTY === true,
  ...(process.stdin.isTTY === true && process.stderr.isTTY === true ? { ask } : {}),
};
try {
  process.exitCode = await createOps(terminal)(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2; // 0: help was asked for
}
