/** What a delivery works with: stores, queue, clock, and the two things that leave the house, drawing and posting. */
import type { CurrentDigest } from '../digests/digest.ts';
import type { DigestSummary } from '../digests/digest-summary.ts';
import type { DigestsTable } from '../digests/digests-table.ts';
import type { HeadTable } from '../digests/head-table.ts';
import type { DroppedTable } from '../events/dropped-table.ts';
import type { InboxTable } from '../events/inbox-table.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { Telemetry } from '../platform/telemetry/telemetry.ts';
import type { DigestsQueue } from '../schedules/digests-queue.ts';
import type { DueTable } from '../schedules/due-table.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { SubscriptionsTable } from '../subscriptions/subscriptions-table.ts';
import type { TellProduct } from '../subscriptions/tell-product.ts';
import type { Webhook } from '../subscriptions/webhook.ts';
import type { Answer } from './outcome.ts';
import type { Pacer } from './pacing.ts';
import type { ProtocolTimes } from './turn.ts';

/** Draws the card of a digest: the body to post, at most the style's budget in UTF-8 bytes. */
export type DrawCard = (summary: DigestSummary, digest: CurrentDigest, subscription: Subscription) => Promise<string>;
/** Posts a body and says what came back; it never throws for what the other side does. */
export type PostCard = (webhook: Webhook, body: string, timeoutMs: number) => Promise<Answer>;

/** This process, as pacing sees it. */
export function pacerOf({ clock, processId }: Pick<DeliveryDeps, 'clock' | 'processId'>): Pacer {
  return { now: clock.realNow(), process: processId };
}

/** See each type. `random` is in [0, 1). */
export interface DeliveryDeps {
  readonly subscriptions: SubscriptionsTable;
  readonly heads: HeadTable;
  readonly inbox: InboxTable;
  readonly digests: DigestsTable;
  /** Notes of what was dropped on purpose. */
  readonly dropped: DroppedTable;
  readonly jobs: DigestsQueue;
  readonly due: DueTable;
  readonly tellProduct: TellProduct;
  /** Opens the webhook of a subscription: from its sealed copy, else from the vault. */
  readonly openWebhook: (subscription: Subscription) => Promise<Webhook>;
  readonly drawCard: DrawCard;
  readonly postCard: PostCard;
  readonly cardBudgetBytes: number;
  readonly clock: Clock;
  readonly times: ProtocolTimes;
  readonly newNonce: () => string;
  /** Tells this process's clock from those of others. */
  readonly processId: string;
  readonly random: () => number;
  readonly log: Log;
  readonly telemetry: Telemetry;
}
