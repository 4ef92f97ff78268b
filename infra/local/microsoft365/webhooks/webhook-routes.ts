/** The addresses that cards are posted to. Each request is recorded, judged, met by the faults that are on, and answered. */
import type { Clock } from '../clock.ts';
import { readBytes } from '../http/body.ts';
import { type Call, type Route, route } from '../http/router.ts';
import type { Messages } from '../world/messages.ts';
import { delay, interrupt, interruption, send } from './answer.ts';
import { judgeConnectorPost } from './connector-webhook.ts';
import type { Faults } from './faults.ts';
import type { FlowRuns } from './flow-runs.ts';
import type { RecordedRequest, RequestLog } from './request-log.ts';
import { text, type Verdict } from './verdict.ts';
import type { Webhook } from './webhook.ts';
import type { Webhooks } from './webhooks.ts';
import { countPost, nameOf, retryAfter } from './windows.ts';
import { judgeWorkflowPost } from './workflow-webhook.ts';

/** Who a bearer token says the caller is, when it is a good one for flows. */
export type CallerOf = (authorization: string | undefined) => Promise<{ oid: string; tid: string } | undefined>;

/** What webhooks need of the world. */
export interface WebhookParts {
  readonly clock: Clock;
  readonly webhooks: Webhooks;
  readonly requests: RequestLog;
  readonly faults: Faults;
  readonly runs: FlowRuns;
  readonly messages: Messages;
  readonly callerOf: CallerOf;
}

/** The routes of all webhooks. */
export function webhookRoutes(parts: WebhookParts): Route[] {
  const answer = (call: Call) => receive(parts, call);
  return ['/webhookb2/*', '/webhook/*', '/powerautomate/*', '/workflows/*'].map((path) => route('ANY', path, answer));
}

async function receive(parts: WebhookParts, call: Call): Promise<undefined> {
  const { clock, requests, webhooks, faults, runs } = parts;
  const bytes = await readBytes(call.request);
  const webhook = webhooks.atPath(call.url.pathname);
  const posted = webhook !== undefined && call.method === 'POST';
  const now = clock.now();
  const times = posted ? webhooks.postTimes(webhook.id) : [];
  const exceeded = posted ? countPost(times, webhook.windows, now) : [];
  const met = posted && webhook.state !== 'removed' ? faults.meet(webhook) : [];
  const record = requests.add({
    at: new Date(now).toISOString(),
    webhook: webhook?.id ?? null,
    kind: webhook?.kind ?? null,
    method: call.method,
    path: call.url.pathname + call.url.search,
    headers: flatten(call.request.headers),
    body: bytes.toString('utf8'),
    bytes: bytes.length,
    violations: exceeded.map(nameOf),
    faults: met.map(({ id }) => id),
  });

  if (!(await delay(call.response, met, 'before'))) return;
  const before = interruption(met, 'before');
  if (before !== undefined) {
    record.answer = await interrupt(call.response, before);
    return;
  }
  if (webhook?.kind === 'workflow') runs.switchOffIfStale(webhook);
  const verdict = await judge(parts, call, { webhook, record, retryAfterSeconds: retryAfter(times, exceeded, now) });
  const failRun = met.map(({ effect }) => effect).find((effect) => effect.do === 'fail-run');
  const taken = webhook !== undefined && take(parts, webhook, verdict, failRun);
  if (taken) requests.accept(record);
  await delay(call.response, met, 'after');
  const after = interruption(met, 'after');
  record.answer = await (after === undefined ? send(call.response, verdict.answer) : interrupt(call.response, after));
  // Whatever came instead of the answer, the sender cannot know that the card is there.
  if (taken && (after !== undefined || record.answer === null)) requests.lose(record);
}

interface Judged {
  readonly webhook: Webhook | undefined;
  readonly record: RecordedRequest;
  readonly retryAfterSeconds: number;
}

async function judge(
  parts: WebhookParts,
  call: Call,
  { webhook, record, retryAfterSeconds }: Judged,
): Promise<Verdict> {
  const refused = (status: number, body: string): Verdict => ({ is: 'refused', answer: text(status, body) });
  if (webhook === undefined) return refused(404, 'Webhook Not Found');
  if (call.method !== 'POST') return refused(400, `Invalid webhook request - ${call.method} not supported`);
  const post = {
    contentType: call.request.headers['content-type'] ?? '',
    body: record.body,
    bytes: record.bytes,
    exceeded: webhook.windows.filter((window) => record.violations.includes(nameOf(window))),
  };
  if (webhook.kind === 'connector') return judgeConnectorPost(webhook, post);
  const authorization = call.request.headers.authorization;
  const caller = await parts.callerOf(authorization);
  return judgeWorkflowPost(webhook, {
    ...post,
    sig: call.url.searchParams.get('sig'),
    authorization,
    caller,
    retryAfterSeconds,
  });
}

/** Shows the card or runs the flow; true when Microsoft has taken the request. */
function take(
  { messages, runs }: WebhookParts,
  webhook: Webhook,
  verdict: Verdict,
  failRun: FailRun | undefined,
): boolean {
  if (verdict.is === 'refused') return false;
  if (verdict.is === 'taken') {
    for (const posting of verdict.postings) messages.add(webhook, posting);
    return true;
  }
  const run = failRun === undefined ? verdict.run : ({ is: 'failed', ...failRun } as const);
  if (run.is === 'succeeded') for (const posting of run.postings) messages.add(webhook, posting);
  runs.add(webhook, run);
  return true;
}

type FailRun = { readonly code: string; readonly message: string };

function flatten(headers: Call['request']['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]));
}
