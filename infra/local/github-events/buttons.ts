/** What a reader can do about an event from the card: the buttons that the make-believe product answers. */
import type { EventAction } from '../../../shared/events/event.ts';
import type { Severity } from '../../../shared/subscriptions/severity.ts';

const RERUN: EventAction = { id: 'rerun', title: 'Run again' };
const COMMENT: EventAction = {
  id: 'comment',
  title: 'Comment',
  inputs: [{ id: 'comment', type: 'text', title: 'Your comment', required: true, multiline: true, maxLength: 1_000 }],
};

/** The buttons of an event: run a failed check again, comment on what has a conversation, else none. */
export function buttonsOf(type: string, severity: Severity): EventAction[] {
  if (/^github\.(check_run|workflow_run|workflow_job)/.test(type)) return severity === 'error' ? [RERUN] : [];
  return /^github\.(issues|pull_request)\.(opened|assigned|review_requested)$/.test(type) ? [COMMENT] : [];
}
