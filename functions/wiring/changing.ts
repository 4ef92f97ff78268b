/** What every change of a subscription needs, whoever asks for it. */
import * as parts from './parts.ts';
import * as tables from './tables.ts';

/** Tells the product what becomes of subscriptions. */
export const tellProduct = parts.once(async () => {
  const { createTellProduct } = await import('../../shared/subscriptions/tell-product.ts');
  return createTellProduct({
    subscriptions: await tables.subscriptions(),
    connectorEvents: await parts.connectorEvents(),
    jobs: await parts.jobs(),
    clock: await parts.clock(),
    publicUrl: (await parts.config()).PUBLIC_URL,
  });
});

/** Rows, wakes, and who is told. */
export const changeDeps = parts.once(async () => ({
  subscriptions: await tables.subscriptions(),
  due: await tables.due(),
  jobs: await parts.jobs(),
  clock: await parts.clock(),
  tellProduct: await tellProduct(),
}));
