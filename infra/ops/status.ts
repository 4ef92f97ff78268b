/** `status`: whether all is well, and if not, where to look. */
import type { Ops } from './create-ops.ts';
import { countText, jsonText, lineOf, spanText, tableText, timeText } from './print.ts';
import { createProgress } from './progress.ts';
import { type Ailing, type Counts, readStatus, type Status } from './read-status.ts';
import { readSince } from './read-time.ts';

/** Due rows later than this are a promise broken (design promise 5). */
const LATE_MS = 2 * 60_000;
/** Channels named; `subscriptions list` has the others. */
const NAMED = 10;

/** Adds it. */
export function addStatus({ program, terminal, open, ended }: Ops): void {
  program
    .command('status')
    .description(
      'shows queues, what waits, what is late, failures by reason and disabled channels; exit 1 where there is something to look at',
    )
    .option('--since <time>', 'counts outcomes, dead letters and drops since then', '24h')
    .option('--json', 'prints it as one JSON object')
    .action(async ({ since, json }: { since: string; json?: boolean }) => {
      const stores = await open();
      const progress = createProgress(terminal, 'rows read');
      const status = await readStatus(stores, readSince(since, stores.clock.now()), progress.add);
      progress.end();
      const lookAt = concerns(status);
      terminal.out(json === true ? jsonText({ ...status, lookAt }) : statusText(status, lookAt));
      ended(lookAt.length > 0 ? 1 : 0);
    });
}

/** What an operator is to look at, a sentence each; none where all is well. */
function concerns({ queues, due, deadLetters, disabled, failing, dropped }: Status): string[] {
  const poison = queues.filter(({ name, messages }) => name.endsWith('-poison') && messages > 0);
  const letters = sum(deadLetters);
  const lost = (dropped.waited ?? 0) + (dropped['too-many'] ?? 0);
  return [
    ...poison.map(
      ({ name, messages }) =>
        `${name} holds ${countText(messages, 'message')}: something is away; they come back by themselves for 24 hours.`,
    ),
    ...(due.lateMs > LATE_MS
      ? [`${countText(due.late, 'digest')} late, by ${spanText(due.lateMs)}: is dispatch-due running?`]
      : []),
    ...(letters > 0 ? [`${countText(letters, 'dead letter')}: see \`dead-letters list\`.`] : []),
    ...(disabled.length > 0
      ? [`${countText(disabled.length, 'channel')} disabled: see below, and \`subscriptions show\`.`]
      : []),
    ...(failing.length > 0 ? [`${countText(failing.length, 'channel')} failing: see below, and \`deliveries\`.`] : []),
    ...(lost > 0
      ? [`${countText(lost, 'event')} dropped after waiting too long, or as too many: see \`subscriptions show\`.`]
      : []),
  ];
}

function statusText(status: Status, lookAt: readonly string[]): string {
  const { place, at, since, queues, subscriptions, waiting, due, outcomes, deadLetters, dropped, disabled, failing } =
    status;
  const most = waiting.most.map(([id, events]) => `  ${id}  ${events}\n`).join('');
  const queueRows = queues.map(({ name, messages, oldestMs }) => [
    name,
    String(messages),
    oldestMs === undefined ? '' : `the first for ${spanText(oldestMs)}`,
  ]);
  return [
    `${place}, ${timeText(at)}\n\n`,
    tableText([['QUEUE', 'MESSAGES', ''], ...queueRows]),
    '\n',
    tableText([
      ['channels', countsText(subscriptions)],
      ['waiting', `${countText(waiting.events, 'event')} in ${countText(waiting.channels, 'channel')}`],
      ['late', due.late === 0 ? 'nothing' : `${countText(due.late, 'due row')}, the oldest by ${spanText(due.lateMs)}`],
      [`since ${timeText(since)}`, ''],
      ['  attempts', countsText(outcomes)],
      ['  dead letters', countsText(deadLetters)],
      ['  dropped', countsText(dropped)],
    ]),
    most === '' ? '' : `\nmost waits in\n${most}`,
    ailingText('disabled', disabled),
    ailingText('failing', failing),
    lookAt.length === 0 ? '\nAll is well.\n' : `\nLook at:\n${lookAt.map((line) => `  - ${line}\n`).join('')}`,
  ].join('');
}

function ailingText(what: string, channels: readonly Ailing[]): string {
  if (channels.length === 0) return '';
  const byReason: Record<string, number> = {};
  for (const { reason } of channels) byReason[reason] = (byReason[reason] ?? 0) + 1;
  const reasons = Object.entries(byReason).map(([reason, count]) => `  ${count} × ${lineOf(reason)}\n`);
  const rows = channels
    .slice(0, NAMED)
    .map(({ id, account, name, since }) => [`  ${id}`, lineOf(account), lineOf(name), `since ${timeText(since)}`]);
  const more = channels.length > NAMED ? `  and ${channels.length - NAMED} more\n` : '';
  return `\n${what}\n${reasons.join('')}${tableText(rows)}${more}`;
}

function countsText(counts: Counts): string {
  const parts = Object.entries(counts).filter(([, count]) => count > 0);
  return parts.length === 0 ? 'none' : parts.map(([name, count]) => `${count} ${name}`).join(', ');
}

function sum(counts: Counts): number {
  return Object.values(counts).reduce((all, count) => all + count, 0);
}
