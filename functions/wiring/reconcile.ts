/** Puts together the hourly net: channels, poison that nobody reads any more, what may be forgotten. */
import { createReconcile } from '../../shared/delivery/reconcile.ts';
import { DEAD_LETTERS_MS } from '../../shared/platform/retention.ts';
import { createFinishRemoval } from '../../shared/subscriptions/remove-subscription.ts';
import { createReconcileHandler } from '../reconcile.ts';
import { finishAnswers } from './actions.ts';
import { changeDeps } from './changing.ts';
import { deliveryDeps } from './delivery.ts';
import * as parts from './parts.ts';
import { rescueAllPoison } from './poison.ts';
import { webhookDeps } from './subscribing.ts';
import * as tables from './tables.ts';

/** The handler of the hourly timer. */
export async function reconcileHandler() {
  const finishRemoval = createFinishRemoval({ ...(await changeDeps()), ...(await webhookDeps()) });
  const reconcile = createReconcile(await deliveryDeps(), { finishRemoval });
  const [once, deadLetters] = await Promise.all([tables.once(), tables.deadLetters()]);
  const telemetry = await parts.telemetry();
  return createReconcileHandler(async () => {
    const poisonRescued = await rescueAllPoison(); // first: what comes back may be what a channel waits for
    const found = await reconcile();
    const answers = await finishAnswers();
    await once.removeOver(Date.now());
    const deadLettersRemoved = await deadLetters.removeBefore(Date.now() - DEAD_LETTERS_MS);
    return {
      ...found,
      deadLettersRemoved,
      poisonRescued,
      answersFinished: answers.finished,
      answersFailed: answers.failed,
    };
  }, telemetry);
}
