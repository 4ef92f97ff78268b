/** `emit …`: puts events on the queue, as `npm run emit` does, with the caller's own roles. */
import { randomUUID } from 'node:crypto';
import { emit } from '../local/emit/emit.ts';
import type { Ops } from './create-ops.ts';

/** Adds it. What follows is the other command's own to read. */
export function addEmit({ program, terminal, open, ended }: Ops): void {
  program
    .command('emit')
    .description('puts events on queue events, as `npm run emit` does; `emit --help` says how')
    .argument('[words...]')
    .helpOption(false)
    .allowUnknownOption()
    .action(async (_words: string[], _options: unknown, command: { readonly args: readonly string[] }) => {
      const code = await emit(command.args, {
        stdin: terminal.stdin,
        environment: {},
        now: Date.now,
        newId: randomUUID,
        print: (text) => terminal.out(`${text}\n`),
        complain: (text) => terminal.err(`${text}\n`),
        openQueue: async (name) => (name === 'events' ? (await open()).storage.queue(name) : undefined),
      });
      ended(code);
    });
}
