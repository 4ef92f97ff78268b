/** Judges the outcome from what was sent, the cards the webhook received and the tables: never from the app's own counters. */
import { TableClient } from '@azure/data-tables';
import { titleOnCard } from '../../../shared/cards/render-card.ts';
import type { Event } from '../../../shared/events/event.ts';
import { keyOf } from './plan-messages.ts';

/** What became of the events. */
export interface Judgement {
  readonly digests: number;
  readonly delivered: number;
  readonly pending: number;
  readonly deadLetters: number;
  readonly lost: number;
  readonly repeated: number;
}

/** A digest as its pages tell it. */
interface Told {
  readonly events: Event[];
}

/**
 * A card stands for the digest whose pages it was drawn from: the nth card received for the nth digest. It counts only if its
 * number is the number of events in those pages and it shows one of them; otherwise its events count as lost.
 */
export async function judge(
  connectionString: string,
  sent: readonly Event[],
  cards: readonly string[],
): Promise<Judgement> {
  const { digests, waiting } = await readInbox(connectionString);
  const shown = new Map<string, number>();
  for (const [index, { events }] of digests.entries()) {
    const card = cards[index];
    if (card === undefined || !tellsOf(card, events)) continue;
    for (const event of events) shown.set(keyOf(event), (shown.get(keyOf(event)) ?? 0) + 1);
  }
  const pending = new Set(waiting.map(keyOf));
  const wanted = new Set(sent.map(keyOf));
  return {
    digests: cards.length,
    delivered: [...wanted].filter((key) => shown.has(key)).length,
    pending: [...wanted].filter((key) => pending.has(key) && !shown.has(key)).length,
    deadLetters: await count(connectionString, 'deadletters'),
    lost: [...wanted].filter((key) => !shown.has(key) && !pending.has(key)).length,
    repeated: [...shown.values()].filter((times) => times > 1).length + Math.max(0, cards.length - digests.length),
  };
}

/** True when a card's number is that of the events, and it shows one of them at least. The summary is plain text; sections are Markdown. */
function tellsOf(card: string, events: readonly Event[]): boolean {
  const { summary, title, sections } = JSON.parse(card) as { summary: string; title?: string; sections?: unknown };
  const titles = events.map((event) => event.data.title);
  if (titles.length === 1) return `${title} ${summary}`.includes(titleOnCard(titles[0] ?? '', 'workflow'));
  const shown = JSON.stringify(sections);
  if (!titles.some((one) => shown.includes(JSON.stringify(titleOnCard(one, 'connector')).slice(1, -1)))) return false;
  const said = Number(/\d+/.exec(`${summary}`.replaceAll(/[,.\u00a0](?=\d{3})/g, ''))?.[0]);
  return said === events.length;
}

/** Reads pages as they are stored, with code of its own: bits in `skip` are events left out. */
async function readInbox(connectionString: string): Promise<{ digests: Told[]; waiting: Event[] }> {
  const digests = new Map<string, Told>();
  const waiting: Event[] = [];
  const table = TableClient.fromConnectionString(connectionString, 'inbox', { allowInsecureConnection: true });
  for await (const row of table.listEntities<{ digestId?: string; events?: Uint8Array; skip?: Uint8Array }>()) {
    if (row.events === undefined) continue;
    const events = JSON.parse(Buffer.from(row.events).toString('utf8')) as Event[];
    const kept = events.filter(
      (_, position) => (((row.skip?.[Math.floor(position / 8)] ?? 0) >> (position % 8)) & 1) === 0,
    );
    if (!row.digestId) waiting.push(...events);
    else digests.set(row.digestId, { events: [...(digests.get(row.digestId)?.events ?? []), ...kept] });
  }
  const told = [...digests].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, digest]) => digest);
  return { digests: told.filter(({ events }) => events.length > 0), waiting };
}

/** True when no event waits and no digest is under way. */
export async function isQuiet(connectionString: string): Promise<boolean> {
  const table = TableClient.fromConnectionString(connectionString, 'inbox', { allowInsecureConnection: true });
  for await (const row of table.listEntities<{ digestId?: string; state?: string }>({
    queryOptions: { select: ['digestId', 'state'] },
  })) {
    if (row.digestId === '') return false;
    if (row.state !== undefined && 'digest' in JSON.parse(row.state)) return false;
  }
  return true;
}

/** Rows in a table. */
export async function count(connectionString: string, name: string): Promise<number> {
  let rows = 0;
  const table = TableClient.fromConnectionString(connectionString, name, { allowInsecureConnection: true });
  for await (const _ of table.listEntities({ queryOptions: { select: ['RowKey'] } })) rows += 1;
  return rows;
}

/** Events stored so far, repeats and all. */
export async function storedEvents(connectionString: string): Promise<Set<string>> {
  const stored = new Set<string>();
  const table = TableClient.fromConnectionString(connectionString, 'inbox', { allowInsecureConnection: true });
  for await (const row of table.listEntities<{ events?: Uint8Array }>()) {
    if (row.events === undefined) continue;
    for (const event of JSON.parse(Buffer.from(row.events).toString('utf8')) as Event[]) stored.add(keyOf(event));
  }
  return stored;
}
