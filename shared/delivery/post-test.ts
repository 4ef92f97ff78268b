/** A test card: posted because its owner asks, under the lease and with a pacing slot, as every POST. Its outcome is kept in the head. */
import type { Head, TestRecord } from '../digests/head.ts';
import { ConnectorError } from '../platform/errors.ts';
import { digestJob } from '../schedules/digest-job.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { SubscriptionNotFoundError } from '../subscriptions/subscription-errors.ts';
import { countPost } from './count-post.ts';
import { type DeliveryDeps, pacerOf } from './delivery-deps.ts';
import { readOutcome } from './outcome.ts';
import { nextSlot, withLastSlotAt, withSlot } from './pacing.ts';
import { testRecord } from './test-outcome.ts';
import { takeTurn } from './turn.ts';

/** Another card is on its way, or Microsoft's limits leave no room now. */
export class ChannelBusyError extends ConnectorError {
  readonly code = 'channel-busy';
  readonly status = 409;
  override readonly headers: Readonly<Record<string, string>>;

  constructor(waitMs: number) {
    super('Another card is on its way to this channel, or it had as many as Microsoft allows. Try again in a moment.');
    this.headers = { 'retry-after': String(Math.max(1, Math.ceil(waitMs / 1000))) };
  }
}

/** A digest takes about that long. */
const BUSY_MS = 5_000;
/** Others may change the head between our look and our write. */
const TRIES = 5;

/** Posts `body` to the subscription's webhook, whatever its state. @throws ChannelBusyError, SecretsVaultError or WebhookMissingError. */
export function createPostTest(deps: DeliveryDeps) {
  const { heads, jobs, clock, times } = deps;

  return async function postTest(subscription: Subscription, body: string): Promise<TestRecord> {
    const webhook = await deps.openWebhook(subscription);
    const id = `test_${deps.newNonce()}`;
    const at = clock.now();
    const turn = await begin(subscription, id, at);
    const answer = await deps.postCard(webhook, body, times.postMs);
    const ended = clock.realNow();
    const outcome = readOutcome(webhook.kind, answer);
    const test = testRecord(id, at, outcome);
    deps.log.info('test card posted', { subscriptionId: subscription.id, outcome: outcome.is, status: outcome.status });
    countPost(deps.telemetry, { card: 'test', kind: webhook.kind, outcome });
    const channel = { account: subscription.account, subscriptionId: subscription.id };
    await turn.release(
      // A digest that waits for its retry goes on waiting, with the job it has.
      (head) => ({ ...withLastSlotAt(head, ended), test, again: head.digest !== undefined && head.again }),
      async (head) => {
        if (head.again || head.asked !== undefined) await jobs.put(digestJob(channel, { why: 'look' }));
      },
    );
    return test;
  };

  async function begin({ id: subscriptionId, target }: Subscription, id: string, at: number) {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const stored = await heads.read(subscriptionId);
      const { head } = stored;
      // A digest may wait for its next attempt, but nobody may be at it.
      if (head.lease !== undefined || (head.digest !== undefined && head.digest.state !== 'frozen'))
        throw new ChannelBusyError(BUSY_MS);
      const pacer = pacerOf(deps);
      const slot = nextSlot(target.kind, head, pacer);
      if (slot > pacer.now) throw new ChannelBusyError(slot - pacer.now);
      // Should this process die, this is what is known of the test.
      const test: TestRecord = { id, at, outcome: 'unclear' };
      const change = (before: Head) => withSlot({ ...before, test }, pacer);
      const turn = await takeTurn(deps, { subscriptionId, stored, change });
      if (turn !== undefined) return turn;
    }
    throw new ChannelBusyError(BUSY_MS);
  }
}

/** Posts test cards. */
export type PostTest = ReturnType<typeof createPostTest>;

/** Keeps whether the owner saw the card of a test in the channel. @throws SubscriptionNotFoundError for a test that is not the last one. */
export function createNoteSeen({ heads }: Pick<DeliveryDeps, 'heads'>) {
  return async function noteSeen(
    subscriptionId: string,
    { id, seen }: { id: string; seen: boolean },
  ): Promise<TestRecord> {
    for (;;) {
      const { head, etag } = await heads.read(subscriptionId);
      if (head.test?.id !== id) throw new SubscriptionNotFoundError();
      const test = { ...head.test, seen };
      if ((await heads.write(subscriptionId, { ...head, test }, etag)).done) return test;
    }
  };
}

/** Keeps whether a test card was seen. */
export type NoteSeen = ReturnType<typeof createNoteSeen>;
