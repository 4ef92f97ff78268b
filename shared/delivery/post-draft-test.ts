/** A test card to a webhook that is not saved yet. Its pacing is kept by the address, so that no number of drafts posts faster. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { TestRecord } from '../digests/head.ts';
import type { OnceTable } from '../identity/once-table.ts';
import type { RecognisedWebhook } from '../subscriptions/webhook-url.ts';
import { countPost } from './count-post.ts';
import { type DeliveryDeps, pacerOf } from './delivery-deps.ts';
import { readOutcome } from './outcome.ts';
import { nextSlot, type Paced, withSlot } from './pacing.ts';
import { ChannelBusyError } from './post-test.ts';
import { testRecord } from './test-outcome.ts';

/** What it needs. */
export interface PostDraftTestDeps
  extends Pick<DeliveryDeps, 'postCard' | 'clock' | 'processId' | 'times' | 'newNonce' | 'log' | 'telemetry'> {
  readonly once: Pick<OnceTable, 'change'>;
}

const DAY_MS = 24 * 3_600_000;
const pacedSchema = z.object({
  slots: z.array(z.number()),
  slotsBy: z.object({ process: z.string(), count: z.int() }).optional(),
});
const NEVER: Paced = { slots: [] };

/** Posts. @throws ChannelBusyError. */
export function createPostDraftTest(deps: PostDraftTestDeps) {
  return async function postDraftTest({ webhook, identity }: RecognisedWebhook, body: string): Promise<TestRecord> {
    // The slot first: a POST that is not counted could be one too many.
    const key = createHash('sha256').update(identity).digest('hex');
    let waitMs = 0;
    await deps.once.change('draft-test', key, (mark) => {
      const paced: Paced = mark === undefined ? NEVER : pacedSchema.parse(JSON.parse(mark));
      const pacer = pacerOf(deps);
      waitMs = nextSlot(webhook.kind, paced, pacer) - pacer.now;
      if (waitMs > 0) return undefined;
      return { mark: JSON.stringify(withSlot(paced, pacer)), until: pacer.now + 2 * DAY_MS };
    });
    if (waitMs > 0) throw new ChannelBusyError(waitMs);
    const at = deps.clock.now();
    const outcome = readOutcome(webhook.kind, await deps.postCard(webhook, body, deps.times.postMs));
    deps.log.info('test card of a draft posted', { outcome: outcome.is, status: outcome.status });
    countPost(deps.telemetry, { card: 'test', kind: webhook.kind, outcome });
    return testRecord(`test_${deps.newNonce()}`, at, outcome);
  };
}

/** Posts test cards of drafts. */
export type PostDraftTest = ReturnType<typeof createPostDraftTest>;
