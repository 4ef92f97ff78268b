/** The POST from Microsoft's servers to a button's target, within the time that they give it. */
import type { RecordedAnswer } from '../webhooks/request-log.ts';

/** Fifteen seconds. Source: a Microsoft engineer quoted by an MVP; the documents name no limit. */
export const ACTION_TIMEOUT_MS = 15_000;

/** What is sent. */
export interface TargetCall {
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
}

/** The answer, or why there is none. Redirects are not followed. */
export async function callTarget({ target, headers, body, timeoutMs }: TargetCall): Promise<RecordedAnswer | string> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await fetch(target, { method: 'POST', headers, body, redirect: 'manual', signal });
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
  } catch {
    return signal.aborted ? `the target did not answer in ${timeoutMs / 1_000} s` : 'the target could not be reached';
  }
}
