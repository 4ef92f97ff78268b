/** Every request that a webhook received, with the bytes as they came and the answer as it went. */
import type { WebhookKind } from './webhook.ts';

/** What was answered; the body as text. */
export interface RecordedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One request. `body` is the exact body read as UTF-8, `bytes` its length before that. */
export interface RecordedRequest {
  readonly id: number;
  readonly at: string;
  readonly webhook: string | null;
  readonly kind: WebhookKind | null;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly bytes: number;
  /** Null while it is being worked on, and when the connection was cut before an answer. */
  answer: RecordedAnswer | null;
  /** Whether Microsoft took it: a card shown, or a run of a flow begun. */
  accepted: boolean;
  /** Whether it was accepted and the sender cannot know, because the answer did not reach it. */
  lost: boolean;
  /** The windows this POST was too many for. */
  readonly violations: readonly string[];
  /** The faults that were injected. */
  readonly faults: readonly string[];
}

/** Which requests to list. */
export interface RequestFilter {
  readonly webhook?: string | undefined;
  readonly kind?: WebhookKind | undefined;
  readonly since?: number | undefined;
  readonly limit?: number | undefined;
}

/** The sums of all requests since the start or the last clearing. */
export interface RequestSums {
  readonly requests: number;
  readonly accepted: number;
  readonly lostAnswers: number;
  readonly violations: number;
}

/** The log; it forgets the oldest beyond `keep`, while the sums go on. */
export function createRequestLog(keep: number) {
  let entries: RecordedRequest[] = [];
  let next = 1;
  let sums = { requests: 0, accepted: 0, lostAnswers: 0, violations: 0 };
  return {
    /** Begins a record; the caller says later what came of it. */
    add(entry: Omit<RecordedRequest, 'id' | 'answer' | 'accepted' | 'lost'>): RecordedRequest {
      const record: RecordedRequest = { ...entry, id: next++, answer: null, accepted: false, lost: false };
      entries.push(record);
      if (entries.length > keep * 1.1) entries = entries.slice(-keep);
      sums.requests += 1;
      if (entry.violations.length > 0) sums.violations += 1;
      return record;
    },
    accept(record: RecordedRequest): void {
      record.accepted = true;
      sums.accepted += 1;
    },
    lose(record: RecordedRequest): void {
      record.lost = true;
      sums.lostAnswers += 1;
    },
    list({ webhook, kind, since = 0, limit = Number.POSITIVE_INFINITY }: RequestFilter = {}): RecordedRequest[] {
      const fits = (entry: RecordedRequest) =>
        entry.id > since && (webhook ?? entry.webhook) === entry.webhook && (kind ?? entry.kind) === entry.kind;
      return entries.filter(fits).slice(0, limit);
    },
    sums: (): RequestSums => ({ ...sums }),
    clear(): void {
      entries = [];
      sums = { requests: 0, accepted: 0, lostAnswers: 0, violations: 0 };
    },
  };
}

/** The log of requests. */
export type RequestLog = ReturnType<typeof createRequestLog>;
