/** The operator's commands, put together. Exit codes: 0 all well, 1 something was found or failed, 2 the call was wrong. */
import { Command } from 'commander';
import { addBackup } from './backup-command.ts';
import { lintCard } from './lint-card.ts';
import { reseal } from './reseal.ts';
import { openStores, type Stores } from './stores.ts';

/** Where a command reads and writes. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly stdin: AsyncIterable<Buffer | string>;
}

/** Runs a command line; gives its exit code. @throws CommanderError for a call that is wrong, after saying why. */
export function createOps(terminal: Terminal, open: () => Promise<Stores> = openStores) {
  return async function ops(args: readonly string[]): Promise<number> {
    let exitCode = 0;
    const program = new Command('npm run ops --')
      .description('The operator’s commands.')
      .exitOverride()
      .configureOutput({ writeOut: terminal.out, writeErr: terminal.err });
    program
      .command('lint-card')
      .description(
        'says what is wrong with a MessageCard: one line for each finding, errors first; exit 1 on errors only',
      )
      .argument('<file>', 'the card’s JSON; - reads it from standard input')
      .option('--json', 'prints the findings as one JSON array')
      .action(async (file: string, options: { json?: boolean }) => {
        exitCode = await lintCard(terminal, file, options.json === true ? 'json' : 'lines');
      });
    program
      .command('reseal')
      .description(
        'seals every webhook anew from the vault where its copy is missing, does not open or is of an earlier key; harmless twice; exit 1 when the vault lacks one',
      )
      .option('--json', 'prints the counts as one JSON object')
      .action(async (options: { json?: boolean }) => {
        exitCode = await reseal(terminal, await open(), options.json === true ? 'json' : 'lines');
      });
    addBackup(program, terminal, open, (code) => {
      exitCode = code;
    });
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  };
}
