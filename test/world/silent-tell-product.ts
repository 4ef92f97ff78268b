/** For tests of something else: the product is told nothing, and rows carry nothing to tell. */
import type { TellProduct } from '../../shared/subscriptions/tell-product.ts';

/** Tells nobody. */
export const silentTellProduct: TellProduct = {
  note: (_before, after) => after,
  noteRemoval: (tombstone) => tombstone,
  tell: async () => {},
  tellRemoval: async () => {},
};
