/** A request about one subscription: who asks, and whether it is theirs. */
import type { HttpRequest } from '@azure/functions';
import type { Session, Sessions } from '../identity/session.ts';
import { CHANNEL_KEY_HEADER } from './channel-key.ts';
import type { ReadOwnSubscription } from './own-subscription.ts';
import type { Subscription } from './subscription.ts';
import type { SubscriptionKey } from './subscriptions-table.ts';

/** Who asks for which subscription. */
export interface OwnerRequest {
  readonly session: Session;
  readonly subscription: Subscription;
  readonly key: SubscriptionKey;
}

/** Reads the session, then the subscription in the address. @throws what `sessions.read` does, or SubscriptionNotFoundError. */
export function createReadOwnerRequest(sessions: Pick<Sessions, 'read'>, readOwn: ReadOwnSubscription) {
  return async function readOwnerRequest(request: HttpRequest): Promise<OwnerRequest> {
    const session = await sessions.read(request);
    const subscription = await readOwn(session, request.params['id'] ?? '', request.headers.get(CHANNEL_KEY_HEADER));
    return { session, subscription, key: { account: subscription.account, id: subscription.id } };
  };
}

/** Reads a request about one subscription. */
export type ReadOwnerRequest = ReturnType<typeof createReadOwnerRequest>;
