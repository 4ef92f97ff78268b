/** Titles of what people do to issues, pull requests and discussions. */
import type { Payload, Thing } from './payload.ts';
import { done, the, who } from './wording.ts';

/** What was done to an issue, pull request or discussion; GitHub's own word for it where this has none. */
export function changeSentence(payload: Payload, kind: string, thing: Thing | undefined): string | undefined {
  if (thing === undefined) return undefined;
  const it = `${kind} #${thing.number}`;
  const person = payload.assignee?.login ?? 'someone';
  const reviewer = payload.requested_reviewer?.login ?? payload.requested_team?.name ?? 'someone';
  const label = payload.label?.name ?? 'a label';
  const changes: Readonly<Record<string, string>> = {
    closed: `${thing.merged ? 'merged' : 'closed'} ${it}`,
    assigned: `assigned ${person} to ${it}`,
    unassigned: `took ${person} off ${it}`,
    labeled: `added the label ${label} to ${it}`,
    unlabeled: `removed the label ${label} from ${it}`,
    milestoned: `put ${it} on a milestone`,
    demilestoned: `took ${it} off its milestone`,
    locked: `locked the conversation of ${it}`,
    unlocked: `unlocked the conversation of ${it}`,
    review_requested: `asked ${reviewer} to review ${it}`,
    review_request_removed: `no longer asks ${reviewer} to review ${it}`,
    ready_for_review: `asks for reviews of ${it}`,
    converted_to_draft: `turned ${it} into a draft`,
    synchronize: `pushed to ${it}`,
    category_changed: `moved ${it} to another category`,
    answered: `chose an answer to ${it}`,
    unanswered: `took back the answer to ${it}`,
  };
  return `${who(payload)} ${changes[payload.action ?? ''] ?? `${done(payload.action)} ${it}`}: ${thing.title}`;
}

/** Who commented on what. */
export function commentSentence(payload: Payload, kind: string, thing: Thing | undefined): string | undefined {
  if (thing === undefined) return undefined;
  const changes: Readonly<Record<string, string>> = { edited: 'edited a comment on', deleted: 'deleted a comment on' };
  return `${who(payload)} ${changes[payload.action ?? ''] ?? 'commented on'} ${the(kind, thing)}`;
}

/** What a review said. */
export function reviewSentence(payload: Payload): string {
  const verdicts: Readonly<Record<string, string>> = { approved: 'approved', changes_requested: 'asks for changes in' };
  const dismissed = payload.action === 'dismissed' ? 'dismissed a review of' : undefined;
  const verdict = dismissed ?? verdicts[payload.review?.state ?? ''] ?? 'reviewed';
  return `${who(payload)} ${verdict} ${the('pull request', payload.pull_request)}`;
}
