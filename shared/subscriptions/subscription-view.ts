/** A subscription as the API shows it: no webhook, no owners, no hashes. Times are ISO 8601 in UTC. */
import { z } from 'zod';
import { choicesSchema, type Subscription, targetSchema } from './subscription.ts';

/** How deliveries go. */
const healthSchema = z.object({
  lastDeliveredAt: z.string().nullable(),
  failingSince: z.string().nullable(),
  reason: z.string().nullable(),
  /** Events that nobody will be shown, all that there ever were; when the latest went, and why. */
  dropped: z
    .object({
      events: z.int(),
      at: z.string().nullable(),
      because: z.enum(['waited', 'too-many']).nullable(),
    })
    .nullable(),
});

/** The one shape of a subscription. */
export const subscriptionViewSchema = choicesSchema.extend({
  id: z.string(),
  account: z.string(),
  target: targetSchema.pick({ appType: true, name: true, kind: true, host: true }),
  state: z.enum(['active', 'paused', 'disabled']),
  /** While paused: when it ends by itself, and whether what arrives is kept. */
  until: z.string().nullable().optional(),
  keep: z.boolean().optional(),
  /** While disabled: why, since when, and when the webhook is tried again. */
  reason: z.string().optional(),
  since: z.string().optional(),
  nextProbe: z.string().optional(),
  revision: z.int(),
  createdAt: z.string(),
  health: healthSchema,
});
export type SubscriptionView = z.infer<typeof subscriptionViewSchema>;

/** What is known of a channel's deliveries, in milliseconds since 1970. */
export interface Health {
  readonly lastDeliveredAt?: number | undefined;
  readonly failingSince?: number | undefined;
  readonly reason?: string | undefined;
  readonly dropped?: number | undefined;
  readonly droppedAt?: number | undefined;
  readonly droppedBecause?: 'waited' | 'too-many' | undefined;
}

/** The view of a subscription. */
export function viewOf(subscription: Subscription, health: Health): SubscriptionView {
  const { id, account, target, state, revision, createdAt, ...rest } = subscription;
  const { appType, name, kind, host } = target;
  return {
    id,
    account,
    target: { appType, name, kind, host },
    ...choicesSchema.parse(rest),
    ...stateOf(state),
    revision,
    createdAt: iso(createdAt),
    health: {
      lastDeliveredAt: isoOrNull(health.lastDeliveredAt),
      failingSince: isoOrNull(health.failingSince),
      reason: health.failingSince === undefined ? null : (health.reason ?? null),
      dropped: droppedOf(health),
    },
  };
}

function droppedOf({ dropped, droppedAt, droppedBecause }: Health) {
  if (dropped === undefined) return null;
  return { events: dropped, at: isoOrNull(droppedAt), because: droppedBecause ?? null };
}

function stateOf(state: Subscription['state']) {
  switch (state.is) {
    case 'active':
      return { state: 'active' } as const;
    case 'paused':
      return { state: 'paused', until: isoOrNull(state.until), keep: state.arriving === 'keep' } as const;
    case 'disabled': {
      const { reason, since, nextProbe } = state;
      return { state: 'disabled', reason, since: iso(since), nextProbe: iso(nextProbe) } as const;
    }
  }
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}

function isoOrNull(instant: number | undefined): string | null {
  return instant === undefined ? null : iso(instant);
}
