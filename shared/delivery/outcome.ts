/** What a webhook's answer meant: a closed union that every caller handles. Facts: docs/microsoft.md, "Webhooks and their answers". */
import type { OutcomeName } from '../digests/digest.ts';
import type { WebhookKind } from '../subscriptions/webhook.ts';

/** What came back from one POST. `body` is at most 4 KiB of it. */
export type Answer =
  | {
      readonly is: 'answered';
      readonly status: number;
      readonly body: string;
      readonly retryAfterMs?: number | undefined;
    }
  /** The request was never written, so nothing can have been posted. */
  | { readonly is: 'not-sent'; readonly reason: string }
  /** The request was written, in part at least, and no whole answer came. */
  | { readonly is: 'lost'; readonly reason: string };

/** An outcome with what to tell people. `reason` is a sentence without any part of the webhook's address. */
export interface Outcome {
  readonly is: OutcomeName;
  readonly status?: number | undefined;
  readonly reason?: string | undefined;
  readonly retryAfterMs?: number | undefined;
}

/** Reads an answer by the kind of webhook that gave it. */
export function readOutcome(kind: WebhookKind, answer: Answer): Outcome {
  switch (answer.is) {
    case 'not-sent':
      return { is: 'failed', reason: answer.reason };
    case 'lost':
      return { is: 'unclear', reason: answer.reason };
    case 'answered':
      return {
        status: answer.status,
        ...(kind === 'connector' ? readConnector(answer) : readWorkflow(answer)),
        ...waitOf(answer),
      };
  }
}

type Answered = Extract<Answer, { is: 'answered' }>;

function waitOf({ retryAfterMs }: Answered) {
  return retryAfterMs === undefined ? {} : { retryAfterMs };
}

/** A connector answers 200 and `1` when it delivered, and wraps its refusals in a 200 (msteams-docs issues 1810, 7425). */
function readConnector({ status, body }: Answered): Outcome {
  if (status === 401)
    return {
      is: 'unauthorised',
      reason: 'The webhook wants a sign-in, which none does: paste its whole address again.',
    };
  if (status !== 200) return ofStatus(status, body);
  const text = body.trim();
  if (text === '1') return { is: 'delivered' };
  const hidden = /HTTP error (\d{3})/.exec(text)?.[1];
  if (hidden !== undefined) return ofStatus(Number(hidden), text);
  if (/Error contacting Microsoft Teams endpoint/i.test(text))
    return { is: 'failed', reason: 'The connector could not reach Teams.' };
  if (/webhook message delivery failed/i.test(text))
    return { is: 'failed', reason: 'The connector said that delivery failed.' };
  return { is: 'unclear', reason: 'The webhook answered 200 with a text we do not know.' };
}

/** A flow answers 202 at once: accepted, which is no proof that the card was posted. */
function readWorkflow({ status, body }: Answered): Outcome {
  if (status === 202) return { is: 'accepted' };
  if (status === 200) return { is: 'unclear', reason: 'The flow answered 200, where 202 is expected.' };
  return ofStatus(status, body);
}

function ofStatus(status: number, body: string): Outcome {
  switch (status) {
    case 400:
      return { is: 'refused', reason: 'The webhook refused the card.' };
    case 401:
      return {
        is: 'unauthorised',
        reason:
          'The flow wants a signed-in caller: set its trigger to "Anyone" in Power Automate, and paste its whole address again.',
      };
    case 403:
      return { is: 'forbidden', reason: "A policy of the organisation blocks this webhook: ask the tenant's admin." };
    case 404:
    case 410:
      return { is: 'gone', reason: 'The webhook was removed: paste a new one.' };
    case 413:
      return { is: 'too-large', reason: 'The card was too large.' };
    case 429:
      return { is: 'throttled', reason: 'The webhook asked us to slow down.' };
    default:
      if (/Request Entity too large/i.test(body)) return { is: 'too-large', reason: 'The card was too large.' };
      return { is: 'failed', reason: `The webhook answered ${status}.` };
  }
}
