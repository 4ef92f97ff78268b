/** Bodies of every route that takes one: JSON, forms, CloudEvents. */
import type { HttpRequest } from '@azure/functions';
import fc from 'fast-check';
import type { z } from 'zod';
import { parseAnswerBody } from '../../../shared/actions/card-answer.ts';
import { givenIn, readInputs } from '../../../shared/actions/read-inputs.ts';
import type { EventAction } from '../../../shared/events/event.ts';
import { readHttpEvents } from '../../../shared/events/http-events.ts';
import { parseSessionRequest } from '../../../shared/identity/session-request.ts';
import { readJsonBody } from '../../../shared/platform/request-body.ts';
import {
  changeSchema,
  draftPreviewSchema,
  draftTestSchema,
  newSubscriptionSchema,
  nothingSchema,
  pauseSchema,
  testSchema,
  webhookChangeSchema,
} from '../../../shared/subscriptions/input.ts';
import { json, nearly, nearlyText, text } from '../inputs.ts';
import { orRefused } from '../refusals.ts';
import type { Target } from '../target.ts';
import { CHOICES, EVENT, SCHEDULES } from './right.ts';

const [ACTION] = EVENT.data.actions;
const WEBHOOK = 'https://contoso.webhook.office.com/webhookb2/8f2c@8f2c/IncomingWebhook/8f2c/8f2c';
const TARGET = { appType: 'teams', name: 'Build room' };
const DECLARED = ACTION.inputs as unknown as NonNullable<EventAction['inputs']>;

const JSON_BODIES: Readonly<
  Record<string, { readonly schema: z.ZodType; readonly right: readonly [object, ...object[]] }>
> = {
  create: { schema: newSubscriptionSchema, right: [{ ...CHOICES, target: TARGET, webhook: WEBHOOK }] },
  change: { schema: changeSchema, right: [{ name: 'Builds' }, ...SCHEDULES.map((schedule) => ({ schedule }))] },
  webhook: { schema: webhookChangeSchema, right: [{ webhook: WEBHOOK }] },
  pause: { schema: pauseSchema, right: [{ keep: false, until: '2026-12-24T09:00:00+01:00' }] },
  nothing: { schema: nothingSchema, right: [{}] },
  preview: { schema: draftPreviewSchema, right: [{ ...CHOICES, kind: 'connector', appType: 'teams' }] },
  'draft-test': { schema: draftTestSchema, right: [{ ...CHOICES, webhook: WEBHOOK, appType: 'teams', at: 'now' }] },
  test: { schema: testSchema, right: [{ seen: true }, {}] },
};
const SESSIONS = [
  { setupToken: 'a.b.c', as: 'bearer', timeZone: 'UTC' },
  { entraToken: 'a.b.c' },
  { entraIdToken: 'a.b.c', as: 'code' },
  { code: 'x', verifier: 'v'.repeat(43), personProof: 'p', forTenant: true },
] as const;
const ANSWER = { token: 'a.b.c', values: { why: 'broken', when: '2026-12-24T09:00', who: 'a' } };
const FORM = 'why=broken&when=2026-12-24T09%3A00&who=a&who=a';

const asText = (value: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 6, arbitrary: value.map((each) => JSON.stringify(each) ?? '') }, { weight: 1, arbitrary: text });
const bodyOf = (route: string, type: string, body: fc.Arbitrary<string>) =>
  fc.record({
    route: fc.constant(route),
    type: fc.oneof({ weight: 8, arbitrary: fc.constant(type) }, { weight: 1, arbitrary: text }),
    body,
  });

/** The target. */
export const httpBodies: Target = {
  name: 'http-bodies',
  inputs: fc.oneof(
    ...Object.entries(JSON_BODIES).map(([route, { right }]) =>
      bodyOf(route, 'application/json', asText(fc.oneof(nearly(...right), json))),
    ),
    bodyOf('events', 'application/cloudevents+json', asText(nearly(EVENT))),
    bodyOf('events', 'application/cloudevents-batch+json', asText(nearly([EVENT], [EVENT, EVENT]))),
    bodyOf('session', 'application/json', asText(nearly(...SESSIONS))),
    bodyOf('session', 'application/x-www-form-urlencoded', nearlyText('setupToken=a.b.c&next=%2Fconnect&timeZone=UTC')),
    bodyOf('actions', 'application/json', asText(nearly(ANSWER))),
    bodyOf('actions', 'application/x-www-form-urlencoded', nearlyText(`token=a.b.c&${FORM}`)),
    bodyOf('links', 'application/x-www-form-urlencoded', nearlyText(FORM)),
  ),
  run(input) {
    const { route, type, body } = input as { route: string; type: string; body: string };
    return orRefused(async () => `${route}: ${await read(route, type, body)}`).then((outcome) =>
      outcome.startsWith(route) ? outcome : `${route}, ${outcome}`,
    );
  },
};

async function read(route: string, type: string, body: string): Promise<string> {
  const headers = new Headers({ 'content-type': toHeader(type) });
  switch (route) {
    case 'events':
      return readHttpEvents(headers, body).length === 1 ? 'one event' : 'several events';
    case 'session':
      return (await parseSessionRequest(requestOf(headers, body))).proof.by;
    case 'actions': {
      const { values } = parseAnswerBody(headers.get('content-type'), body);
      return Object.keys(readInputs(DECLARED, values)).sort().join('+');
    }
    case 'links':
      return Object.keys(readInputs(DECLARED, givenIn(new URLSearchParams(body))))
        .sort()
        .join('+');
    default: {
      const schema = JSON_BODIES[route]?.schema;
      if (schema === undefined) throw new Error(`no route ${route}`);
      await readJsonBody(requestOf(headers, body), schema);
      return 'read';
    }
  }
}

/** As much of a request as those who parse bodies look at. */
function requestOf(headers: Headers, body: string): HttpRequest {
  return { headers, text: async () => body } as unknown as HttpRequest;
}

/** As Node.js lets it through: Latin-1 without control characters. */
export function toHeader(value: string): string {
  return value.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '').trim();
}
