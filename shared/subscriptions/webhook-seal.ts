/** The sealed copy of a webhook's address that stands in its subscription's row, so that a delivery costs no vault call. */
import type { Seal } from '../platform/seal.ts';

/** Seals and opens a subscription's webhook address. */
export interface WebhookSeal {
  seal(subscriptionId: string, url: string): string;
  /** The address; undefined when this copy cannot be opened here: the vault has it. */
  open(subscriptionId: string, sealed: string): string | undefined;
}

/** Binds each copy to its subscription: moved into another row, it does not open. */
export function createWebhookSeal(seal: Seal): WebhookSeal {
  return {
    seal: (subscriptionId, url) => seal.seal(`webhook ${subscriptionId}`, url),
    open: (subscriptionId, sealed) => seal.open(`webhook ${subscriptionId}`, sealed),
  };
}
