/** What the wire tells of deliveries: which process meant to post which attempt, and which records came through. */
import type { SeenRequest } from '../bench/storage-proxy.ts';

/** An attempt that a process wrote it would make, and what became of its record. */
export interface Intent {
  readonly digestId: string;
  readonly attempt: number;
  readonly at: number;
  /** The process: its place, and how often that was started. */
  readonly by: string;
  /** False: storage refused it, somebody else had the channel. Undefined: no answer came, so it may stand there or not. */
  stored: boolean | undefined;
  /** When the same process's record of it was stored, and what it said; undefined: it never was. */
  record?: { readonly at: number; readonly outcome: string };
}

/** Intents, oldest first. */
export type WireLog = ReturnType<typeof createWireLog>;

type Answered = Awaited<SeenRequest['answered']>;

/** An empty log. `now` in milliseconds since 1970, the same clock as the webhooks'. */
export function createWireLog(now: () => number) {
  const byChannel = new Map<string, Intent[]>();
  const of = (channel: string): readonly Intent[] => byChannel.get(channel) ?? [];

  function noteHead(channel: string, { digest }: HeadOnWire, by: string, answered: Promise<Answered>): void {
    if (digest?.state !== 'sending') return;
    const intent: Intent = {
      digestId: `${channel}_${digest.sequence}`,
      attempt: digest.attempt,
      at: now(),
      by,
      stored: undefined,
    };
    if (of(channel).some((each) => isSame(each, intent) && each.stored === true)) return; // to prolong the lease
    byChannel.set(channel, [...of(channel), intent]);
    void answered.then((answer) => {
      intent.stored = answer && !isRefusal(answer);
    });
  }

  async function noteRecord(channel: string, record: RecordOnWire, by: string, answered: Promise<Answered>) {
    const answer = await answered;
    if (answer === undefined || answer.status >= 300) return;
    for (const intent of of(channel)) {
      if (intent.digestId !== `${channel}_${record.sequence}` || intent.by !== by) continue;
      const entry = record.attempts.find(({ attempt }) => attempt === intent.attempt);
      if (entry !== undefined) intent.record ??= { at: now(), outcome: entry.outcome };
    }
  }

  return {
    of,
    /**
     * The attempt that was posted at an instant: of the digest named, where one is, else the latest. Heads are written by
     * others too, who leave word or take over: the first one that stored it meant it.
     */
    posted(channel: string, at: number, digestId?: string): Intent | undefined {
      const intents = of(channel).filter((each) => each.stored !== false && each.at <= at);
      const latest = intents.findLast((each) => each.digestId === (digestId ?? each.digestId));
      const same = intents.filter((each) => latest !== undefined && isOfSame(each, latest));
      return same.find(({ stored }) => stored === true) ?? same[0];
    },
    /** Reads a request of a process. */
    see({ service, method, url, body, answered }: SeenRequest, by: string): void {
      if (service !== 'table' || method === 'GET' || method === 'DELETE') return;
      const isRecord = /^\/[^/]+\/digests\b/.test(url);
      const text = body.toString('utf8');
      if (!isRecord && !text.includes('"!head"')) return;
      for (const { PartitionKey: channel, RowKey, state, record } of rowsIn(text)) {
        if (isRecord && record !== undefined) void noteRecord(channel, JSON.parse(record), by, answered);
        if (RowKey === '!head' && state !== undefined) noteHead(channel, JSON.parse(state), by, answered);
      }
    },
  };
}

interface HeadOnWire {
  readonly digest?: { readonly sequence: number; readonly state: string; readonly attempt: number };
}

interface RecordOnWire {
  readonly sequence: number;
  readonly attempts: readonly { readonly attempt: number; readonly outcome: string }[];
}

interface RowOnWire {
  readonly PartitionKey: string;
  readonly RowKey: string;
  readonly state?: string;
  readonly record?: string;
}

/** The rows in a body: one, or those of a transaction, each on a line of its own. */
function rowsIn(text: string): RowOnWire[] {
  const lines = text.startsWith('{') ? [text] : text.split(/\r?\n/).filter((line) => line.startsWith('{'));
  return lines.map((line) => JSON.parse(line) as RowOnWire);
}

/** Whether storage said no; a transaction's answer is a 202 that holds the refusal. */
function isRefusal(answer: NonNullable<Answered>): boolean {
  return answer.status >= 300 || /^HTTP\/1\.1 [45]/m.test(answer.body.toString('latin1'));
}

function isSame(a: Intent, b: Intent): boolean {
  return isOfSame(a, b) && a.by === b.by;
}

function isOfSame(a: Intent, b: Intent): boolean {
  return a.digestId === b.digestId && a.attempt === b.attempt;
}
