/** What a test card came to, for its owner: as data, and in words. */
import type { TestRecord } from '../digests/head.ts';
import type { Outcome } from './outcome.ts';

/** A test as the API shows it. */
export interface TestView {
  readonly id: string;
  readonly at: string;
  readonly outcome: TestRecord['outcome'];
  readonly status: number | null;
  /** What it means and what to do. English; pages have sentences of their own for each outcome. */
  readonly reason: string;
  /** Nobody but the owner can know whether the card appeared: ask them. */
  readonly askSeen: boolean;
  readonly seen: boolean | null;
}

/** The record of a test whose POST has ended. */
export function testRecord(id: string, at: number, { is, status, reason }: Outcome): TestRecord {
  return { id, at, outcome: is, status, reason };
}

/** The view of a test. */
export function testView({ id, at, outcome, status, reason, seen }: TestRecord): TestView {
  return {
    id,
    at: new Date(at).toISOString(),
    outcome,
    status: status ?? null,
    reason: reason ?? sentenceOf(outcome),
    askSeen: outcome === 'accepted' || outcome === 'unclear',
    seen: seen ?? null,
  };
}

function sentenceOf(outcome: TestRecord['outcome']): string {
  switch (outcome) {
    case 'delivered':
      return 'The card was delivered.';
    case 'accepted':
      return 'The flow took the card. Look into the channel: only there one sees whether it arrived.';
    case 'unclear':
      return 'There was no clear answer. Look into the channel whether the card is there.';
    default:
      return 'The card was not delivered.';
  }
}
