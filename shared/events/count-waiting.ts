/** How many events wait in a channel's inbox. */
import type { InboxTable } from './inbox-table.ts';

/** A number, and whether there are more that were not counted. */
export interface Waiting {
  readonly events: number;
  readonly isAtLeast: boolean;
}

/** Counting ends here: a person who reads it need not know more. */
const MAX_PAGES = 1_000;

/** Counts the events of open pages, without reading them. */
export async function countWaiting(
  { listOpen }: Pick<InboxTable, 'listOpen'>,
  subscriptionId: string,
): Promise<Waiting> {
  let events = 0;
  let pages = 0;
  for await (const { count } of listOpen(subscriptionId)) {
    if (pages === MAX_PAGES) return { events, isAtLeast: true };
    pages += 1;
    events += count;
  }
  return { events, isAtLeast: false };
}
