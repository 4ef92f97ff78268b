/** Draws a card that always comes out: one that cannot be drawn becomes the plain card that links to its page (promise 7). */
import type { CurrentDigest } from '../digests/digest.ts';
import type { DigestSummary } from '../digests/digest-summary.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { DeliveryDeps } from './delivery-deps.ts';

/** The body to post. */
export async function drawSafely(
  { drawCard, log }: Pick<DeliveryDeps, 'drawCard' | 'log'>,
  summary: DigestSummary,
  digest: CurrentDigest,
  subscription: Subscription,
): Promise<string> {
  try {
    return await drawCard(summary, digest, subscription);
  } catch (error) {
    log.error('a card could not be drawn; the plain one goes out', {
      subscriptionId: subscription.id,
      sequence: digest.sequence,
      error: error instanceof Error ? error.name : 'unknown',
    });
    return drawCard(summary, { ...digest, card: { ...digest.card, style: 'plain' } }, subscription);
  }
}
