/** Goes on with an unfinished digest: its retry, or what a crash left (protocol rules 2, 8, 10, 14). */
import { createClaims, readShown } from '../digests/claim-pages.ts';
import { type CurrentDigest, digestIdOf } from '../digests/digest.ts';
import { claimBatch, inBatches, served } from '../digests/freeze.ts';
import { withWord } from '../digests/next-step.ts';
import { readContent } from '../digests/read-content.ts';
import { pageTime } from '../events/page.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { type Delivery, deliver, isRecorded, settle, waitOrReturn } from './deliver.ts';
import type { DeliveryDeps } from './delivery-deps.ts';
import type { AtChannel, Stepped } from './leave-word.ts';
import { returnDigest } from './return-digest.ts';
import { type Turn, takeTurn } from './turn.ts';

/** Takes the lease and goes on. Unless it is the digest's own retry, the job's wish is kept for afterwards. */
export async function resumeDigest(deps: DeliveryDeps, { job, subscription, stored }: AtChannel): Promise<Stepped> {
  const turn = await takeTurn(deps, {
    subscriptionId: subscription.id,
    stored,
    change: (head) => (job.why === 'retry' ? head : withWord(head, job, subscription.revision)),
  });
  if (turn === undefined) return 'refused';
  const { digest } = turn.head;
  if (digest !== undefined) await goOn(deps, turn, { subscription, digest });
  return 'done';
}

async function goOn(
  deps: DeliveryDeps,
  turn: Turn,
  { subscription, digest }: { subscription: Subscription; digest: CurrentDigest },
): Promise<void> {
  const frozen = digest.state === 'freezing' ? await freezeAgain(deps, turn, subscription, digest) : digest;
  // The digest's row is the record: it is read before anything is posted (rule 10).
  const record = await deps.digests.read(subscription.id, frozen.sequence);
  if (record?.record.state === 'delivered' || record?.record.state === 'accepted')
    return settle(deps, turn, { subscription, record });
  if (frozen.state === 'returning') return returnDigest(deps, turn, { subscription, record, because: 'used-up' });

  const content = await readContent(deps.inbox, subscription.id, frozen);
  const delivery: Delivery = { subscription, content, record };
  if (frozen.state === 'sending') return afterCrash(deps, turn, delivery, frozen);
  return deliver(deps, turn, delivery);
}

/** An attempt was intended; was it recorded? If not, nobody knows whether it was posted. */
async function afterCrash(deps: DeliveryDeps, turn: Turn, delivery: Delivery, digest: CurrentDigest): Promise<void> {
  return waitOrReturn(deps, turn, delivery, isRecorded(delivery.record, digest.attempt));
}

/** Freezing stopped half-way: what is claimed stays as it was decided, then the rest is claimed (rule 8). */
async function freezeAgain(
  deps: DeliveryDeps,
  turn: Turn,
  subscription: Subscription,
  digest: CurrentDigest,
): Promise<CurrentDigest> {
  const { inbox, digests } = deps;
  const digestId = digestIdOf(subscription.id, digest.sequence);
  const claims = createClaims(await readShown(digests, subscription.id, pageTimeOf(digest.from)), () => {});
  const bounds: { firstPage?: string; lastPage?: string } = {};
  const widen = (key: string) => {
    if (bounds.firstPage === undefined || key < bounds.firstPage) bounds.firstPage = key;
    if (bounds.lastPage === undefined || key > bounds.lastPage) bounds.lastPage = key;
  };
  for await (const page of inbox.listPages({ subscriptionId: subscription.id, digestId, from: digest.from })) {
    claims.keep(page);
    widen(page.key);
  }
  const urgency = digest.urgency === 'urgent' ? 'urgent' : undefined;
  for await (const batch of inBatches(
    inbox.listPages({ subscriptionId: subscription.id, from: digest.from, urgency }),
  )) {
    for (const page of batch) widen(page.key);
    await turn.write((head) => head, claimBatch(claims, subscription.id, digest, batch));
  }
  const frozen: CurrentDigest = { ...digest, ...bounds, state: 'frozen', count: claims.count };
  await turn.write((head) => ({ ...served(head, frozen), again: head.again, digest: frozen }));
  return frozen;
}

function pageTimeOf(from: string): number {
  return pageTime(`${from.slice(0, 13)}-`);
}
