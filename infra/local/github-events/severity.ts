/** How bad a webhook is: by the outcome of a check, the severity of an advisory, or a table for what is never ordinary. */
import type { Severity } from '../../../shared/subscriptions/severity.ts';
import type { Payload } from './payload.ts';
import { subjectOf } from './subject.ts';

/** Outcomes of checks, workflows, statuses and deployments that someone has to look at. */
const OUTCOMES: Readonly<Record<string, Severity>> = {
  failure: 'error',
  error: 'error',
  errored: 'error',
  timed_out: 'error',
  startup_failure: 'error',
  action_required: 'warning',
  cancelled: 'warning',
  stale: 'warning',
};

/** Advisories' words, and those of code scanning's rules. */
const ADVISORIES: Readonly<Record<string, Severity>> = {
  critical: 'critical',
  high: 'error',
  error: 'error',
  moderate: 'warning',
  medium: 'warning',
  warning: 'warning',
};

/** Alerts that no longer matter once this happened to them. */
const SETTLED = /^(fixed|dismiss|dismissed|closed_by_user|resolve|resolved|withdrawn|auto_dismissed)$/;

/** By event and action, for what is worth a second look whatever it says. */
const UNUSUAL: Readonly<Record<string, Severity>> = {
  'branch_protection_rule.deleted': 'warning',
  'deploy_key.created': 'warning',
  'installation.deleted': 'warning',
  'installation.suspend': 'warning',
  'meta.deleted': 'warning',
  public: 'warning',
  'repository.deleted': 'warning',
  'repository.publicized': 'warning',
  'repository.transferred': 'warning',
  'secret_scanning_alert.created': 'critical',
  'secret_scanning_alert.reopened': 'critical',
  'secret_scanning_alert_location.created': 'error',
};

const CHECKS = /^(check_run|check_suite|workflow_run|workflow_job|status|deployment_status|page_build)$/;
const ALERTS = /^(code_scanning_alert|dependabot_alert|repository_vulnerability_alert|security_advisory)$/;

/** The severity of GitHub's event `name`. */
export function severityOf(name: string, payload: Payload): Severity {
  const subject = subjectOf(name, payload);
  if (CHECKS.test(name)) {
    const outcome = subject?.conclusion ?? subject?.state ?? subject?.status ?? payload.state;
    return OUTCOMES[outcome ?? ''] ?? 'info';
  }
  if (ALERTS.test(name)) {
    if (SETTLED.test(payload.action ?? '')) return 'info';
    const stated = subject?.security_advisory?.severity ?? subject?.rule?.severity ?? subject?.severity;
    return ADVISORIES[stated ?? ''] ?? 'info';
  }
  return UNUSUAL[payload.action === undefined ? name : `${name}.${payload.action}`] ?? 'info';
}
