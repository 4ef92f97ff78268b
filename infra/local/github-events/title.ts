/** An event's title: the sentence a person would write for the common webhooks, a regular one for the others. */
import { changeSentence, commentSentence, reviewSentence } from './conversation-title.ts';
import { outcomeSentence } from './outcome-title.ts';
import type { Payload } from './payload.ts';
import { oneLine } from './plain.ts';
import { nameOf, subjectOf } from './subject.ts';
import { done, here, shortRef, the, who, words } from './wording.ts';

/** The title of GitHub's event `name`. */
export function titleOf(name: string, payload: Payload): string {
  return oneLine(SENTENCES[name]?.(payload) ?? regularSentence(name, payload), 250);
}

const SENTENCES: Readonly<Record<string, (payload: Payload) => string | undefined>> = {
  push: pushSentence,
  create: (payload) => `${who(payload)} created the ${payload.ref_type ?? 'branch'} ${payload.ref}`,
  delete: (payload) => `${who(payload)} deleted the ${payload.ref_type ?? 'branch'} ${payload.ref}`,
  fork: (payload) => `${who(payload)} forked ${payload.repository?.full_name} to ${payload.forkee?.full_name}`,
  star: (payload) => `${who(payload)} ${payload.action === 'deleted' ? 'unstarred' : 'starred'} ${here(payload)}`,
  watch: (payload) => `${who(payload)} starred ${here(payload)}`,
  public: (payload) => `${who(payload)} made ${here(payload)} public`,
  ping: (payload) => `GitHub is connected: ${payload.zen}`,
  gollum: (payload) => `${who(payload)} changed the wiki: ${payload.pages?.map(({ title }) => title).join(', ')}`,
  member: (payload) =>
    payload.action === 'added'
      ? `${payload.member?.login} now works on ${here(payload)}`
      : `${who(payload)} changed what ${payload.member?.login} may do in ${here(payload)}`,
  commit_comment: (payload) => `${who(payload)} commented on a commit`,
  issues: (payload) => changeSentence(payload, 'issue', payload.issue),
  pull_request: (payload) => changeSentence(payload, 'pull request', payload.pull_request),
  discussion: (payload) => changeSentence(payload, 'discussion', payload.discussion),
  issue_comment: (payload) => commentSentence(payload, 'issue', payload.issue),
  discussion_comment: (payload) => commentSentence(payload, 'discussion', payload.discussion),
  pull_request_review_comment: (payload) => commentSentence(payload, 'pull request', payload.pull_request),
  pull_request_review: reviewSentence,
  pull_request_review_thread: (payload) =>
    `${who(payload)} marked as ${payload.action} a conversation on ${the('pull request', payload.pull_request)}`,
  check_run: (payload) => outcomeSentence(payload.check_run?.name, payload.check_run, payload.check_run?.head_sha),
  check_suite: (payload) => outcomeSentence('The check suite', payload.check_suite, payload.check_suite?.head_branch),
  workflow_run: (payload) =>
    outcomeSentence(payload.workflow_run?.name, payload.workflow_run, payload.workflow_run?.head_branch),
  workflow_job: (payload) =>
    outcomeSentence(payload.workflow_job?.name, payload.workflow_job, payload.workflow_job?.head_sha),
  status: ({ context, state, sha }) => outcomeSentence(`Status ${context}`, { conclusion: state }, sha),
  page_build: ({ build, repository }) => `The website of ${repository?.full_name} was ${build?.status}`,
  repository_import: (payload) => `The import of ${here(payload)} ended: ${payload.status}`,
  deployment: (payload) => `${who(payload)} started a deployment to ${payload.deployment?.environment}`,
  deployment_status: ({ deployment, deployment_status }) =>
    outcomeSentence(
      `The deployment to ${deployment?.environment}`,
      { conclusion: deployment_status?.state },
      undefined,
    ),
  release: (payload) => `Release ${nameOf(payload.release)} ${done(payload.action)}`,
  dependabot_alert: alertSentence,
  repository_vulnerability_alert: alertSentence,
  code_scanning_alert: alertSentence,
  secret_scanning_alert: ({ alert, action }) =>
    `Secret found in the code (${words(alert?.secret_type)}): alert ${done(action)}`,
  security_advisory: ({ security_advisory: advisory, action }) => `Advisory ${done(action)}: ${advisory?.summary}`,
};

function pushSentence(payload: Payload): string {
  const branch = shortRef(payload.ref);
  const kind = payload.ref?.startsWith('refs/tags/') ? 'tag' : 'branch';
  if (payload.deleted) return `${who(payload)} deleted the ${kind} ${branch}`;
  const count = payload.commits?.length ?? 0;
  if (count === 0) return `${who(payload)} pushed the ${payload.created ? 'new ' : ''}${kind} ${branch}`;
  return `${who(payload)} ${payload.forced ? 'force-pushed' : 'pushed'} ${count} ${count === 1 ? 'commit' : 'commits'} to ${branch}`;
}

function alertSentence({ alert, action }: Payload): string {
  const severity = alert?.security_advisory?.severity ?? alert?.rule?.severity ?? alert?.severity;
  return `Security alert ${done(action)}${severity === undefined ? '' : ` (${severity})`}: ${nameOf(alert)}`;
}

/** What GitHub's names of events leave unclear. */
const NOUNS: Readonly<Record<string, string>> = {
  github_app_authorization: 'app authorization',
  installation: 'app installation',
  installation_repositories: 'repositories of the app installation',
  meta: 'webhook',
  org_block: 'user',
  projects_v2_item: 'project item',
  secret_scanning_alert_location: 'place of a secret',
  team_add: 'team',
};

/** `Label “bug” deleted by Codertocat`. */
function regularSentence(name: string, payload: Payload): string {
  const noun = NOUNS[name] ?? words(name);
  const called = nameOf(subjectOf(name, payload));
  const action = payload.action === undefined ? '' : ` ${done(payload.action)}`;
  const by = payload.sender?.login === undefined ? '' : ` by ${payload.sender.login}`;
  return `${noun.charAt(0).toUpperCase()}${noun.slice(1)}${called === undefined ? '' : ` “${called}”`}${action}${by}`;
}
