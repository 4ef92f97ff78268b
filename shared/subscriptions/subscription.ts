/** A subscription: one target with its webhook, choices, schedule and state. */
import { z } from 'zod';
import type { Schedule } from '../schedules/schedule.ts';
import { scheduleSchema } from '../schedules/schedule.ts';
import type { News } from './news.ts';
import { type Severity, severitySchema } from './severity.ts';

/** Whether a channel is told, and if not, why. Times are milliseconds since 1970. */
export const stateSchema = z.discriminatedUnion('is', [
  z.object({ is: z.literal('active') }),
  /** `keep`: what arrives waits; `drop`: it is counted and forgotten. Without `until`: until resumed. */
  z.object({ is: z.literal('paused'), arriving: z.enum(['keep', 'drop']), until: z.number().optional() }),
  /** The webhook is dead: `nextProbe` is when the oldest waiting digest tries it again. */
  z.object({
    is: z.literal('disabled'),
    reason: z.string(),
    since: z.number(),
    nextProbe: z.number(),
  }),
]);
export type SubscriptionState = z.infer<typeof stateSchema>;

/** Who may change a subscription: an Entra person (`tid`, `oid`), or the product's own user (`sub`). */
export const ownerSchema = z.object({
  tid: z.string().optional(),
  oid: z.string().optional(),
  sub: z.string().optional(),
});
export type Owner = z.infer<typeof ownerSchema>;

/** Where the cards go, as people know it. The webhook itself is not here. */
export const targetSchema = z.object({
  appType: z.enum(['teams', 'groups', 'mail']),
  name: z.string(),
  kind: z.enum(['connector', 'workflow']),
  host: z.string(),
  tenant: z.string().optional(),
  /** Sealed: the object id that Office 365's picker named. A hint that came through a browser, never an identity, never shown. */
  connectedBy: z.string().optional(),
});
export type Target = z.infer<typeof targetSchema>;

/** What an owner chooses. Topics or scopes empty: all of them. */
export const choicesSchema = z.object({
  topics: z.array(z.string()),
  scopes: z.array(z.string()),
  minSeverity: severitySchema,
  /** Events at least this bad are told at once; null: none are. */
  urgentSeverity: severitySchema.nullable(),
  locale: z.string(),
  schedule: scheduleSchema,
  whenEmpty: z.enum(['skip', 'say']),
  requireIdentity: z.boolean(),
  /** Another subscription of the same owner, which gets a notice when this one is disabled; null or absent: none. */
  noticeTo: z.string().nullable().optional(),
});
export type Choices = z.infer<typeof choicesSchema>;

/** One subscription, whole. `sealedWebhook` is absent while the webhook changes. */
export interface Subscription extends Choices {
  readonly id: string;
  readonly account: string;
  readonly target: Target;
  readonly state: SubscriptionState;
  readonly owners: readonly Owner[];
  /** Grows by one with every change: the API's ETag, and what due rows and jobs are checked against. */
  readonly revision: number;
  readonly createdAt: number;
  readonly sealedWebhook?: string | undefined;
  /** SHA-256 of the key that only the channel's settings keep (`channel-key.ts`). */
  readonly channelKeyHash?: string | undefined;
  /** What the product was not told yet of changes of this row; never shown. */
  readonly untold?: readonly News[] | undefined;
}

/** What remains of a removed subscription for 31 days, for links and action tokens to check. */
export interface Tombstone {
  readonly id: string;
  readonly account: string;
  readonly removedAt: number;
  /** The vault's secret and the webhook's claim are gone too. */
  readonly cleared?: boolean | undefined;
  /** What the product was not told yet; empty once cleared. */
  readonly untold?: readonly News[] | undefined;
}

/** The part of a subscription that decides which events it gets: what `receive-events` caches. */
export interface Matching {
  readonly id: string;
  readonly account: string;
  readonly topics: readonly string[];
  readonly scopes: readonly string[];
  readonly minSeverity: Severity;
  readonly urgentSeverity: Severity | null;
  readonly immediate: boolean;
  readonly dropping: boolean;
}

/** True when the channel is told at once and so has no due row. */
export function isImmediate(schedule: Schedule): boolean {
  return schedule.every === 'now';
}
