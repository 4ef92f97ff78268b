/** A GitHub webhook as an event of ours. README.md in this folder says which field comes from where. */
import type { Event } from '../../../shared/events/event.ts';
import { buttonsOf } from './buttons.ts';
import { eventType } from './event-type.ts';
import { type Payload, readPayload, type Thing } from './payload.ts';
import { cutText } from './plain.ts';
import { severityOf } from './severity.ts';
import { nameOf, subjectOf } from './subject.ts';
import { titleOf } from './title.ts';
import { shortRef } from './wording.ts';

/** One webhook as GitHub delivers it: its headers `X-GitHub-Event` and `X-GitHub-Delivery`, and its body. */
export interface Delivery {
  readonly name: string;
  readonly id: string;
  readonly payload: unknown;
}

/** Maps a delivery for an account; `receivedAt` (milliseconds since 1970) is the time of a payload that has none. */
export function toEvent({ name, id, payload }: Delivery, to: { account: string; receivedAt: number }): Event {
  const read = readPayload(payload);
  const subject = subjectOf(name, read);
  const scope = read.repository?.full_name;
  const type = eventType(name, read.action);
  const severity = severityOf(name, read);
  return {
    specversion: '1.0',
    id,
    source: firstUrl(read.repository?.html_url, read.organization?.html_url) ?? 'https://github.com',
    type,
    time: timeOf(name, read, subject) ?? new Date(to.receivedAt).toISOString(),
    account: to.account,
    ...(scope === undefined ? {} : { scope }),
    severity,
    data: {
      title: titleOf(name, read),
      ...present('text', textOf(name, read, subject)),
      ...present('url', firstUrl(subject?.html_url, read.compare, subject?.target_url, read.repository?.html_url)),
      ...present('group', groupOf(read)),
      facts: factsOf(read),
      actions: buttonsOf(type, severity),
    },
  };
}

function textOf(name: string, payload: Payload, subject: Thing | undefined): string | undefined {
  const commits = payload.commits?.map(({ message }) => message?.split('\n')[0] ?? '').join('\n\n');
  if (name === 'push') return commits === '' ? undefined : commits;
  const said = subject?.body ?? subject?.description ?? subject?.output?.summary ?? payload.description;
  const text = said ?? subject?.security_advisory?.description;
  return text === undefined || text === '' ? undefined : cutText(text, 4_000);
}

/** Events about one pull request, issue, branch or environment belong together. */
function groupOf(payload: Payload): string | undefined {
  for (const [kind, thing] of [
    ['Pull request', payload.pull_request],
    ['Issue', payload.issue],
    ['Discussion', payload.discussion],
  ] as const) {
    if (thing?.number !== undefined) return `${kind} #${thing.number}`;
  }
  const run = payload.check_suite ?? payload.workflow_run;
  return payload.deployment?.environment ?? run?.head_branch ?? (shortRef(payload.ref) || undefined);
}

function factsOf(payload: Payload): { name: string; value: string }[] {
  const { repository, organization, sender, pull_request: pull, issue, release } = payload;
  const labels = (pull ?? issue)?.labels?.map(({ name }) => name).join(', ');
  const facts: Readonly<Record<string, string | undefined>> = {
    Repository: repository?.full_name,
    Organization: repository === undefined ? organization?.login : undefined,
    By: sender?.login,
    Branch: pull?.head?.ref === undefined ? undefined : `${pull.head.ref} into ${pull.base?.ref}`,
    Labels: labels,
    Milestone: nameOf(payload.milestone),
    Tag: release?.tag_name,
    Package: payload.alert?.affected_package_name,
    Advisory: payload.security_advisory?.ghsa_id ?? payload.alert?.external_identifier,
  };
  return Object.entries(facts).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [{ name, value }],
  );
}

/** When it happened: what a finished thing says first, then its last change. */
function timeOf(name: string, payload: Payload, subject: Thing | undefined): string | undefined {
  const created = payload.action === 'created' || payload.action === 'opened' ? subject?.created_at : undefined;
  const times = [
    created,
    ...(name === 'star' ? [payload.starred_at] : []),
    ...[subject?.submitted_at, subject?.completed_at, subject?.published_at, subject?.timestamp, subject?.updated_at],
    ...[subject?.started_at, subject?.created_at, payload.updated_at, payload.created_at, payload.effective_date],
    payload.repository?.updated_at,
  ];
  const time = times.find((text) => text !== undefined && !Number.isNaN(Date.parse(text)));
  return time === undefined ? undefined : new Date(time).toISOString();
}

function firstUrl(...urls: readonly (string | undefined)[]): string | undefined {
  return urls.find((url) => url !== undefined && /^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : ''));
}

function present<Name extends string>(name: Name, value: string | undefined): { [Key in Name]?: string } {
  return value === undefined ? {} : ({ [name]: value } as { [Key in Name]: string });
}
