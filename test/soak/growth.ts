/** Whether anything grows without end: what a process that lives throughout uses, and rows and messages that should have gone. */
import type { Storage } from '../../shared/platform/storage-client.ts';
import { countMessages, countRows } from './stored.ts';
import type { Usage } from './worker.ts';

/** The second quarter is where a process has warmed up, the last where it has been at it longest. */
const QUARTERS = 4;
/** How much more than then is no growth: V8 lets its heap grow as it likes for a while, and an outage leaves connections kept alive. */
const MOST = { times: 1.25, residentMb: 64, handles: 256 };

/** Growth in what a process used, as sentences. */
export function growthFaults(usages: readonly Usage[]): string[] {
  const [, second = [], , last = []] = Array.from({ length: QUARTERS }, (_, quarter) => {
    const at = (part: number) => Math.floor((usages.length * part) / QUARTERS);
    return usages.slice(at(quarter), at(quarter + 1));
  });
  const faults: string[] = [];
  for (const name of ['residentMb', 'handles'] as const) {
    const [before, after] = [second, last].map((part) => median(part.map((usage) => usage[name])));
    if (before === undefined || after === undefined) continue;
    if (after > before * MOST.times + MOST[name])
      faults.push(`${name} grew from ${Math.round(before)} to ${Math.round(after)}`);
  }
  return faults;
}

/** Rows and messages left over at the end, as sentences. `scheduled`: channels that have a due row. */
export async function leftoverFaults(storage: Storage, scheduled: number): Promise<string[]> {
  const faults: string[] = [];
  const due = await countRows(storage, 'due');
  if (due !== scheduled) faults.push(`${due} due rows for ${scheduled} channels with a schedule`);
  for (const name of ['webhooks', 'accounts', 'once'] as const) {
    const rows = await countRows(storage, name);
    if (rows > 0) faults.push(`${rows} rows in ${name}, which nobody used`);
  }
  for (const name of ['events', 'digests', 'connector-events', 'events-poison', 'digests-poison'] as const) {
    const messages = await countMessages(storage, name);
    if (messages > 0) faults.push(`${messages} messages left on ${name}`);
  }
  return faults;
}

function median(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
