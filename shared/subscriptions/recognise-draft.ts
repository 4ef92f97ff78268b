/** Whether an owner may use a webhook for something new: it is Microsoft's, of their own tenant, and nobody else's here. */
import type { Person } from '../identity/person.ts';
import type { Session } from '../identity/session.ts';
import { WebhookNotAllowedError, WebhookOfAnotherTenantError, WebhookTakenError } from './webhook-errors.ts';
import { type ExtraHost, isOfAnotherTenant, type RecognisedWebhook, recogniseWebhook } from './webhook-url.ts';
import type { WebhooksTable } from './webhooks-table.ts';

/** What deciding needs. */
export interface RecogniseDraftDeps {
  readonly extraHosts: readonly ExtraHost[];
  readonly webhooks: Pick<WebhooksTable, 'isClaimed'>;
}

/** The webhook. @throws WebhookNotAllowedError or WebhookOfAnotherTenantError. */
export function recogniseOwn(
  { tid }: Pick<Person, 'tid'>,
  url: string,
  extraHosts: readonly ExtraHost[],
): RecognisedWebhook {
  const recognised = recogniseWebhook(url, extraHosts);
  if ('refused' in recognised) throw new WebhookNotAllowedError(recognised.refused);
  if (isOfAnotherTenant(recognised, tid)) throw new WebhookOfAnotherTenantError();
  return recognised;
}

/** The same for a webhook that is not saved. @throws as `recogniseOwn`, or WebhookTakenError. */
export function createRecogniseDraft({ extraHosts, webhooks }: RecogniseDraftDeps) {
  return async function recogniseDraft(session: Session, url: string): Promise<RecognisedWebhook> {
    const recognised = recogniseOwn(session.person, url, extraHosts);
    // A saved one is tested through its subscription, which counts its POSTs.
    if (await webhooks.isClaimed(recognised.identity)) throw new WebhookTakenError();
    return recognised;
  };
}

/** Recognises the webhook of a draft. */
export type RecogniseDraft = ReturnType<typeof createRecogniseDraft>;
