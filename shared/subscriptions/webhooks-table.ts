/** Which subscription a webhook belongs to: table `webhooks` (protocol rule 19). The address itself is not in it. */
import { createHash } from 'node:crypto';
import type { TableClient } from '@azure/data-tables';
import { z } from 'zod';
import { isConflict, newNonce, orUndefined, type Written, writeConfirmed } from '../platform/table-rows.ts';
import type { SubscriptionKey } from './subscriptions-table.ts';

const ROW_VERSION = 1;
const ROW_KEY = 'owner';
/** Past this a claim without a subscription is left over from a crash: an invocation ends after half of it (host.json). */
export const UNFINISHED_CLAIM_MS = 10 * 60_000;

const rowSchema = z.object({
  etag: z.string(),
  nonce: z.string().optional(),
  account: z.string(),
  subscriptionId: z.string(),
  claimedAt: z.string().transform(Number),
});
type Claim = z.infer<typeof rowSchema>;

/** A claim to be made. `identity` is `RecognisedWebhook.identity`. */
export interface WebhookClaim extends SubscriptionKey {
  readonly identity: string;
}

/**
 * What claiming needs: the table, whether a subscription was written and has this webhook (it may have been given another one
 * by a process that died before it released the old), and the real wall clock, which other processes compare with.
 */
export interface WebhooksTableDeps {
  readonly table: TableClient;
  readonly isSubscription: (claim: WebhookClaim) => Promise<boolean>;
  readonly now: () => number;
}

/** The claims. */
export type WebhooksTable = ReturnType<typeof createWebhooksTable>;

/** Claims in `table`; every failure is the storage error itself. */
export function createWebhooksTable({ table, isSubscription, now }: WebhooksTableDeps) {
  async function read(partitionKey: string): Promise<Claim | undefined> {
    const row = await orUndefined(table.getEntity(partitionKey, ROW_KEY));
    return row === undefined ? undefined : rowSchema.parse(row);
  }

  async function isLeftOver(claim: Claim, identity: string): Promise<boolean> {
    if (claim.claimedAt > now() - UNFINISHED_CLAIM_MS) return false;
    return !(await isSubscription({ account: claim.account, id: claim.subscriptionId, identity }));
  }

  return {
    /**
     * Claims a webhook for a subscription that is about to be written, or again for one that has it: the claim's time
     * starts anew. `taken` when it belongs to another.
     */
    async claim({ identity, account, id }: WebhookClaim): Promise<'claimed' | 'taken'> {
      const partitionKey = hashOfWebhook(identity);
      const write = (known: Claim | undefined): Promise<Written<Claim>> => {
        const nonce = newNonce();
        const keys = { partitionKey, rowKey: ROW_KEY };
        const row = { ...keys, v: ROW_VERSION, nonce, account, subscriptionId: id, claimedAt: String(now()) };
        const put = () =>
          known === undefined ? table.createEntity(row) : table.updateEntity(row, 'Replace', { etag: known.etag });
        return writeConfirmed(nonce, put, () => read(partitionKey));
      };

      // A first try meets whatever stands there, a second may meet one who was faster; a third loses honestly.
      let known: Claim | undefined;
      for (let tries = 0; tries < 3; tries += 1) {
        const written = await write(known);
        if (written.done) return 'claimed';
        known = written.row;
        if (known === undefined) continue; // released between our write and our look
        const isOwn = known.account === account && known.subscriptionId === id;
        if (!isOwn && !(await isLeftOver(known, identity))) return 'taken';
      }
      return 'taken';
    },

    /** True when a subscription has it, or is about to. */
    async isClaimed(identity: string): Promise<boolean> {
      const claim = await read(hashOfWebhook(identity));
      return claim !== undefined && !(await isLeftOver(claim, identity));
    },

    /** Gives a webhook up, if this subscription has it. Harmless otherwise. */
    async release({ identity, account, id }: WebhookClaim): Promise<void> {
      const partitionKey = hashOfWebhook(identity);
      const claim = await read(partitionKey);
      if (claim?.account !== account || claim.subscriptionId !== id) return;
      try {
        await orUndefined(table.deleteEntity(partitionKey, ROW_KEY, { etag: claim.etag }));
      } catch (error) {
        if (!isConflict(error)) throw error; // someone else has it by now
      }
    },
  };
}

/** What stands for a webhook where its address may not: the hash of its `identity`. */
export function hashOfWebhook(identity: string): string {
  return createHash('sha256').update(identity).digest('hex');
}
