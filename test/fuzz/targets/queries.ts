/** Addresses that people and Microsoft come with: what stands behind the question mark, and webhooks that are pasted. */
import fc from 'fast-check';
import { parseCursor } from '../../../shared/cards/page/collect-events.ts';
import { isWanted, parseDigestFilter } from '../../../shared/cards/page/digest-filter.ts';
import { eventSchema } from '../../../shared/events/event.ts';
import { parseConnectCallback } from '../../../shared/subscriptions/connect-callback.ts';
import { recogniseWebhook } from '../../../shared/subscriptions/webhook-url.ts';
import { nearlyText } from '../inputs.ts';
import { orRefused } from '../refusals.ts';
import { must, type Target } from '../target.ts';
import { EVENT } from './right.ts';

const QUERIES: Readonly<Record<string, readonly [string, ...string[]]>> = {
  callback: [
    'state=a.b.c&webhook_url=https%3A%2F%2Foutlook.office.com%2Fwebhook%2F8f2c&group_name=Builds&app_type=Groups&user_objectId=11111111-1111-4111-8111-111111111111',
    'state=a.b.c&error=AccessDenied',
    'state=a.b.c&webhook_url=x&app_type=teams&group_name=%F0%9F%91%A9%E2%80%8D',
  ],
  filter: ['topic=build.failed&severity=error&search=812', 'topic=&severity=worst&search=%00'],
  cursor: ['1795419392700-c6421097-000011.7', '1795419392700-c6421097-000011'],
  webhook: [
    'https://contoso.webhook.office.com/webhookb2/11111111-1111-4111-8111-111111111111@22222222-2222-4222-8222-222222222222/IncomingWebhook/33333333333333333333333333333333/11111111-1111-4111-8111-111111111111',
    'https://default11111111.22.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/33333333333333333333333333333333/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=AAAA',
    'https://prod-11.westeurope.logic.azure.com:443/workflows/33333333333333333333333333333333/triggers/manual/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=AAAA',
  ],
};
const EXTRA = [{ kind: 'connector', origin: 'http://127.0.0.1:7072' }] as const;
const event = eventSchema.parse(EVENT);

/** The target. */
export const queries: Target = {
  name: 'queries',
  inputs: fc.oneof(
    ...Object.entries(QUERIES).map(([what, right]) =>
      fc.record({ what: fc.constant(what), text: nearlyText(...right) }),
    ),
  ),
  run(input) {
    const { what, text } = input as { what: string; text: string };
    return orRefused(() => `${what}: ${read(what, text)}`);
  },
};

function read(what: string, text: string): string {
  switch (what) {
    case 'callback': {
      const { appType, userObjectId } = parseConnectCallback(new URLSearchParams(text));
      return `${appType}${userObjectId === undefined ? '' : ', by somebody'}`;
    }
    case 'filter': {
      const filter = parseDigestFilter(new URLSearchParams(text));
      return `${Object.keys(filter)
        .filter((name) => filter[name as keyof typeof filter])
        .join('+')} ${isWanted(filter)(event)}`;
    }
    case 'cursor':
      return parseCursor(text) === undefined ? 'none' : 'read';
    default: {
      const known = recogniseWebhook(text, EXTRA);
      if ('refused' in known) return `refused, ${known.refused}`;
      const { protocol, host, username, password } = new URL(known.webhook.url);
      must(protocol === 'https:' || host === '127.0.0.1:7072', 'a webhook that is not https');
      must(username === '' && password === '', 'a webhook with a name and a password');
      return known.webhook.kind;
    }
  }
}
