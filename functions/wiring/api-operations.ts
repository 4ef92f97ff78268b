/** The owners' API as its document describes it: each route with the schemas that its handler parses and answers with. */
import { z } from 'zod';
import type { PreviewView } from '../../shared/delivery/preview-view.ts';
import type { TestView } from '../../shared/delivery/test-outcome.ts';
import type { TimelineView } from '../../shared/delivery/timeline.ts';
import { outcomeNameSchema } from '../../shared/digests/digest.ts';
import { healthSchema } from '../../shared/platform/health.ts';
import type { Operation } from '../../shared/platform/openapi.ts';
import * as input from '../../shared/subscriptions/input.ts';
import { subscriptionViewSchema } from '../../shared/subscriptions/subscription-view.ts';

const time = z.iso.datetime();
const kind = z.enum(['connector', 'workflow']);
const texts = z.record(z.string(), z.string());

const test = z.object({
  id: z.string(),
  at: time,
  outcome: outcomeNameSchema,
  status: z.int().nullable(),
  reason: z.string(),
  askSeen: z.boolean(),
  seen: z.boolean().nullable(),
}) satisfies z.ZodType<TestView>;

const preview = z.object({
  at: time,
  next: z.array(time),
  clockChanges: z.array(
    z.object({
      at: time,
      local: z.string(),
      from: z.string().nullable(),
      to: z.string().nullable(),
      isMoved: z.boolean(),
    }),
  ),
  from: z.enum(['events', 'samples']),
  card: z.object({ kind, body: z.string() }),
});
const savedPreview = preview.extend({
  waiting: z.int(),
  waitingIsAtLeast: z.boolean(),
}) satisfies z.ZodType<PreviewView>;

const attempt = z.object({
  at: time,
  outcome: outcomeNameSchema,
  status: z.int().nullable(),
  reason: z.string().nullable(),
});
const delivery = z.object({
  id: z.string(),
  at: time,
  count: z.int(),
  urgent: z.boolean(),
  state: z.enum(['sending', 'retrying', 'delivered', 'accepted', 'unclear', 'returned']),
  outcome: outcomeNameSchema.nullable(),
  reason: z.string().nullable(),
  nextAttemptAt: time.nullable(),
  attempts: z.array(attempt),
  page: z.string().nullable(),
});
const timeline = z.object({ deliveries: z.array(delivery), test: test.nullable() }) satisfies z.ZodType<TimelineView>;

const catalogue = z.object({
  account: z.string(),
  product: z.record(z.string(), z.string()),
  topics: z.array(
    z.object({ type: z.string(), group: texts, recommended: z.boolean(), name: texts, description: texts }),
  ),
  scopes: z.array(z.object({ id: z.string(), name: z.string() })),
});

const view = subscriptionViewSchema;
const one = '/api/subscriptions/{id}';

/** Every operation. */
export const API_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/catalogue',
    id: 'catalogue',
    summary: 'What can be chosen',
    answer: { status: 200, schema: catalogue },
    refusals: [],
  },
  {
    method: 'get',
    path: '/api/subscriptions',
    id: 'listSubscriptions',
    summary: 'The caller’s subscriptions',
    answer: { status: 200, schema: z.object({ subscriptions: z.array(view) }) },
    refusals: [],
    channelKey: true,
  },
  {
    method: 'post',
    path: '/api/subscriptions',
    id: 'createSubscription',
    summary: 'Makes a subscription of a webhook',
    request: input.newSubscriptionSchema,
    answer: { status: 201, schema: view.extend({ channelKey: z.string() }) },
    refusals: [400, 403, 409, 429, 503],
  },
  onOne('get', '', 'readSubscription', 'One subscription', { schema: view }),
  onOne('patch', '', 'changeSubscription', 'Changes what is sent', {
    request: input.changeSchema,
    schema: view,
    ifMatch: 'required',
    refusals: [400, 412, 428],
  }),
  onOne('delete', '', 'removeSubscription', 'Removes it', { status: 204, ifMatch: 'optional', refusals: [412, 503] }),
  onOne('put', '/webhook', 'changeWebhook', 'Gives it another webhook', {
    request: input.webhookChangeSchema,
    schema: view,
    ifMatch: 'optional',
    refusals: [400, 403, 409, 412, 503],
  }),
  onOne('post', '/pause', 'pause', 'Pauses it', {
    request: input.pauseSchema,
    schema: view,
    ifMatch: 'optional',
    refusals: [400, 412],
  }),
  onOne('post', '/resume', 'resume', 'Resumes it', { schema: view, ifMatch: 'optional', refusals: [412] }),
  onOne('post', '/send-now', 'sendNow', 'Sends what waits', { status: 202 }),
  onOne('post', '/owners', 'join', 'Adds the caller, who has the channel’s key, to its owners', { schema: view }),
  onOne('post', '/test', 'test', 'Posts a test card; or keeps whether one was seen', {
    request: input.testSchema,
    schema: test,
    refusals: [400, 409, 429, 503],
  }),
  onOne('get', '/preview', 'preview', 'The next times, the card, and how many wait', {
    schema: savedPreview,
    refusals: [429],
  }),
  onOne('get', '/deliveries', 'deliveries', 'What was delivered, when, and why something was not', {
    schema: timeline,
  }),
  {
    method: 'post',
    path: '/api/preview',
    id: 'previewDraft',
    summary: 'The next times and the card of a draft',
    request: input.draftPreviewSchema,
    answer: { status: 200, schema: preview },
    refusals: [400, 404, 429],
  },
  {
    method: 'post',
    path: '/api/test',
    id: 'testDraft',
    summary: 'Posts a test card of a draft to a webhook that is not saved; or keeps whether one was seen',
    request: input.draftTestSchema,
    answer: { status: 200, schema: test },
    refusals: [400, 403, 404, 409, 429],
  },
  {
    method: 'delete',
    path: '/api/link',
    id: 'forgetLink',
    summary: 'Forgets which account a Microsoft person belongs to',
    answer: { status: 204 },
    refusals: [403, 404],
  },
  {
    method: 'get',
    path: '/api/health',
    id: 'health',
    summary: 'For operators: whether everything that the app relies on is there',
    answer: { status: 200, schema: healthSchema },
    refusals: [503],
    functionKey: true,
  },
  {
    method: 'get',
    path: '/api/openapi.json',
    id: 'document',
    summary: 'This document',
    answer: { status: 200 },
    refusals: [],
    open: true,
  },
];

interface OnOne extends Pick<Operation, 'request' | 'ifMatch'> {
  readonly status?: number;
  readonly schema?: z.ZodType;
  readonly refusals?: readonly number[];
}

/** An operation on one subscription. */
function onOne(
  method: Operation['method'],
  rest: string,
  id: string,
  summary: string,
  { status = 200, schema, refusals = [], ...more }: OnOne,
): Operation {
  const answer = schema === undefined ? { status } : { status, schema };
  return {
    method,
    path: `${one}${rest}`,
    id,
    summary,
    answer,
    refusals: [404, ...refusals],
    channelKey: true,
    ...more,
  };
}
