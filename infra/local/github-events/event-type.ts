/** Which topic a webhook belongs to: the actions that people choose by themselves are topics; the others share one for each event. */

const OWN_TOPICS: Readonly<Record<string, readonly string[]>> = {
  pull_request: ['opened', 'closed', 'ready_for_review', 'review_requested'],
  issues: ['opened', 'assigned'],
  discussion: ['created'],
  check_run: ['completed'],
  workflow_run: ['completed'],
  release: ['published'],
};

/** The event type of GitHub's event `name` with this action, such as `github.pull_request.opened` or `github.push`. */
export function eventType(name: string, action: string | undefined): string {
  return action !== undefined && OWN_TOPICS[name]?.includes(action) ? `github.${name}.${action}` : `github.${name}`;
}
