/** What an owner does to a subscription, by the product's own functions. */
import type { DeliveryDeps } from '../../shared/delivery/delivery-deps.ts';
import type { Pause } from '../../shared/subscriptions/pause-subscription.ts';
import type { Choices } from '../../shared/subscriptions/subscription.ts';
import type { Product } from './product.ts';

/** The one account of the search, and its one channel. */
export const CHANNEL = { account: 'acme', subscriptionId: 'sub_1' } as const;

/** One wish of an owner. */
export type Edit =
  | { readonly do: 'edit'; readonly choices: Partial<Choices> }
  | { readonly do: 'pause'; readonly pause: Pause }
  | { readonly do: 'resume' }
  | { readonly do: 'send-now' }
  | { readonly do: 'remove' };

/** Does it. */
export async function edit(product: Product, deps: DeliveryDeps, wish: Edit): Promise<void> {
  const key = { account: CHANNEL.account, id: CHANNEL.subscriptionId };
  switch (wish.do) {
    case 'edit':
      return void (await product.createEditSubscription(deps)(key, wish.choices));
    case 'pause':
      return void (await product.createPauseSubscription(deps)(key, wish.pause));
    case 'resume':
      return void (await product.createResumeSubscription(deps)(key));
    case 'send-now':
      return product.createSendNow(deps)(key);
    case 'remove':
      return product.createRemoveSubscription({ ...deps, ...NO_WEBHOOK, extraHosts: [] })(key);
  }
}

/** The webhook's secret and claim are no part of the search. */
const NO_WEBHOOK = {
  webhookVault: { read: async () => undefined, remove: async () => {} },
  webhooks: { release: async () => {} },
};
