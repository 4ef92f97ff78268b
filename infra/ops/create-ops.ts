/** The operator's commands, put together. Exit codes: 0 all well, 1 something was found or failed, 2 the call was wrong. */
import { Command } from 'commander';
import { InvalidSettingsError } from '../../shared/platform/config.ts';
import { addAccounts } from './accounts.ts';
import { addBackup } from './backup-command.ts';
import { OpsCallError } from './call-error.ts';
import { addDeadLetters } from './dead-letters.ts';
import { addDeliveries } from './deliveries.ts';
import { addDoctor } from './doctor/doctor-command.ts';
import { addEmit } from './emit-command.ts';
import { addExplain } from './explain.ts';
import { lintCard } from './lint-card.ts';
import { reseal } from './reseal.ts';
import { addResend } from './resend.ts';
import { addRotate } from './rotate.ts';
import { sayFailure } from './say-failure.ts';
import { addStatus } from './status.ts';
import { openStores, type Stores } from './stores.ts';
import { addSubscriptions } from './subscriptions.ts';

/** Where a command reads and writes. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly stdin: AsyncIterable<Buffer | string>;
  /** A person sees what goes to `err`: long work says how far it is. */
  readonly isWatched?: boolean;
  /** Asks the person at the terminal; absent where there is none. */
  readonly ask?: (question: string) => Promise<string>;
}

/** What a command ends with. */
export type ExitCode = 0 | 1 | 2;

/** What a file that adds commands gets. `ended` takes the exit code; @throws OpsCallError is 2 with its message. */
export interface Ops {
  readonly program: Command;
  readonly terminal: Terminal;
  /** Storage, vault, clock and what the app is called: nothing is opened before the first call. */
  readonly open: () => Promise<Stores>;
  readonly ended: (exitCode: ExitCode) => void;
}

/** Runs a command line; gives its exit code. @throws CommanderError for a call that is wrong, after saying why. */
export function createOps(terminal: Terminal, open: () => Promise<Stores> = openStores) {
  return async function ops(args: readonly string[]): Promise<number> {
    let exitCode: number = 0;
    const program = new Command('npm run ops --')
      .description('The operator’s commands. Each says more with --help.')
      .exitOverride()
      .configureOutput({ writeOut: terminal.out, writeErr: terminal.err });
    const made: Ops = {
      program,
      terminal,
      open,
      ended: (code) => {
        exitCode = code;
      },
    };
    addCommands(made);
    try {
      await program.parseAsync(args, { from: 'user' });
    } catch (error) {
      const said = error instanceof OpsCallError ? error.message : sayFailure(error);
      if (said === undefined) throw error;
      terminal.err(`${said}\n`);
      return error instanceof OpsCallError || error instanceof InvalidSettingsError ? 2 : 1;
    }
    return exitCode;
  };
}

/** Adds every command to a program. */
export function addCommands(ops: Ops): void {
  // Each command is added here, from a file of its own; the help lists them in this order.
  addStatus(ops);
  addExplain(ops);
  addSubscriptions(ops);
  addDeliveries(ops);
  addResend(ops);
  addDeadLetters(ops);
  addAccounts(ops);
  addEmit(ops);
  addReseal(ops);
  addRotate(ops);
  addDoctor(ops);
  addBackup(ops.program, ops.terminal, ops.open, ops.ended);
  addLintCard(ops);
}

function addLintCard({ program, terminal, ended }: Ops): void {
  program
    .command('lint-card')
    .description(
      'says what is wrong with a MessageCard: one line for each finding, errors first; exit 1 on errors only',
    )
    .argument('<file>', 'the card’s JSON; - reads it from standard input')
    .option('--json', 'prints the findings as one JSON array')
    .action(async (file: string, options: { json?: boolean }) => {
      ended(await lintCard(terminal, file, options.json === true ? 'json' : 'lines'));
    });
}

function addReseal({ program, terminal, open, ended }: Ops): void {
  program
    .command('reseal')
    .description(
      'seals every webhook anew from the vault where its copy is missing, does not open or is of an earlier key; harmless twice; exit 1 when the vault lacks one',
    )
    .option('--json', 'prints the counts as one JSON object')
    .action(async (options: { json?: boolean }) => {
      ended(await reseal(terminal, await open(), options.json === true ? 'json' : 'lines'));
    });
}
