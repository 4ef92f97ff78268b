/** Makes a subscription of a chosen channel. Stopped after any step, what is left harms nobody, and the same answer goes on from there. */
import { createHash } from 'node:crypto';
import type { OnceTable } from '../identity/once-table.ts';
import type { Clock } from '../platform/clock.ts';
import type { Seal } from '../platform/seal.ts';
import type { ConnectCallback } from './connect-callback.ts';
import { StateUsedError } from './connect-errors.ts';
import { CONNECT_LIFETIME_SECONDS, type ConnectState } from './connect-state.ts';
import { defaultChoices } from './default-choices.ts';
import type { Subscription } from './subscription.ts';
import type { SubscriptionsTable } from './subscriptions-table.ts';
import type { TellProduct } from './tell-product.ts';
import { WebhookNotAllowedError, WebhookOfAnotherTenantError, WebhookTakenError } from './webhook-errors.ts';
import { createWebhookSeal } from './webhook-seal.ts';
import { type ExtraHost, type RecognisedWebhook, recogniseWebhook } from './webhook-url.ts';
import type { WebhookVault } from './webhook-vault.ts';
import type { WebhooksTable } from './webhooks-table.ts';

/** What connecting needs. `onCreated` sees to the due row; `reconcile` does if it is not reached. */
export interface ConnectSubscriptionDeps {
  readonly once: Pick<OnceTable, 'claim'>;
  readonly webhooks: Pick<WebhooksTable, 'claim'>;
  readonly vault: Pick<WebhookVault, 'put'>;
  readonly seal: Seal;
  readonly subscriptions: Pick<SubscriptionsTable, 'create' | 'read'>;
  readonly onCreated: (subscription: Subscription) => Promise<void>;
  readonly tellProduct: Pick<TellProduct, 'note' | 'tell'>;
  readonly extraHosts: readonly ExtraHost[];
  readonly recommendedTopics: () => readonly string[];
  readonly clock: Pick<Clock, 'now' | 'realNow'>;
}

/** Connects. @throws WebhookNotAllowedError, WebhookOfAnotherTenantError, StateUsedError, WebhookTakenError or SecretsVaultError. */
export function createConnectSubscription(deps: ConnectSubscriptionDeps) {
  const { once, webhooks, vault, subscriptions, onCreated, extraHosts, clock } = deps;

  return async function connectSubscription(state: ConnectState, callback: ConnectCallback): Promise<Subscription> {
    const { account, id, owner } = state;
    const recognised = recogniseWebhook(callback.webhookUrl, extraHosts);
    if ('refused' in recognised) throw new WebhookNotAllowedError(recognised.refused);
    if (isForeign(owner.tid, recognised.tenant)) throw new WebhookOfAnotherTenantError();

    // A state is spent on one webhook: with another, a second answer would overwrite the vault under the first one's row.
    const mark = createHash('sha256').update(recognised.identity).digest('hex');
    const until = clock.realNow() + CONNECT_LIFETIME_SECONDS * 1000;
    const spent = await once.claim({ kind: 'connect', key: id, until, mark });
    if (!spent.first && spent.mark !== mark) throw new StateUsedError();
    if ((await subscriptions.read({ account, id })) !== undefined) throw new StateUsedError();

    // Claim first: it can be refused. Then the vault, the record. The row last: with it deliveries begin.
    const claim = await webhooks.claim({ identity: recognised.identity, account, id });
    if (claim === 'taken') throw new WebhookTakenError();
    await vault.put(id, recognised.webhook.url);
    const subscription = deps.tellProduct.note(undefined, toSubscription(deps, state, callback, recognised));
    const written = await subscriptions.create(subscription);
    if (!written.done) throw new StateUsedError();
    await onCreated(subscription);
    await deps.tellProduct.tell(subscription);
    return subscription;
  };
}

/** Makes subscriptions of what Office 365 sent back. */
export type ConnectSubscription = ReturnType<typeof createConnectSubscription>;

/** Known of both, and not the same. Where one is not known the owner's session is all there is. */
function isForeign(ownerTenant: string | undefined, webhookTenant: string | undefined): boolean {
  if (ownerTenant === undefined || webhookTenant === undefined) return false;
  return ownerTenant.toLowerCase() !== webhookTenant;
}

function toSubscription(
  { seal, recommendedTopics, clock }: ConnectSubscriptionDeps,
  { account, id, owner, timeZone }: ConnectState,
  { appType, name, userObjectId }: ConnectCallback,
  { webhook, tenant, shownHost }: RecognisedWebhook,
): Subscription {
  return {
    ...defaultChoices({ recommendedTopics: recommendedTopics(), timeZone }),
    id,
    account,
    target: {
      appType,
      name,
      kind: webhook.kind,
      host: shownHost,
      tenant,
      connectedBy: userObjectId === undefined ? undefined : seal.seal(`connected-by ${id}`, userObjectId),
    },
    state: { is: 'active' },
    owners: [owner],
    revision: 1,
    createdAt: clock.now(),
    sealedWebhook: createWebhookSeal(seal).seal(id, webhook.url),
  };
}
