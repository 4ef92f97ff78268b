/** What a webhook is about: the one thing in the payload whose title, text, address and times the event takes. */
import { isThingName, type Payload, type Thing, type ThingName } from './payload.ts';

/** Where the thing is when it is not called like the event. The first that is there counts. */
const PARTS: Readonly<Record<string, readonly ThingName[]>> = {
  branch_protection_rule: ['rule'],
  code_scanning_alert: ['alert'],
  commit_comment: ['comment'],
  dependabot_alert: ['alert'],
  deploy_key: ['key'],
  deployment_review: ['workflow_run'],
  discussion_comment: ['comment', 'discussion'],
  fork: ['forkee'],
  installation_repositories: ['installation'],
  issue_comment: ['comment', 'issue'],
  issues: ['issue'],
  membership: ['member'],
  meta: ['hook'],
  org_block: ['blocked_user'],
  page_build: ['build'],
  ping: ['hook'],
  pull_request_review: ['review', 'pull_request'],
  pull_request_review_comment: ['comment', 'pull_request'],
  pull_request_review_thread: ['pull_request'],
  push: ['head_commit'],
  repository_vulnerability_alert: ['alert'],
  secret_scanning_alert: ['alert'],
  secret_scanning_alert_location: ['alert'],
  team_add: ['team'],
};

/** The thing that an event of this name is about, where the payload has it. */
export function subjectOf(name: string, payload: Payload): Thing | undefined {
  const fields = PARTS[name] ?? (isThingName(name) ? [name] : []);
  return fields.map((field) => payload[field]).find((thing) => thing !== undefined);
}

/** What the thing is called, by whichever of GitHub's fields says it. */
export function nameOf(thing: Thing | undefined): string | undefined {
  if (thing === undefined) return undefined;
  const { title, display_title, tag_name, full_name, name, login, summary, note, account, plan, rule } = thing;
  const advisory = thing.security_advisory?.summary ?? thing.affected_package_name ?? thing.secret_type;
  const names = [title, display_title, name, tag_name, full_name, login, summary, note, rule?.description, advisory];
  return [...names, plan?.name, account?.login].find((candidate) => candidate !== undefined && candidate !== '');
}
