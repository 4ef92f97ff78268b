/** An Office 365 connector or Incoming Webhook: what it answers to a POST. Sources: README.md, "Connector webhooks". */
import { randomUUID } from 'node:crypto';
import { isRecord } from '../http/body.ts';
import type { Posting, Verdict } from './verdict.ts';
import { refuse, text } from './verdict.ts';
import type { Webhook } from './webhook.ts';
import { nameOf, type Window } from './windows.ts';

/** A request as a webhook sees it. */
export interface Post {
  readonly contentType: string;
  readonly body: string;
  readonly bytes: number;
  readonly exceeded: readonly Window[];
}

const BAD_PAYLOAD = 'Bad payload received by generic incoming webhook.';

/** The verdict on a POST to a connector's address. */
export function judgeConnectorPost(webhook: Webhook, post: Post): Verdict {
  if (webhook.state === 'removed') return refuse(text(404, 'Webhook Not Found'));
  if (!/^application\/json\b/i.test(post.contentType)) return refuse(text(400, BAD_PAYLOAD));
  const content = parse(post.body);
  if (content === undefined) return refuse(text(400, BAD_PAYLOAD));
  const posting = readPosting(webhook, content);
  if (typeof posting === 'string') return refuse(text(400, posting));
  // From here on Teams itself refuses, and the connector service wraps what it said.
  if (webhook.state === 'channel-deleted') return refuse(byTeams(webhook, 400));
  if (webhook.state === 'blocked') return refuse(byTeams(webhook, 403));
  if (post.exceeded.length > 0) return refuse(byTeams(webhook, 429, post.exceeded.map(nameOf).join(', ')));
  if (post.bytes > webhook.maxBytes) return refuse(byTeams(webhook, 413));
  return { is: 'taken', answer: text(200, '1'), postings: [posting] };
}

/** A refusal by Teams: hidden in a 200 since June 2020, a real status before. */
function byTeams(webhook: Webhook, code: number, windows?: string) {
  const headers = windows === undefined ? {} : { 'x-local-window': windows };
  return webhook.hidesErrors ? text(200, hiddenError(code), headers) : text(code, hiddenError(code), headers);
}

/** The sentence that stands in a 200 when Teams refused. */
export const hiddenError = (code: number): string =>
  `Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error ${code} with ContextId tcid=0,server=LOCAL${code},cv=${randomUUID()}.0..`;

/** The sentence that stands in a 200 when Teams could not be reached. */
export const CONTACT_ERROR = 'Webhook message delivery failed with error: Error contacting Microsoft Teams endpoint.';

function readPosting(webhook: Webhook, content: Record<string, unknown>): Posting | string {
  // Only the Incoming Webhook takes other cards in an envelope; an app's connector takes MessageCards alone.
  if (content['type'] === 'message' && webhook.provider === 'IncomingWebhook') {
    const [first] = Array.isArray(content['attachments']) ? content['attachments'] : [];
    const card: unknown = isRecord(first) ? first['content'] : undefined;
    return isRecord(card) ? { format: 'adaptive-card', content: card } : BAD_PAYLOAD;
  }
  for (const field of ['summary', 'text', 'title']) {
    const value = content[field];
    if (value !== undefined && value !== null && typeof value !== 'string') return BAD_PAYLOAD;
  }
  for (const field of ['sections', 'potentialAction']) {
    const value = content[field];
    if (value !== undefined && value !== null && !Array.isArray(value)) return BAD_PAYLOAD;
  }
  if (!content['summary'] && !content['text']) return 'Summary or Text is required.';
  return { format: 'message-card', content };
}

function parse(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
