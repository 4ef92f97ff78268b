/** Carries out what a card asked of its own subscription, by the use cases that owners have. */
import type { EditSubscription } from '../subscriptions/edit-subscription.ts';
import type { PauseSubscription } from '../subscriptions/pause-subscription.ts';
import type { ResumeSubscription } from '../subscriptions/resume-subscription.ts';
import { SubscriptionChangedError } from '../subscriptions/subscription-errors.ts';
import type { Act } from './act.ts';

/** What changing needs. `now` on the wall clock, as the act's own time. */
export interface ChangeByCardDeps {
  readonly edit: EditSubscription;
  readonly pause: PauseSubscription;
  readonly resume: ResumeSubscription;
  readonly now: () => number;
}

/** Past this a change is one that a crash left, and somebody may have decided otherwise since. */
const LEFT_MS = 60_000;

/** Changes the subscription; doing it again changes nothing more. A change that was left counts only if nobody changed anything since. */
export function createChangeByCard({ edit, pause, resume, now }: ChangeByCardDeps) {
  return async function changeByCard({ account, subscriptionId, own, at }: Act): Promise<void> {
    if (own === undefined) return;
    const key = { account, id: subscriptionId };
    const ifRevision = now() - at > LEFT_MS ? own.revision : undefined;
    const { state, schedule } = own.to;
    try {
      if (schedule !== undefined) await edit(key, { schedule }, ifRevision);
      if (state?.is === 'paused') await pause(key, { arriving: state.arriving, until: state.until }, ifRevision);
      if (state !== undefined && state.is !== 'paused') await resume(key, ifRevision);
    } catch (error) {
      if (!(error instanceof SubscriptionChangedError)) throw error; // it was done, or somebody wants it otherwise
    }
  };
}
