/** Delivers a frozen digest: intent, POST, record, release, in this order, so that stopping anywhere loses nothing (protocol rule 10). */
import type { CurrentDigest } from '../digests/digest.ts';
import type { StoredDigest } from '../digests/digests-table.ts';
import type { DigestContent } from '../digests/read-content.ts';
import { tracesOf } from '../platform/telemetry/telemetry.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { Webhook } from '../subscriptions/webhook.ts';
import { type DeliveryDeps, pacerOf } from './delivery-deps.ts';
import { enableAgain } from './disable-subscription.ts';
import { drawSafely } from './draw-safely.ts';
import { freeChannel, waitForRetry, withDigest, withShownUrgent } from './free-channel.ts';
import { failing, failuresBefore, noteAttempt } from './note-attempt.ts';
import { type Outcome, readOutcome } from './outcome.ts';
import { nextSlot, withLastSlotAt, withSlot } from './pacing.ts';
import { recordAttempt } from './record-attempt.ts';
import { returnDigest } from './return-digest.ts';
import type { Turn } from './turn.ts';
import { verdictOf } from './verdict.ts';

/** A digest on its way: its content, and its record as far as there is one. */
export interface Delivery {
  readonly subscription: Subscription;
  readonly content: DigestContent;
  readonly record: StoredDigest | undefined;
  /** Opened already, where the first attempt's intent is written with the claims. */
  readonly webhook?: Webhook;
}

/** A digest at its end; its content is needed only where there is no record yet. */
type Settling = Pick<Delivery, 'subscription' | 'record'> & Partial<Pick<Delivery, 'content'>>;

/** Makes attempts until one settles the digest, or it has to wait, or it is returned. */
export async function deliver(deps: DeliveryDeps, turn: Turn, delivery: Delivery): Promise<void> {
  const { subscription, content } = delivery;
  deps.telemetry.link(() => tracesOf(shownIn(content.summary)));
  if (turn.head.digest !== undefined && hasNothingToSay(turn.head.digest, subscription))
    return settle(deps, turn, delivery);
  const webhook = delivery.webhook ?? (await deps.openWebhook(subscription));
  let { record } = delivery;
  for (;;) {
    if (turn.head.digest?.state !== 'sending' && !(await intend(deps, turn, webhook)))
      return pace(deps, turn, subscription, webhook);
    const { digest } = turn.head;
    if (digest === undefined) return;
    const outcome = await attempt(deps, turn, { subscription, content, webhook });
    const failures = failuresBefore(record, digest) + 1;
    const verdict = verdictOf(outcome, digest.card, failures, deps.random());
    record = await noteAttempt(deps, { subscription, content, record, digest, outcome, verdict });
    switch (verdict.next) {
      case 'settled':
        return settle(deps, turn, { subscription, record });
      case 'redraw':
        await turn.write((head) => withDigest(head, { state: 'frozen', card: verdict.card }));
        break;
      case 'retry':
        return waitForRetry(deps, turn, subscription, {
          nextAttemptAt: deps.clock.now() + verdict.waitMs,
          health: failing(deps, turn.head, outcome.reason),
        });
      case 'return':
        return returnDigest(deps, turn, { subscription, record, because: verdict.because, reason: outcome.reason });
    }
  }
}

/** Writes that an attempt begins, with its pacing slot; false when the windows have no room. */
async function intend(deps: DeliveryDeps, turn: Turn, webhook: Webhook): Promise<boolean> {
  const pacer = pacerOf(deps);
  if (nextSlot(webhook.kind, turn.head, pacer) > pacer.now) return false;
  await turn.write((head) => {
    const sending = {
      state: 'sending',
      attempt: (head.digest?.attempt ?? 0) + 1,
      attemptedAt: deps.clock.now(),
      nextAttemptAt: undefined,
    } as const;
    return withSlot(withDigest(head, sending), pacer);
  });
  return true;
}

/** The windows are full: the digest waits for room. */
async function pace(deps: DeliveryDeps, turn: Turn, subscription: Subscription, webhook: Webhook): Promise<void> {
  const { clock } = deps;
  const pacer = pacerOf(deps);
  deps.telemetry.count('tidings.throttled', 1, { by: 'windows', kind: webhook.kind });
  const waitMs = (nextSlot(webhook.kind, turn.head, pacer) - pacer.now) * clock.rate();
  await waitForRetry(deps, turn, subscription, { nextAttemptAt: clock.now() + waitMs, health: {} });
}

/** What an attempt needs. */
type Attempting = Pick<Delivery, 'subscription' | 'content'> & { readonly webhook: Webhook };

async function attempt(
  deps: DeliveryDeps,
  turn: Turn,
  { subscription, content, webhook }: Attempting,
): Promise<Outcome> {
  const { digest } = turn.head;
  if (digest === undefined) return { is: 'failed', reason: 'The digest had gone.' };
  // The webhook that is posted to decides the card, also while the row does not know of another kind yet.
  const target = { ...subscription.target, kind: webhook.kind };
  const body = await drawSafely(deps, content.summary, digest, { ...subscription, target });
  while (!turn.hasTimeToPost()) await turn.write((head) => head); // that write can be slow too
  const answer = await deps.postCard(webhook, body, deps.times.postMs);
  const ended = deps.clock.realNow();
  turn.later((head) => withLastSlotAt(head, ended));
  return readOutcome(webhook.kind, answer);
}

/** The digest is out, or had nothing to say: the channel is free. */
export async function settle(
  deps: DeliveryDeps,
  turn: Turn,
  { subscription, content, record }: Settling,
): Promise<void> {
  const { digest } = turn.head;
  if (digest !== undefined && record === undefined) {
    await recordAttempt(deps.digests, {
      subscriptionId: subscription.id,
      digest,
      record,
      content,
      attempt: undefined,
      state: 'delivered',
    });
    turn.later((head) => withShownUrgent(head, digest.alreadyShown));
    return freeChannel(deps, turn, subscription, {});
  }
  if (subscription.state.is === 'disabled') await enableAgain(deps, subscription);
  if (digest?.urgency === 'urgent') turn.later((head) => withShownUrgent(head, digest.count));
  const lastDeliveredAt = record?.record.attempts.at(-1)?.at ?? deps.clock.now();
  await freeChannel(deps, turn, subscription, { lastDeliveredAt, failingSince: undefined, reason: undefined });
}

/** The events that a card names: of thousands, the newest of each line. */
function shownIn({ groups }: DigestContent['summary']) {
  return groups.flatMap(({ items }) => items.map(({ event }) => event));
}

function hasNothingToSay(digest: CurrentDigest, { whenEmpty }: Subscription): boolean {
  return digest.count === 0 && !(whenEmpty === 'say' && digest.dueAt !== undefined);
}
