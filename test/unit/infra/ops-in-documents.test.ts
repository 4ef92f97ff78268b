/** The operator's commands in documents: each is one that the program reads, with its arguments and options. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { projectDir } from '../../../infra/build-app.ts';
import { addCommands } from '../../../infra/ops/create-ops.ts';

/** Thrown in the place of what a command would do. */
class Parsed extends Error {
  override readonly name = 'Parsed';
}

function pages(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return pages(join(dir, entry.name));
    return entry.name.endsWith('.md') ? [join(dir, entry.name)] : [];
  });
}

/** `npm run ops -- …` in blocks and between backticks; a block's line may end with a comment. */
function commandsOn(page: string): string[] {
  const found = readFileSync(page, 'utf8').matchAll(/npm run ops -- ([^`\n]+)/g);
  return [...found].map(([, command = '']) => command.replace(/\s+#.*$/, '').trim());
}

function wordsOf(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '');
}

/** `reads`, or what the program says of the call. Nothing is done. */
async function parse(command: string): Promise<string> {
  const said: string[] = [];
  const say = (text: string) => void said.push(text);
  const program = new Command().exitOverride().configureOutput({ writeOut: say, writeErr: say });
  const terminal = { out: say, err: say, stdin: process.stdin };
  addCommands({ program, terminal, open: () => Promise.reject(new Parsed()), ended: () => {} });
  program.hook('preAction', () => {
    throw new Parsed();
  });
  try {
    await program.parseAsync(wordsOf(command), { from: 'user' });
  } catch (error) {
    if (error instanceof Parsed) return 'reads';
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 'reads'; // --help
  }
  // A command that is only named, in a sentence, has no arguments.
  const text = said.join('');
  return /missing required argument/.test(text) && wordsOf(command).length < 3 ? 'reads' : text;
}

const listed = [join(projectDir, 'README.md'), ...pages(join(projectDir, 'docs'))].flatMap((page) =>
  commandsOn(page).map((command) => [command] as const),
);
/** `|` between names and the word COMMAND are ways of writing and no commands. */
const commands = [
  ...new Map(listed.filter(([command]) => !/[|…]|^COMMAND$/.test(command)).map((row) => [row[0], row])).values(),
];

it.each(commands)('reads `%s`', async (command) => {
  expect(await parse(command)).toBe('reads');
});

it('finds commands to read, and would see one that is wrong', async () => {
  expect(commands.length).toBeGreaterThan(15);
  expect(await parse('subscriptions pause --until 2d')).toContain('missing required argument');
  expect(await parse('subscription list')).toContain('unknown command');
  expect(await parse('status --sinse 1h')).toContain('unknown option');
});
