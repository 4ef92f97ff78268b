/** Goes on with an unfinished digest: its retry, or what a crash left (protocol rules 2, 8, 10, 14). */
import { createClaims, readShown } from '../digests/claim-pages.ts';
import { type CurrentDigest, digestIdOf } from '../digests/digest.ts';
import { claimBatch, inBatches, lastKeyOf, served } from '../digests/freeze.ts';
import type { Head } from '../digests/head.ts';
import { withWord } from '../digests/next-step.ts';
import { readContent } from '../digests/read-content.ts';
import { pageTime } from '../events/page.ts';
import type { DigestJob } from '../schedules/digest-job.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { afterCrash } from './after-crash.ts';
import { type Delivery, deliver, settle } from './deliver.ts';
import type { DeliveryDeps } from './delivery-deps.ts';
import { seeToDueRow } from './disable-subscription.ts';
import { withDigest } from './free-channel.ts';
import type { AtChannel, Stepped } from './leave-word.ts';
import { returnDigest } from './return-digest.ts';
import { type Turn, takeTurn } from './turn.ts';
import { isOut } from './with-attempt.ts';

/** Takes the lease and goes on. Unless it is the digest's own retry, the job's wish is kept for afterwards. */
export async function resumeDigest(deps: DeliveryDeps, { job, subscription, stored }: AtChannel): Promise<Stepped> {
  const turn = await takeTurn(deps, {
    subscriptionId: subscription.id,
    stored,
    change: (head) => (job.why === 'retry' ? head : withWord(anew(head, job), job, subscription.revision)),
  });
  if (turn === undefined) return 'refused';
  const { digest } = turn.head;
  if (digest !== undefined) await goOn(deps, turn, { subscription, digest });
  return 'done';
}

/** Another webhook, or an owner who resumed: the retry schedule begins again, and so does the time until the webhook is given up. */
function anew(head: Head, { why }: DigestJob): Head {
  if (why !== 'changed' || head.digest?.state !== 'frozen') return head;
  const health = { ...head.health, failingSince: undefined };
  return { ...withDigest(head, { retriesFrom: head.digest.attempt }), health };
}

async function goOn(
  deps: DeliveryDeps,
  turn: Turn,
  { subscription, digest }: { subscription: Subscription; digest: CurrentDigest },
): Promise<void> {
  const frozen = digest.state === 'freezing' ? await freezeAgain(deps, turn, subscription, digest) : digest;
  // The digest's row is the record: it is read before anything is posted (rule 10).
  const record = await deps.digests.read(subscription.id, frozen.sequence);
  if (record !== undefined && isOut(record.record)) {
    if (subscription.state.is === 'active') await seeToDueRow(deps, subscription);
    return settle(deps, turn, { subscription, record });
  }
  if (frozen.state === 'returning') {
    const last = record?.record.attempts.at(-1);
    const because = last?.outcome === 'gone' ? 'gone' : 'used-up';
    return returnDigest(deps, turn, { subscription, record, because, reason: last?.reason });
  }

  const content = await readContent(deps.inbox, subscription.id, frozen);
  const delivery: Delivery = { subscription, content, record };
  if (frozen.state === 'sending') return afterCrash(deps, turn, delivery);
  return deliver(deps, turn, delivery);
}

/** Freezing stopped half-way: what is claimed stays as it was decided, then the rest is claimed (rule 8). */
async function freezeAgain(
  deps: DeliveryDeps,
  turn: Turn,
  subscription: Subscription,
  digest: CurrentDigest,
): Promise<CurrentDigest> {
  const { inbox, digests, clock } = deps;
  const digestId = digestIdOf(subscription.id, digest.sequence);
  const claims = createClaims(
    await readShown(digests, subscription.id, pageTimeOf(digest.from), clock.rate()),
    () => {},
  );
  const bounds: { firstPage?: string; lastPage?: string } = {};
  const widen = (key: string) => {
    if (bounds.firstPage === undefined || key < bounds.firstPage) bounds.firstPage = key;
    if (bounds.lastPage === undefined || key > bounds.lastPage) bounds.lastPage = key;
  };
  for await (const page of inbox.listPages({ subscriptionId: subscription.id, digestId, from: digest.from })) {
    claims.keep(page);
    widen(page.key);
  }
  const urgency = digest.urgency === 'urgent' ? ('urgent' as const) : undefined;
  const range = { subscriptionId: subscription.id, from: digest.from, to: lastKeyOf(digest, clock.rate()), urgency };
  for await (const batch of inBatches(inbox.listPages(range))) {
    for (const page of batch) widen(page.key);
    await turn.write((head) => head, claimBatch(claims, subscription.id, digest, batch));
  }
  const frozen: CurrentDigest = { ...digest, ...bounds, state: 'frozen', count: claims.count };
  // What was asked for since is not in it: it keeps its word, and gets its job when the channel is free.
  await turn.write((head) => ({ ...served(head, frozen), again: head.again, asked: head.asked, digest: frozen }));
  return frozen;
}

function pageTimeOf(from: string): number {
  return pageTime(`${from.slice(0, 13)}-`);
}
