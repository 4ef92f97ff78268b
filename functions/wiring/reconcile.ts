/** Puts together the hourly net: channels, poison that nobody reads any more, what may be forgotten. */
import { createReconcile } from '../../shared/delivery/reconcile.ts';
import { createOnceTable } from '../../shared/identity/once-table.ts';
import { createReconcileHandler } from '../reconcile.ts';
import { deliveryDeps } from './delivery.ts';
import { storage } from './parts.ts';
import { rescueAllPoison } from './poison.ts';

/** The handler of the hourly timer. */
export async function reconcileHandler() {
  const reconcile = createReconcile(await deliveryDeps());
  const once = createOnceTable((await storage()).table('once'));
  return createReconcileHandler(async () => {
    await once.removeOver(Date.now());
    return { ...(await reconcile()), poisonRescued: await rescueAllPoison() };
  });
}
