/** `dead-letters list|show|replay|drop`: what could not be taken, and what to do about it. */
import { randomBytes } from 'node:crypto';
import { type Command, Option } from 'commander';
import { createReplay, outlivesDigests, type Replayed } from '../../shared/delivery/replay-dead-letter.ts';
import { DEAD_LETTER_REASONS, type StoredDeadLetter } from '../../shared/events/dead-letter.ts';
import type { DeadLettersTable } from '../../shared/events/dead-letters-table.ts';
import { OpsCallError } from './call-error.ts';
import { channelStores } from './channel-stores.ts';
import { confirm } from './confirm.ts';
import type { Ops } from './create-ops.ts';
import { lettersText, letterText, letterView, shortId } from './dead-letter-text.ts';
import { countText, jsonText, lineOf } from './print.ts';
import { createProgress } from './progress.ts';
import { readSince } from './read-time.ts';

interface Choice {
  readonly since?: string;
  readonly because?: string;
  readonly all?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** Adds them. */
export function addDeadLetters({ program, terminal, open, ended }: Ops): void {
  const group = program
    .command('dead-letters')
    .description('what could not be taken: looks at dead letters, gives them another try, or removes them');

  withFilter(group.command('list'))
    .description('lists dead letters, oldest day first')
    .option('--json', 'prints them as one JSON array')
    .action(async (choice: Choice) => {
      const { deadLetters, clock } = channelStores(await open());
      const letters = await matching(deadLetters, choice, clock.now());
      terminal.out(choice.json === true ? jsonText(letters.map(letterView)) : lettersText(letters));
      ended(0);
    });

  group
    .command('show')
    .description('shows one, with its payload')
    .argument('<id>', 'as the list shows it')
    .option('--json', 'prints it as one JSON object')
    .action(async (id: string, { json }: Choice) => {
      const letter = await one(channelStores(await open()).deadLetters, id);
      terminal.out(json === true ? jsonText({ ...letterView(letter), payload: letter.payload }) : letterText(letter));
      ended(0);
    });

  withFilter(withChoice(group.command('replay')))
    .description(
      'gives them another try: events go to the channels that do not know them yet, so doing it twice shows nothing twice; exit 1 when one is refused again and stays',
    )
    .option('--json', 'prints what became of each as one JSON array')
    .action(async (ids: string[], choice: Choice) => {
      const stores = channelStores(await open());
      const { deadLetters, clock } = stores;
      const letters = await chosen(deadLetters, ids, choice, clock.now());
      const old = letters.filter((letter) => outlivesDigests(letter, clock.now())).length;
      if (old > 0)
        await confirm(terminal, {
          what: `${countText(old, 'dead letter')} of ${letters.length} hold events older than the 90 days for which it is known what was shown: replayed, those can be shown again.`,
          yes: choice.yes,
        });
      const replay = createReplay({ ...stores, processId: randomBytes(4).toString('hex') });
      const progress = createProgress(terminal, 'dead letters replayed');
      const became: { readonly id: string; readonly replayed: Replayed }[] = [];
      for (const letter of letters) {
        became.push({ id: shortId(letter.id), replayed: await replay(letter) });
        progress.add();
      }
      progress.end();
      if (choice.json === true) terminal.out(jsonText(became.map(({ id, replayed }) => ({ id, ...replayed }))));
      else for (const { id, replayed } of became) terminal.out(`${id}: ${becameText(replayed)}\n`);
      ended(became.some(({ replayed }) => replayed.is === 'refused again') ? 1 : 0);
    });

  withFilter(withChoice(group.command('drop')))
    .description('removes them for good')
    .option('--json', 'prints how many as one JSON object')
    .action(async (ids: string[], choice: Choice) => {
      const { deadLetters, clock } = channelStores(await open());
      const letters = await chosen(deadLetters, ids, choice, clock.now());
      if (letters.length > 0)
        await confirm(terminal, {
          what: `This removes ${countText(letters.length, 'dead letter')}; what is in them is lost for good.`,
          yes: choice.yes,
        });
      for (const letter of letters) await deadLetters.remove(letter);
      const removed = letters.length;
      terminal.out(choice.json === true ? jsonText({ removed }) : `${countText(removed, 'dead letter')} removed\n`);
      ended(0);
    });
}

function withFilter(command: Command): Command {
  return command
    .option('--since <time>', 'those of messages put since then: 24h, 7d, or a date or time in ISO 8601')
    .addOption(new Option('--because <reason>', 'those of one reason').choices(DEAD_LETTER_REASONS));
}

function withChoice(command: Command): Command {
  return command
    .argument('[ids...]', 'as the list shows them')
    .option('--all', 'every one that --since and --because choose')
    .option('--yes', 'does not ask');
}

async function matching(deadLetters: DeadLettersTable, { since, because }: Choice, now: number) {
  const letters: StoredDeadLetter[] = [];
  for await (const letter of deadLetters.list(since === undefined ? 0 : readSince(since, now)))
    if (because === undefined || letter.because === because) letters.push(letter);
  return letters;
}

async function chosen(deadLetters: DeadLettersTable, ids: readonly string[], choice: Choice, now: number) {
  const filters = choice.all === true || choice.since !== undefined || choice.because !== undefined;
  if (ids.length > 0 && filters) throw new OpsCallError('Give ids, or --all, --since or --because: not both.');
  if (ids.length === 0 && !filters)
    throw new OpsCallError('Which ones? Give ids as `dead-letters list` shows them, or --all, --since or --because.');
  if (filters) return matching(deadLetters, choice, now);
  const letters: StoredDeadLetter[] = [];
  for (const id of ids) letters.push(await one(deadLetters, id));
  return letters;
}

async function one(deadLetters: DeadLettersTable, id: string): Promise<StoredDeadLetter> {
  const [letter, another] = await deadLetters.find(id);
  if (letter === undefined)
    throw new OpsCallError(
      `There is no dead letter "${lineOf(id)}". It may have been replayed or dropped: see \`dead-letters list\`.`,
    );
  if (another !== undefined)
    throw new OpsCallError(`Several dead letters begin with "${lineOf(id)}": give more of it.`);
  return letter;
}

function becameText(replayed: Replayed): string {
  switch (replayed.is) {
    case 'job put':
      return 'put back on queue digests';
    case 'refused again':
      return `refused again, and still there: ${lineOf(replayed.reason)}`;
    case 'taken': {
      const { stored, known, unmatched } = replayed;
      const parts = [
        `${stored} stored for a channel`,
        ...(known > 0 ? [`${known} known to its channel, left out`] : []),
        ...(unmatched > 0 ? [`${unmatched} that no channel chose`] : []),
      ];
      return `taken: ${parts.join(', ')}`;
    }
  }
}
