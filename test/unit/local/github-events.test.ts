import { readExamples } from '../../../infra/local/github-events/examples.ts';
import { type Delivery, toEvent } from '../../../infra/local/github-events/to-event.ts';
import { type Event, eventSchema } from '../../../shared/events/event.ts';

const RECEIVED = Date.UTC(2026, 10, 21, 9);

/** Every published payload with its event. */
let mapped: readonly { readonly delivery: Delivery; readonly event: Event }[];

beforeAll(async () => {
  mapped = (await readExamples()).map((delivery) => ({ delivery, event: map(delivery) }));
});

function map(delivery: Delivery): Event {
  return toEvent(delivery, { account: 'acme', receivedAt: RECEIVED });
}

/** The first published payload of an event with these fields. */
function example(name: string, fields: Record<string, unknown> = {}): Delivery {
  const found = mapped.find(
    ({ delivery: { name: itsName, payload } }) =>
      itsName === name && Object.entries(fields).every(([key, value]) => Object(payload)[key] === value),
  );
  if (found === undefined) throw new Error(`no published payload of ${name} with ${JSON.stringify(fields)}`);
  return found.delivery;
}

it('maps every published payload to a valid event', () => {
  const faults = mapped.flatMap(({ delivery, event }) => {
    const parsed = eventSchema.safeParse(event);
    return parsed.success ? [] : [`${delivery.name}: ${parsed.error.message}`];
  });

  expect(mapped.length).toBeGreaterThan(700);
  expect(faults).toEqual([]);
});

it('gives each payload an id of its own that stays the same', async () => {
  const again = (await readExamples()).map((delivery) => map(delivery).id);

  const ids = mapped.map(({ event }) => event.id);
  expect(new Set(ids).size).toBe(mapped.length);
  expect(again).toEqual(ids);
});

it('writes titles that say something on one line, without gaps', () => {
  const titles = mapped.map(({ event }) => event.data.title);

  expect(titles.filter((title) => /undefined|null|\[object|\s{2}|^\s|\s$|\n/.test(title))).toEqual([]);
  expect(titles.filter((title) => title.length < 8 || title.length > 250)).toEqual([]);
});

it.each<[string, Record<string, unknown>, string]>([
  ['pull_request', { action: 'opened' }, 'Codertocat opened pull request #2: Update the README with new information.'],
  [
    'pull_request',
    { action: 'converted_to_draft' },
    'Codertocat turned pull request #2 into a draft: Update the README with new information.',
  ],
  [
    'pull_request',
    { action: 'review_requested' },
    'Codertocat asked octocat to review pull request #2: Update the README with new information.',
  ],
  ['issues', { action: 'labeled' }, 'Codertocat added the label bug to issue #1: Spelling error in the README file'],
  ['issue_comment', { action: 'created' }, 'Codertocat commented on issue #1: Spelling error in the README file'],
  [
    'pull_request_review',
    { action: 'submitted' },
    'Codertocat reviewed pull request #2: Update the README with new information.',
  ],
  ['push', { ref: 'refs/heads/master' }, 'Codertocat pushed 1 commit to master'],
  ['push', { deleted: true }, 'Codertocat deleted the tag simple-tag'],
  ['create', {}, 'Codertocat created the tag simple-tag'],
  ['check_run', { action: 'completed' }, 'Octocoders-linter failed on ec26c3e'],
  ['check_suite', { action: 'completed' }, 'The check suite succeeded on changes'],
  ['workflow_job', { action: 'completed' }, 'linters failed on 3484a3f'],
  ['status', {}, 'Status default succeeded on 6113728'],
  ['deployment_status', {}, 'The deployment to production succeeded'],
  ['release', { action: 'published' }, 'Release 0.0.1 published'],
  ['fork', {}, 'Octocoders forked Codertocat/Hello-World to Octocoders/Hello-World'],
  ['star', { action: 'created' }, 'Codertocat starred Codertocat/Hello-World'],
  ['member', { action: 'added' }, 'hacktocat now works on Codertocat/Hello-World'],
  ['gollum', {}, 'rachmari changed the wiki: Home'],
  ['repository_vulnerability_alert', { action: 'create' }, 'Security alert created (moderate): rack'],
  ['label', { action: 'deleted' }, 'Label “:bug: Bugfix” deleted by Codertocat'],
  ['team', { action: 'added_to_repository' }, 'Team “github” added to repository by Codertocat'],
])('titles %s %j as a person would', (name, fields, title) => {
  const event = map(example(name, fields));

  expect(event.data.title).toBe(title);
});

it.each<[string, Record<string, unknown>, Event['severity']]>([
  ['check_run', { action: 'completed' }, 'error'],
  ['check_suite', { action: 'completed' }, 'info'],
  ['dependabot_alert', { action: 'created' }, 'warning'],
  ['dependabot_alert', { action: 'fixed' }, 'info'],
  ['code_scanning_alert', { action: 'created' }, 'error'],
  ['code_scanning_alert', { action: 'fixed' }, 'info'],
  ['secret_scanning_alert', { action: 'reopened' }, 'critical'],
  ['public', {}, 'warning'],
  ['pull_request', { action: 'opened' }, 'info'],
])('takes %s %j for as bad as %s', (name, fields, severity) => {
  const event = map(example(name, fields));

  expect(event.severity).toBe(severity);
});

it('says where an event belongs', () => {
  const event = map(example('pull_request', { action: 'opened' }));

  expect(event).toMatchObject({
    source: 'https://github.com/Codertocat/Hello-World',
    type: 'github.pull_request.opened',
    time: '2019-05-15T15:20:33.000Z',
    account: 'acme',
    scope: 'Codertocat/Hello-World',
    data: {
      url: 'https://github.com/Codertocat/Hello-World/pull/2',
      group: 'Pull request #2',
      text: 'This is a pretty simple change that we need to pull into master.',
      facts: [
        { name: 'Repository', value: 'Codertocat/Hello-World' },
        { name: 'By', value: 'Codertocat' },
        { name: 'Branch', value: 'changes into master' },
      ],
    },
  });
});

it('gives an event without a repository no scope, and one without a time that of its arrival', () => {
  const event = map(example('organization', { action: 'member_added' }));

  expect(event.scope).toBeUndefined();
  expect(event.time).toBe('2026-11-21T09:00:00.000Z');
});

it.each([null, 'text', 7, [], {}, { pull_request: 7, repository: { full_name: ['x'] }, sender: null, action: {} }])(
  'maps even a payload of another shape: %j',
  (payload) => {
    const event = map({ name: 'pull_request', id: 'd-1', payload });

    expect(eventSchema.safeParse(event).success).toBe(true);
    expect(event.data.title).toMatch(/^Pull request/);
  },
);

it('cuts a text that is too long at a whole character', () => {
  const comment = { body: `${'x'.repeat(3_998)}😀😀😀` };

  const event = map({ name: 'issue_comment', id: 'd-1', payload: { action: 'created', comment } });

  expect(event.data.text).toBe(`${'x'.repeat(3_998)}😀…`);
});
