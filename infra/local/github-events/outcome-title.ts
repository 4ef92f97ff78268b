/** Titles of checks, workflows, statuses and deployments: how they stand. */
import type { Thing } from './payload.ts';
import { words } from './wording.ts';

/** How a check, job or deployment stands: by its conclusion, else by what is happening to it. */
export function outcomeSentence(
  name: string | undefined,
  thing: Partial<Thing> | undefined,
  at: string | undefined,
): string {
  const outcomes: Readonly<Record<string, string>> = {
    success: 'succeeded',
    failure: 'failed',
    error: 'failed',
    cancelled: 'was cancelled',
    timed_out: 'ran out of time',
    action_required: 'needs someone to act',
    neutral: 'finished',
    skipped: 'was skipped',
    in_progress: 'is running',
    queued: 'is queued',
    waiting: 'is waiting',
    pending: 'is waiting',
    completed: 'finished',
  };
  const state = thing?.conclusion ?? thing?.status ?? '';
  const place = at === undefined ? '' : ` on ${/^[0-9a-f]{40}$/.test(at) ? at.slice(0, 7) : at}`;
  return `${name || 'A workflow'} ${outcomes[state] ?? words(state)}${place}`;
}
