/** `explain SOURCE ID`: where an event went, channel by channel, and why not. */
import { readFile } from 'node:fs/promises';
import { Option } from 'commander';
import { createExplainEvent, type Question } from '../../shared/delivery/explain/explain-event.ts';
import { isTrouble } from '../../shared/delivery/explain/finding.ts';
import { eventSchema } from '../../shared/events/event.ts';
import { explain as faultsOf } from '../../shared/events/parse-events.ts';
import { createAccountLinksTable } from '../../shared/identity/account-links-table.ts';
import { createAccountScopesTable } from '../../shared/identity/account-scopes-table.ts';
import { severitySchema } from '../../shared/subscriptions/severity.ts';
import { OpsCallError } from './call-error.ts';
import { channelStores } from './channel-stores.ts';
import type { Ops, Terminal } from './create-ops.ts';
import { explainedText, findingView } from './explain-text.ts';
import { peekQueue } from './peek-queue.ts';
import { jsonText } from './print.ts';
import { createProgress } from './progress.ts';
import type { Stores } from './stores.ts';

interface Options {
  readonly account?: string;
  readonly event?: string;
  readonly type?: string;
  readonly scope?: string;
  readonly severity?: string;
  readonly json?: boolean;
}

/** Adds it. */
export function addExplain({ program, terminal, open, ended }: Ops): void {
  program
    .command('explain')
    .description(
      'says where an event went, channel by channel, and why not; exit 1 where an operator may have to do something',
    )
    .argument('[source]', 'the event’s source; not needed with --event')
    .argument('[id]', 'the event’s id')
    .option('--account <name>', 'whose event it is: looks at that account’s channels only')
    .option('--event <file>', 'the event itself as JSON (- for standard input): what matched nobody is kept nowhere')
    .option('--type <topic>', 'the event’s type, where the event itself is not at hand')
    .option('--scope <id>', 'its scope')
    .addOption(new Option('--severity <severity>', 'its severity').choices(severitySchema.options))
    .option('--json', 'prints the findings as one JSON object')
    .action(async (source: string | undefined, id: string | undefined, options: Options) => {
      const question = await readQuestion(terminal, { source, id, options });
      const stores = await open();
      const progress = createProgress(terminal, 'channels looked at');
      const explained = await explainWith(stores, progress.add)(question);
      progress.end();
      const now = stores.clock.now();
      terminal.out(
        options.json === true
          ? jsonText({ ...explained, findings: explained.findings.map(findingView) })
          : explainedText(question, explained, now),
      );
      ended(explained.findings.some(isTrouble) ? 1 : 0);
    });
}

/** Explains on these stores; `looked` is called for each channel. */
export function explainWith({ storage, clock }: Pick<Stores, 'storage' | 'clock'>, looked: () => void) {
  const scopes = createAccountScopesTable(storage.table('accounts'));
  const links = createAccountLinksTable(storage.table('accounts'));
  return createExplainEvent({
    ...channelStores({ storage, clock }),
    peek: (queue) => peekQueue(storage.queue(queue)),
    isKnownAccount: async (account) =>
      (await scopes.list(account)).length > 0 || (await links.listOfAccount(account)).length > 0,
    now: clock.now,
    looked,
  });
}

interface Call {
  readonly source: string | undefined;
  readonly id: string | undefined;
  readonly options: Options;
}

async function readQuestion(terminal: Terminal, { source, id, options }: Call): Promise<Question> {
  const { account, type, scope, severity } = options;
  if (options.event !== undefined) {
    const event = await readEvent(terminal, options.event);
    return { source: source ?? event.source, id: id ?? event.id, account: account ?? event.account, event };
  }
  if (source === undefined || id === undefined)
    throw new OpsCallError('Which event? Give its source and its id, or --event with the event itself.');
  if (type === undefined && (scope ?? severity) !== undefined)
    throw new OpsCallError('--scope and --severity need --type: a channel chooses by all three.');
  if (type === undefined) return { source, id, account, event: undefined };
  return { source, id, account, event: { type, scope, severity: severitySchema.catch('info').parse(severity) } };
}

async function readEvent({ stdin }: Terminal, file: string) {
  let json: unknown;
  try {
    let text = '';
    if (file === '-') for await (const part of stdin) text += part.toString();
    else text = await readFile(file, 'utf8');
    json = JSON.parse(text);
  } catch {
    throw new OpsCallError(`${file} cannot be read as JSON. Give the path of a file with one event, or -.`);
  }
  const parsed = eventSchema.safeParse(json);
  if (!parsed.success)
    throw new OpsCallError(`${file} is no event, and would be a dead letter (invalid): ${faultsOf(parsed.error)}`);
  return parsed.data;
}
