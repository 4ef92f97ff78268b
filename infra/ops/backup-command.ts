/** The commands `backup` and `restore`. */
import type { Command } from 'commander';
import { BackupCallError, backup, parseTables, restore } from './backup.ts';
import type { Terminal } from './create-ops.ts';
import type { Stores } from './stores.ts';

interface Options {
  readonly tables?: string;
}

/** Adds both. `ended` gets the exit code: 2 when the call was wrong. */
export function addBackup(
  program: Command,
  terminal: Terminal,
  open: () => Promise<Pick<Stores, 'storage'>>,
  ended: (exitCode: 0 | 2) => void,
): void {
  const add = (name: string, description: string, run: typeof backup) =>
    program
      .command(name)
      .description(description)
      .argument('<dir>', 'the folder of the files, one for each table')
      .option('--tables <list>', 'only these, separated by commas')
      .action(async (dir: string, { tables }: Options) => {
        try {
          await run(terminal, (await open()).storage, dir, parseTables(tables));
          ended(0);
        } catch (error) {
          if (!(error instanceof BackupCallError)) throw error;
          terminal.err(`${error.message}\n`);
          ended(2);
        }
      });
  add(
    'backup',
    'writes tables as files of JSON lines while the app runs; holds personal data, and no secret in the clear',
    backup,
  );
  add('restore', 'inserts the rows of a backup that are not there, and leaves those that are', restore);
}
