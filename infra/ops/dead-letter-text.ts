/** Dead letters as commands show them. */
import type { StoredDeadLetter } from '../../shared/events/dead-letter.ts';
import { lineOf, tableText, timeText } from './print.ts';

const KEY_CHARS = 10;

/** As much of an id as tells it apart. */
export function shortId(id: string): string {
  return id.slice(0, '2026-11-21.'.length + KEY_CHARS);
}

/** As JSON, without the payload. */
export function letterView({ id, queue, messageId, position, insertedAt, because, reason, payload }: StoredDeadLetter) {
  return {
    id: shortId(id),
    queue,
    messageId,
    position,
    putAt: new Date(insertedAt).toISOString(),
    because: because ?? 'unknown',
    reason,
    bytes: Buffer.byteLength(payload),
  };
}

/** A line for each. */
export function lettersText(letters: readonly StoredDeadLetter[]): string {
  if (letters.length === 0) return 'No dead letters.\n';
  const rows = letters.map(({ id, insertedAt, queue, because, reason }) => [
    shortId(id),
    timeText(insertedAt),
    queue,
    because ?? 'unknown',
    lineOf(reason).slice(0, 120),
  ]);
  return tableText([['ID', 'PUT AT', 'QUEUE', 'BECAUSE', 'REASON'], ...rows]);
}

/** All of one. */
export function letterText(letter: StoredDeadLetter): string {
  const { id, insertedAt, queue, messageId, position, because, reason, isWhole } = letter;
  const fields = [
    ['id', shortId(id)],
    ['put at', timeText(insertedAt)],
    ['queue', `${queue}, message ${lineOf(messageId)}, position ${position}`],
    ['because', because ?? 'unknown'],
    ['reason', lineOf(reason)],
    ...(isWhole ? [] : [['payload', 'its end was not kept']]),
  ];
  return `${tableText(fields)}\n${payloadText(letter.payload)}\n`;
}

/** JSON set out for reading; other text line by line, without what would move a terminal's cursor. */
function payloadText(payload: string): string {
  const text = asJson(payload) ?? payload;
  return text
    .split('\n')
    .map((line) => line.replace(/[\p{Cc}\p{Cf}]/gu, '\uFFFD'))
    .join('\n');
}

function asJson(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return undefined;
  }
}
