/** Asks storage for a table or queue of ours: whether it is there, and whether the caller may read it. Changes nothing. */
import type { TableClient } from '@azure/data-tables';
import type { QueueClient } from '@azure/storage-queue';
import { storageStatus } from './table-rows.ts';

/** What came of asking. `refused`: storage answered, and said no; `silent`: no answer that counts, `reason` in a few words. */
export type Probed =
  | { readonly is: 'there' }
  | { readonly is: 'missing' }
  | { readonly is: 'refused'; readonly status: number; readonly code: string }
  | { readonly is: 'silent'; readonly reason: string };

/** Reads a row that is never there: "no such row" and "no such table" are both 404, under different codes. */
export function probeTable(table: Pick<TableClient, 'getEntity'>, signal: AbortSignal): Promise<Probed> {
  return probe(
    () => table.getEntity('probe', 'probe', { abortSignal: signal }),
    ['ResourceNotFound', 'EntityNotFound'],
  );
}

/** Reads a queue's properties. */
export function probeQueue(queue: Pick<QueueClient, 'getProperties'>, signal: AbortSignal): Promise<Probed> {
  return probe(() => queue.getProperties({ abortSignal: signal }), []);
}

/** Makes a call and reads its answer; `harmless`: codes that say the call was allowed and found nothing. */
export async function probe(call: () => Promise<unknown>, harmless: readonly string[]): Promise<Probed> {
  try {
    await call();
    return { is: 'there' };
  } catch (error) {
    const status = storageStatus(error);
    const code = storageCode(error);
    if (harmless.includes(code)) return { is: 'there' };
    if (status === 404) return { is: 'missing' };
    if (status === 401 || status === 403) return { is: 'refused', status, code };
    return { is: 'silent', reason: status === undefined ? wordFor(error) : `HTTP ${status} ${code}`.trim() };
  }
}

/** The error code of storage, such as `AuthorizationPermissionMismatch`; empty when there was no answer. */
export function storageCode(error: unknown): string {
  const details = field(error, 'details');
  const code = field(field(details, 'odataError'), 'code') ?? field(details, 'errorCode') ?? field(error, 'code');
  return typeof code === 'string' ? code : '';
}

/** Only names and codes: the message of an SDK's error can repeat the whole request. */
function wordFor(error: unknown): string {
  const name = field(error, 'name');
  if (name === 'AbortError') return 'no answer in time';
  const code = field(error, 'code');
  return typeof code === 'string' ? code : String(name ?? 'no answer');
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
