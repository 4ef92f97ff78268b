/** What a webhook makes of a request, before any fault: the answer, and what happens behind it. */
import type { RecordedAnswer } from './request-log.ts';

/** A card on its way to a place. */
export interface Posting {
  readonly content: Record<string, unknown>;
  readonly format: 'message-card' | 'adaptive-card' | 'text';
}

/** A flow's run that comes after its 202: it posts, or fails where the sender cannot see it. */
export type RunOutcome =
  | { readonly is: 'succeeded'; readonly postings: readonly Posting[] }
  | { readonly is: 'failed'; readonly code: string; readonly message: string };

/** `taken`: a card is shown or a run begins. `refused`: nothing happens but the answer. */
export type Verdict =
  | { readonly is: 'refused'; readonly answer: RecordedAnswer }
  | { readonly is: 'taken'; readonly answer: RecordedAnswer; readonly postings: readonly Posting[] }
  | { readonly is: 'triggered'; readonly answer: RecordedAnswer; readonly run: RunOutcome };

/** An answer in plain text. */
export const text = (status: number, body: string, headers: Record<string, string> = {}): RecordedAnswer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
  body,
});

/** An answer of Azure Logic Apps: a code and a sentence in JSON. */
export const flowError = (status: number, code: string, message: string, headers: Record<string, string> = {}) => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify({ error: { code, message } }),
});

/** An answer that refuses. */
export const refuse = (answer: RecordedAnswer): Verdict => ({ is: 'refused', answer });
