/** What follows from an outcome: the next move of a delivery. */
import type { CardStyle } from '../digests/digest.ts';
import type { Outcome } from './outcome.ts';
import { retryWaitMs } from './retry-schedule.ts';

/** Below this no card is drawn smaller; the plain card is next. */
const LEAST_BUDGET_BYTES = 3_000;

/** Where an attempt leaves its digest. */
export type Verdict =
  /** It is out; `accepted`: as far as anybody can know. */
  | { readonly next: 'settled'; readonly as: 'delivered' | 'accepted' }
  /** Try at once with another card. */
  | { readonly next: 'redraw'; readonly card: CardStyle }
  | { readonly next: 'retry'; readonly waitMs: number }
  /** Its events go back to the inbox; `disable`: the webhook is dead. */
  | { readonly next: 'return'; readonly because: 'gone' | 'used-up' };

/** Decides after the `failures`th failed attempt in a row of a digest (this one counted). `random` is in [0, 1). */
export function verdictOf(outcome: Outcome, card: CardStyle, failures: number, random: number): Verdict {
  switch (outcome.is) {
    case 'delivered':
    case 'accepted':
      return { next: 'settled', as: outcome.is };
    case 'gone':
      return { next: 'return', because: 'gone' };
    case 'unclear':
      // An answer came, and it was a success of a kind we do not know: posting again would repeat a card, each time.
      return outcome.status === undefined ? later(outcome, failures, random) : { next: 'settled', as: 'accepted' };
    case 'too-large':
      return redrawn(smaller(card)) ?? later(outcome, failures, random);
    case 'refused':
      return redrawn(plainer(card)) ?? later(outcome, failures, random);
    case 'throttled':
    case 'unauthorised':
    case 'forbidden':
    case 'failed':
      return later(outcome, failures, random);
  }
}

function later(outcome: Outcome, failures: number, random: number): Verdict {
  const waitMs = retryWaitMs(failures, outcome, random);
  return waitMs === undefined ? { next: 'return', because: 'used-up' } : { next: 'retry', waitMs };
}

function redrawn(card: CardStyle | undefined): Verdict | undefined {
  return card === undefined ? undefined : { next: 'redraw', card };
}

function smaller(card: CardStyle): CardStyle | undefined {
  const budgetBytes = Math.floor(card.budgetBytes / 2);
  return budgetBytes >= LEAST_BUDGET_BYTES ? { ...card, budgetBytes } : plainer(card);
}

function plainer(card: CardStyle): CardStyle | undefined {
  return card.style === 'plain' ? undefined : { ...card, style: 'plain' };
}
