/** What is kept of test cards to a webhook that is not saved yet: their pacing, the last one, and whether it was seen. By the address, for two days. */
import { z } from 'zod';
import { type TestRecord, testRecordSchema } from '../digests/head.ts';
import type { OnceTable } from '../identity/once-table.ts';
import { SubscriptionNotFoundError } from '../subscriptions/subscription-errors.ts';
import type { RecognisedWebhook } from '../subscriptions/webhook-url.ts';
import { hashOfWebhook } from '../subscriptions/webhooks-table.ts';
import type { DeliveryDeps } from './delivery-deps.ts';

const KEPT_MS = 2 * 24 * 3_600_000;

const keptSchema = z.object({
  slots: z.array(z.number()),
  slotsBy: z.object({ process: z.string(), count: z.int() }).optional(),
  /** Absent before the first one ended. `by`: who sent it, hashed. */
  test: testRecordSchema.extend({ by: z.string() }).optional(),
});

/** What is kept for one address. */
export type KeptDraftTests = z.infer<typeof keptSchema>;

/** Whose test of which webhook. `by`: `ownerOf` their session. */
export interface DraftTestOf {
  readonly recognised: RecognisedWebhook;
  readonly by: string;
}

/** What keeping needs. */
export interface DraftTestsDeps extends Pick<DeliveryDeps, 'clock'> {
  readonly once: Pick<OnceTable, 'change'>;
}

/** Puts what `to` makes of what is kept; undefined: it stays as it is. */
export async function changeDraftTest(
  { once, clock }: DraftTestsDeps,
  { recognised }: Pick<DraftTestOf, 'recognised'>,
  to: (kept: KeptDraftTests) => KeptDraftTests | undefined,
): Promise<void> {
  const key = hashOfWebhook(recognised.identity);
  await once.change('draft-test', key, (mark) => {
    const next = to(mark === undefined ? { slots: [] } : keptSchema.parse(JSON.parse(mark)));
    return next === undefined ? undefined : { mark: JSON.stringify(next), until: clock.realNow() + KEPT_MS };
  });
}

/** Keeps whether the card of a draft's test was seen. @throws SubscriptionNotFoundError for a test that is not the last one, or another's. */
export function createNoteDraftSeen(deps: DraftTestsDeps) {
  return async function noteDraftSeen(of: DraftTestOf, { id, seen }: { id: string; seen: boolean }) {
    let noted: TestRecord | undefined;
    await changeDraftTest(deps, of, (kept) => {
      if (kept.test?.id !== id || kept.test.by !== of.by) return undefined;
      const test = { ...kept.test, seen };
      noted = test;
      return { ...kept, test };
    });
    if (noted === undefined) throw new SubscriptionNotFoundError();
    return noted;
  };
}

/** Keeps whether a draft's test card was seen. */
export type NoteDraftSeen = ReturnType<typeof createNoteDraftSeen>;

/** Hands the last test of a webhook over to the subscription that was just made of it, so that its timeline knows of it. */
export function createAdoptDraftTest(deps: DraftTestsDeps & Pick<DeliveryDeps, 'heads'>) {
  return async function adoptDraftTest(of: DraftTestOf, subscriptionId: string): Promise<void> {
    let sent: KeptDraftTests['test'];
    await changeDraftTest(deps, of, (kept) => {
      sent = kept.test?.by === of.by ? kept.test : undefined;
      return undefined;
    });
    if (sent === undefined) return;
    const { by: _, ...test } = sent;
    for (;;) {
      const { head, etag } = await deps.heads.read(subscriptionId);
      if (head.test !== undefined) return;
      if ((await deps.heads.write(subscriptionId, { ...head, test }, etag)).done) return;
    }
  };
}

/** Hands a draft's test over. */
export type AdoptDraftTest = ReturnType<typeof createAdoptDraftTest>;
