/** A Teams Workflows flow with a webhook trigger: what it answers, and what becomes of it. Sources: README.md, "Workflow webhooks". */
import { isRecord } from '../http/body.ts';
import type { Post } from './connector-webhook.ts';
import type { Posting, RunOutcome, Verdict } from './verdict.ts';
import { flowError, refuse } from './verdict.ts';
import type { Webhook } from './webhook.ts';
import { FLOW_BOT_WINDOW } from './windows.ts';

/** What the trigger needs beside the body: the signature that came, and who the bearer is. */
export interface Trigger extends Post {
  readonly sig: string | null;
  readonly authorization: string | undefined;
  /** The caller, once their Entra token was checked; undefined without a good one. */
  readonly caller: { readonly oid: string; readonly tid: string } | undefined;
  readonly retryAfterSeconds: number;
}

const ADAPTIVE = 'application/vnd.microsoft.card.adaptive';

/** The verdict on a POST to a flow's address. */
export function judgeWorkflowPost(webhook: Webhook, trigger: Trigger): Verdict {
  const { state, offReason } = webhook;
  if (state === 'removed') return refuse(flowError(404, 'WorkflowNotFound', 'The workflow could not be found.'));
  const stranger = refuseCaller(webhook, trigger);
  if (stranger !== undefined) return stranger;
  if (state === 'off')
    return refuse(flowError(404, 'WorkflowTriggerIsNotEnabled', `The trigger is not enabled: ${offReason ?? 'off'}.`));
  if (
    trigger.exceeded.some(
      ({ seconds, limit }) => seconds !== FLOW_BOT_WINDOW.seconds || limit !== FLOW_BOT_WINDOW.limit,
    )
  ) {
    const wait = { 'retry-after': String(trigger.retryAfterSeconds) };
    return refuse(flowError(429, 'TooManyRequests', 'Rate limit is exceeded. Try again later.', wait));
  }
  const body = parse(trigger.body);
  if (body === undefined)
    return refuse(flowError(400, 'InvalidRequestContent', 'The request content is not valid: it must be JSON.'));
  return { is: 'triggered', answer: { status: 202, headers: {}, body: '' }, run: runFlow(webhook, trigger, body) };
}

/** With *Anyone* the signature in the address is all, and any other proof is one too many; else only Entra's bearer counts. */
function refuseCaller(webhook: Webhook, { sig, authorization, caller }: Trigger): Verdict | undefined {
  if (webhook.callers === 'anyone') {
    if (sig === null || sig !== webhook.sig)
      return refuse(
        flowError(401, 'DirectApiAuthorizationRequired', 'The request must be authenticated by Shared Access scheme.'),
      );
    return authorization === undefined
      ? undefined
      : refuse(
          flowError(
            401,
            'DirectApiRequestHasMoreThanOneAuthorization',
            'Only one authentication scheme should be used.',
          ),
        );
  }
  const known = caller?.tid === webhook.tenant;
  if (known && (webhook.callers === 'tenant' || webhook.allowedUsers.includes(caller.oid))) return undefined;
  return refuse(
    flowError(401, 'DirectApiAuthorizationRequired', 'The request must be authenticated only by an OAuth bearer.'),
  );
}

/** What the flow does after its 202: *Apply to each* attachment, *Post card in a chat or channel*. */
function runFlow(webhook: Webhook, { bytes, exceeded }: Trigger, body: unknown): RunOutcome {
  const failed = (code: string, message: string): RunOutcome => ({ is: 'failed', code, message });
  const postings = readPostings(webhook, body);
  if (typeof postings === 'string') return failed('ExpressionEvaluationFailed', postings);
  if (webhook.state === 'channel-deleted') return failed('NotFound', 'The channel was not found.');
  if (webhook.state === 'blocked') return failed('Forbidden', 'A policy of the tenant blocks the Flow bot.');
  if (bytes > webhook.maxBytes) return failed('RequestEntityTooLarge', 'Request Entity too large.');
  if (exceeded.length > 0) return failed('429', 'Rate limit of the Flow bot: 25 requests in 300 seconds.');
  return { is: 'succeeded', postings };
}

function readPostings(webhook: Webhook, body: unknown): readonly Posting[] | string {
  if (!isRecord(body)) return 'The execution of template action Apply_to_each failed: attachments is null.';
  if (body['@type'] === 'MessageCard' && webhook.acceptsMessageCard)
    // Taken since February 2026, "button rendering not supported": the channel page leaves them out.
    return [{ format: 'message-card', content: body }];
  if (typeof body['text'] === 'string' && webhook.acceptsText) return [{ format: 'text', content: body }];
  const attachments: unknown = body['attachments'];
  if (body['type'] !== 'message' || !Array.isArray(attachments))
    return "The execution of template action Apply_to_each failed: the result of triggerBody()?['attachments'] is null.";
  const postings: Posting[] = [];
  for (const attachment of attachments) {
    const content: unknown = isRecord(attachment) ? attachment['content'] : undefined;
    if (!isRecord(attachment) || attachment['contentType'] !== ADAPTIVE || !isRecord(content))
      return 'Post card in a chat or channel failed: the attachment is no Adaptive Card.';
    postings.push({ format: 'adaptive-card', content });
  }
  return postings;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
