/** Calls and messages in words, for traces. */
import type { DigestRecord } from '../../shared/digests/digest.ts';
import type { HeadState } from '../../shared/digests/head.ts';
import type { Call } from './process.ts';
import type { Change } from './storage-model.ts';

/** A call. */
export function describeCall(call: Call): string {
  switch (call.op) {
    case 'get':
      return `reads ${call.table} ${call.rk}`;
    case 'list':
      return `lists ${call.table}`;
    case 'put':
      return `puts ${describeMessage(call.text)}${call.hiddenForMs === 0 ? '' : ` hidden for ${call.hiddenForMs / 1000} s`}`;
    case 'post':
      return `POST ${call.body}`;
    case 'write':
      return `writes ${call.table}: ${call.changes.map(describeChange).join('; ')}`;
  }
}

function describeChange(change: Change): string {
  if (change.do === 'delete') return `delete ${change.rk}`;
  const { rowKey, state, record, digestId, duty, revision, removedAt } = change.entity;
  if (rowKey === '!head') return `${change.do} the head ${describeHead(String(state))}`;
  if (record !== undefined) return `${change.do} the record ${describeRecord(String(record))}`;
  if (duty !== undefined) return `${change.do} the due row ${rowKey} ${String(change.entity['dueAt'])}`;
  if (digestId !== undefined)
    return `${change.do} page ${rowKey} ${digestId === '' ? '(open)' : `of ${String(digestId)}`}`;
  return `${change.do} ${rowKey} ${removedAt === undefined ? `revision ${String(revision)} ${String(state)}` : 'a tombstone'}`;
}

function describeHead(text: string): string {
  const { lease, again, digest, asked, wake, openFrom } = JSON.parse(text) as HeadState;
  const unfinished = digest && `${digest.sequence} ${digest.state}, attempt ${digest.attempt}`;
  const waits = digest?.nextAttemptAt;
  return JSON.stringify({
    lease: lease?.nonce,
    ends: lease?.ends,
    again,
    digest: unfinished,
    waits,
    asked,
    wake,
    openFrom,
  });
}

function describeRecord(text: string): string {
  const { sequence, state, attempts } = JSON.parse(text) as DigestRecord;
  return `${sequence} ${state} ${attempts.map(({ attempt, outcome }) => `${attempt}: ${outcome}`).join(', ')}`;
}

/** A message of events, or a job. */
export function describeMessage(text: string): string {
  const message: unknown = JSON.parse(text);
  if (Array.isArray(message)) return `the message ${message.map(({ id }: { id: string }) => id).join(' ')}`;
  const { version: _, account: __, subscriptionId: ___, ...job } = message as Record<string, unknown>;
  return `the job ${JSON.stringify(job)}`;
}
