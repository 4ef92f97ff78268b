/** A test card to a webhook that is not saved yet. Its pacing is kept by the address, so that no number of drafts posts faster. */
import type { TestRecord } from '../digests/head.ts';
import { countPost } from './count-post.ts';
import { type DeliveryDeps, pacerOf } from './delivery-deps.ts';
import { changeDraftTest, type DraftTestOf, type DraftTestsDeps } from './draft-tests.ts';
import { readOutcome } from './outcome.ts';
import { nextSlot, withSlot } from './pacing.ts';
import { ChannelBusyError } from './post-test.ts';
import { testRecord } from './test-outcome.ts';

/** What it needs. */
export interface PostDraftTestDeps
  extends DraftTestsDeps,
    Pick<DeliveryDeps, 'postCard' | 'clock' | 'processId' | 'times' | 'newNonce' | 'log' | 'telemetry'> {}

/** Posts. @throws ChannelBusyError. */
export function createPostDraftTest(deps: PostDraftTestDeps) {
  return async function postDraftTest(of: DraftTestOf, body: string): Promise<TestRecord> {
    const { webhook } = of.recognised;
    // The slot first: a POST that is not counted could be one too many.
    let waitMs = 0;
    await changeDraftTest(deps, of, (kept) => {
      const pacer = pacerOf(deps);
      waitMs = nextSlot(webhook.kind, kept, pacer) - pacer.now;
      return waitMs > 0 ? undefined : withSlot(kept, pacer);
    });
    if (waitMs > 0) throw new ChannelBusyError(waitMs);
    const at = deps.clock.now();
    const outcome = readOutcome(webhook.kind, await deps.postCard(webhook, body, deps.times.postMs));
    deps.log.info('test card of a draft posted', { outcome: outcome.is, status: outcome.status });
    countPost(deps.telemetry, { card: 'test', kind: webhook.kind, outcome });
    const test = testRecord(`test_${deps.newNonce()}`, at, outcome);
    await changeDraftTest(deps, of, (kept) => ({ ...kept, test: { ...test, by: of.by } }));
    return test;
  };
}

/** Posts test cards of drafts. */
export type PostDraftTest = ReturnType<typeof createPostDraftTest>;
