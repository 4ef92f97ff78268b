/** What an owner may do with a subscription of theirs, beyond what it takes to do it: checks that need the owner or the clock. */
import type { z } from 'zod';
import type { Clock } from '../platform/clock.ts';
import { InvalidRequestError } from '../platform/request-body.ts';
import type { AddOwner } from './add-owner.ts';
import type { CheckChoices } from './check-choices.ts';
import type { EditSubscription } from './edit-subscription.ts';
import type { changeSchema, pauseSchema } from './input.ts';
import type { OwnerRequest } from './owner-request.ts';
import type { PauseSubscription } from './pause-subscription.ts';
import { recogniseOwn } from './recognise-draft.ts';
import type { RemoveSubscription } from './remove-subscription.ts';
import type { ResumeSubscription } from './resume-subscription.ts';
import type { RotateWebhook } from './rotate-webhook.ts';
import type { SendNow } from './send-now.ts';
import type { Subscription } from './subscription.ts';
import { SubscriptionChangedError } from './subscription-errors.ts';
import type { ExtraHost } from './webhook-url.ts';

/** The use cases, and what the checks need. */
export interface ChangeOwnDeps {
  readonly edit: EditSubscription;
  readonly pause: PauseSubscription;
  readonly resume: ResumeSubscription;
  readonly rotate: RotateWebhook;
  readonly remove: RemoveSubscription;
  readonly sendNow: SendNow;
  readonly addOwner: AddOwner;
  readonly checkChoices: CheckChoices;
  readonly extraHosts: readonly ExtraHost[];
  readonly clock: Pick<Clock, 'now'>;
}

/** An owner's wishes. `ifRevision`: the revision they saw; undefined: whichever there is. */
export type ChangeOwn = ReturnType<typeof createChangeOwn>;

/** A pause until a date that nobody means is a mistake. */
const LONGEST_PAUSE_MS = 5 * 366 * 24 * 3_600_000;

/** The wishes, each for what `readOwnerRequest` found. */
export function createChangeOwn(deps: ChangeOwnDeps) {
  const { clock, checkChoices, extraHosts } = deps;
  return {
    async edit(
      { session, subscription, key }: OwnerRequest,
      sent: z.infer<typeof changeSchema>,
      ifRevision: number | undefined,
    ): Promise<Subscription> {
      await checkChoices(session, { choices: sent, before: subscription });
      const edit = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined));
      return deps.edit(key, edit, ifRevision);
    },

    async pause(
      { key }: OwnerRequest,
      { keep, until }: z.infer<typeof pauseSchema>,
      ifRevision: number | undefined,
    ): Promise<Subscription> {
      const end = until == null ? undefined : Date.parse(until);
      if (end !== undefined && !(end > clock.now() && end < clock.now() + LONGEST_PAUSE_MS))
        throw new InvalidRequestError([{ path: 'until', message: 'must be a time to come, within five years' }]);
      return deps.pause(key, { arriving: keep ? 'keep' : 'drop', until: end }, ifRevision);
    },

    resume: ({ key }: OwnerRequest, ifRevision: number | undefined) => deps.resume(key, ifRevision),

    sendNow: ({ key }: OwnerRequest) => deps.sendNow(key),

    join: ({ key, session }: OwnerRequest) => deps.addOwner(key, session.person),

    async rotate({ session, key }: OwnerRequest, url: string, ifRevision: number | undefined): Promise<Subscription> {
      recogniseOwn(session.person, url, extraHosts);
      return deps.rotate(key, url, ifRevision);
    },

    /** Compared, then removed: a change in between is removed with the rest. */
    async remove({ subscription, key }: OwnerRequest, ifRevision: number | undefined): Promise<void> {
      if (ifRevision !== undefined && ifRevision !== subscription.revision)
        throw new SubscriptionChangedError(subscription.revision);
      await deps.remove(key);
    },
  };
}
