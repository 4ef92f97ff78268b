/** What a process is given: its text, and the ETags it learns from it. */
import type { Call, CallAnswer, Input, Moment } from './process.ts';
import type { StorageCall } from './storage-model.ts';

/** The ETags a process knows after an input. */
export function withEtags(etags: ReadonlySet<string>, input: Input, before: Moment): ReadonlySet<string> {
  if (input.is !== 'answer') return etags;
  const more = etagsIn(input.answer, before.waits.find(({ number }) => number === input.call)?.call);
  return more.every((etag) => etags.has(etag)) ? etags : new Set([...etags, ...more]);
}

function etagsIn(answer: CallAnswer, call: Call | undefined): string[] {
  switch (answer.is) {
    case 'row':
      return [`${answer.row.key} ${answer.row.etag}`];
    case 'rows':
      return answer.rows.map(({ key, etag }) => `${key} ${etag}`);
    case 'written':
      return call?.op === 'write' ? answer.etags.map((etag, index) => `${keyOf(call, index)} ${etag}`) : [];
    default:
      return [];
  }
}

function keyOf({ table, changes }: Extract<StorageCall, { op: 'write' }>, index: number): string {
  const change = changes[index];
  if (change === undefined) return '';
  return change.do === 'delete'
    ? `${table}/${change.pk}/${change.rk}`
    : `${table}/${change.entity.partitionKey}/${change.entity.rowKey}`;
}

/** Inputs with the same text are the same. */
export function textOf(input: Input): string {
  if (input.is === 'message') return `m${input.invocation} ${input.message}`;
  const { answer } = input;
  const call = `a${input.call}`;
  switch (answer.is) {
    case 'row':
      return `${call} r${answer.row.id}`;
    case 'rows':
      return `${call} l${answer.rows.map(({ id }) => id).join()}${answer.more ? '+' : ''}`;
    case 'written':
      return `${call} w${answer.etags.join()}`;
    case 'failed':
      return `${call} f${answer.status}`;
    case 'put':
      return `${call} p`;
    case 'answer':
      return `${call} ${JSON.stringify(answer.answer)}`;
  }
}
