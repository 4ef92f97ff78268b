/** Delivers a frozen digest: intent, POST, record, release, in this order, so that stopping anywhere loses nothing (protocol rule 10). */
import type { Attempt, CurrentDigest } from '../digests/digest.ts';
import type { StoredDigest } from '../digests/digests-table.ts';
import type { Head } from '../digests/head.ts';
import type { DigestContent } from '../digests/read-content.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { Webhook } from '../subscriptions/webhook.ts';
import type { DeliveryDeps } from './delivery-deps.ts';
import { enableAgain } from './disable-subscription.ts';
import { drawSafely } from './draw-safely.ts';
import { freeChannel, waitForRetry, withDigest } from './free-channel.ts';
import { type Outcome, readOutcome } from './outcome.ts';
import { nextSlot, withLastSlotAt, withSlot } from './pacing.ts';
import { recordAttempt } from './record-attempt.ts';
import { returnDigest } from './return-digest.ts';
import type { Turn } from './turn.ts';
import { type Verdict, verdictOf } from './verdict.ts';

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
    const verdict = verdictOf(outcome, digest.card, failuresOf(record) + 1, deps.random());
    record = await note(deps, { ...delivery, record }, digest, outcome, verdict);
    switch (verdict.next) {
      case 'settled':
        return settle(deps, turn, { subscription, record });
      case 'redraw':
        await turn.write((head) => withDigest(head, { state: 'frozen', card: verdict.card }));
        break;
      case 'retry':
        return waitForRetry(deps, turn, subscription, {
          nextAttemptAt: deps.clock.now() + verdict.waitMs,
          health: failing(deps, turn.head, outcome),
        });
      case 'return':
        return returnDigest(deps, turn, { subscription, record, because: verdict.because, reason: outcome.reason });
    }
  }
}

/** Writes that an attempt begins, with its pacing slot; false when the windows have no room. */
async function intend({ clock }: DeliveryDeps, turn: Turn, webhook: Webhook): Promise<boolean> {
  const slot = nextSlot(webhook.kind, turn.head.slots, clock.realNow());
  if (slot > clock.realNow()) return false;
  await turn.write((head) => ({
    ...withDigest(head, {
      state: 'sending',
      attempt: (head.digest?.attempt ?? 0) + 1,
      attemptedAt: clock.now(),
      nextAttemptAt: undefined,
    }),
    slots: withSlot(head.slots, slot),
  }));
  return true;
}

/** The windows are full: the digest waits for room. */
async function pace(deps: DeliveryDeps, turn: Turn, subscription: Subscription, webhook: Webhook): Promise<void> {
  const { clock } = deps;
  const waitMs = (nextSlot(webhook.kind, turn.head.slots, clock.realNow()) - clock.realNow()) * clock.rate();
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
  const body = await drawSafely(deps, content.summary, digest, subscription);
  if (!turn.hasTimeToPost()) await turn.write((head) => head);
  const answer = await deps.postCard(webhook, body, deps.times.postMs);
  const ended = deps.clock.realNow();
  turn.later((head) => ({ ...head, slots: withLastSlotAt(head.slots, ended) }));
  return readOutcome(webhook.kind, answer);
}

async function note(
  deps: DeliveryDeps,
  delivery: Delivery,
  digest: CurrentDigest,
  outcome: Outcome,
  verdict: Verdict,
): Promise<StoredDigest> {
  const { subscription, content, record } = delivery;
  const entry: Attempt = {
    attempt: digest.attempt,
    at: digest.attemptedAt ?? deps.clock.now(),
    outcome: outcome.is,
    status: outcome.status,
    reason: outcome.reason,
    nextAttemptAt: verdict.next === 'retry' ? deps.clock.now() + verdict.waitMs : undefined,
  };
  deps.log.info('attempt made', {
    subscriptionId: subscription.id,
    sequence: digest.sequence,
    attempt: digest.attempt,
    outcome: outcome.is,
    status: outcome.status,
  });
  const state = verdict.next === 'settled' ? verdict.as : 'frozen';
  return recordAttempt(deps.digests, {
    subscriptionId: subscription.id,
    digest,
    record,
    content,
    attempt: entry,
    state,
  });
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
    return freeChannel(deps, turn, subscription, {});
  }
  if (subscription.state.is === 'disabled') await enableAgain(deps, subscription);
  const lastDeliveredAt = record?.record.attempts.at(-1)?.at ?? deps.clock.now();
  await freeChannel(deps, turn, subscription, { lastDeliveredAt, failingSince: undefined, reason: undefined });
}

/** After a crash: what the lost attempt means for the next one. `recorded` is its entry, where the record has one. */
export async function waitOrReturn(
  deps: DeliveryDeps,
  turn: Turn,
  delivery: Delivery,
  recorded: Attempt | undefined,
): Promise<void> {
  const { digest } = turn.head;
  if (digest === undefined) return;
  const outcome: Outcome =
    recorded === undefined
      ? { is: 'unclear', reason: STOPPED }
      : { is: recorded.outcome, status: recorded.status, reason: recorded.reason };
  const verdict = verdictOf(
    outcome,
    digest.card,
    failuresOf(delivery.record) + (recorded === undefined ? 1 : 0),
    deps.random(),
  );
  const record = recorded === undefined ? await note(deps, delivery, digest, outcome, verdict) : delivery.record;
  const { slots } = turn.head;
  if (recorded === undefined)
    turn.later((head) => ({ ...head, slots: withLastSlotAt(head.slots, (slots.at(-1) ?? 0) + deps.times.postMs) }));
  if (verdict.next === 'return')
    return returnDigest(deps, turn, {
      subscription: delivery.subscription,
      record,
      because: verdict.because,
      reason: outcome.reason,
    });
  const nextAttemptAt = (digest.attemptedAt ?? 0) + (verdict.next === 'retry' ? verdict.waitMs : 0);
  if (nextAttemptAt > deps.clock.now())
    return waitForRetry(deps, turn, delivery.subscription, {
      nextAttemptAt,
      health: failing(deps, turn.head, outcome),
    });
  const card = verdict.next === 'redraw' ? verdict.card : digest.card;
  await turn.write((head) => withDigest(head, { state: 'frozen', card }));
  return deliver(deps, turn, { ...delivery, record });
}

const STOPPED = 'The worker stopped before it could record what the webhook answered.';

/** The entry of an attempt, if it was recorded. */
export function isRecorded(record: StoredDigest | undefined, attempt: number): Attempt | undefined {
  return record?.record.attempts.find((entry) => entry.attempt === attempt);
}

/** Failed attempts so far, redrawn cards not counted: they were tried again at once. */
function failuresOf(record: StoredDigest | undefined): number {
  return record?.record.attempts.filter((entry) => entry.nextAttemptAt !== undefined).length ?? 0;
}

function hasNothingToSay(digest: CurrentDigest, { whenEmpty }: Subscription): boolean {
  return digest.count === 0 && !(whenEmpty === 'say' && digest.dueAt !== undefined);
}

function failing({ clock }: DeliveryDeps, head: Head, outcome: Outcome): Head['health'] {
  return { failingSince: head.health.failingSince ?? clock.now(), reason: outcome.reason };
}
