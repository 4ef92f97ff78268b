/** Begins a digest: takes the lease, claims the open pages and writes the first attempt, in one transaction where they fit (protocol rules 8, 10). */
import { createClaims, LATE_WRITE_MS, readShown } from '../digests/claim-pages.ts';
import { type CurrentDigest, digestIdOf } from '../digests/digest.ts';
import { claimBatch, inBatches, lastKeyOf, served, wishesTaken } from '../digests/freeze.ts';
import type { Head } from '../digests/head.ts';
import type { Step } from '../digests/next-step.ts';
import { createSummary } from '../digests/summarise.ts';
import { firstKeyAt, pageTime } from '../events/page.ts';
import { deliver } from './deliver.ts';
import { type DeliveryDeps, pacerOf } from './delivery-deps.ts';
import { type AtChannel, hideJob, type Stepped } from './leave-word.ts';
import { nextSlot, withSlot } from './pacing.ts';
import { takeTurn } from './turn.ts';

type StartStep = Extract<Step, { do: 'start' }>;

/** Starts a digest of what is open, if anything is. */
export async function startDigest(deps: DeliveryDeps, at: AtChannel & { readonly step: StartStep }): Promise<Stepped> {
  const { inbox, digests, clock } = deps;
  const { stored, subscription, step } = at;
  const digest = newDigest(deps, at);
  const urgency = step.urgency === 'urgent' ? ('urgent' as const) : undefined;
  const range = { subscriptionId: subscription.id, from: digest.from, to: lastKeyOf(digest, clock.rate()), urgency };
  const batches = inBatches(inbox.listPages(range));
  const first = await batches.next();
  if (first.done === true) return startEmpty(deps, at, digest);

  // Before anything is claimed: what cannot be posted yet joins the next card (rule 10).
  const pacer = pacerOf(deps);
  const slot = nextSlot(subscription.target.kind, stored.head, pacer);
  if (slot > pacer.now) {
    deps.telemetry.count('tidings.throttled', 1, { by: 'windows', kind: subscription.target.kind });
    return hideJob(deps, { ...at, until: slot });
  }

  const webhook = await deps.openWebhook(subscription); // before anything is written: the vault may be away
  const summary = createSummary({ digestId: digestIdOf(subscription.id, digest.sequence), frozenAt: digest.frozenAt });
  const claims = createClaims(
    await readShown(digests, subscription.id, pageTime(first.value[0]?.key ?? digest.from), clock.rate()),
    summary.add,
  );
  const bounds = { firstPage: first.value[0]?.key, lastPage: first.value.at(-1)?.key };
  let claimed = claimBatch(claims, subscription.id, digest, first.value);
  let next = await batches.next();
  const whole = next.done === true;

  const turn = await takeTurn(deps, {
    subscriptionId: subscription.id,
    stored,
    claims: claimed,
    change: (head) => {
      const free = wishesTaken(head, digest);
      return whole ? begun(deps, at, free, { ...digest, ...bounds, count: claims.count }) : { ...free, digest };
    },
  });
  if (turn === undefined) return 'refused';
  while (next.done !== true) {
    claimed = claimBatch(claims, subscription.id, digest, next.value);
    bounds.lastPage = next.value.at(-1)?.key;
    next = await batches.next();
    const last = next.done === true;
    await turn.write(
      (head) => (last ? begun(deps, at, head, { ...digest, ...bounds, count: claims.count }) : head),
      claimed,
    );
  }
  await deliver(deps, turn, {
    subscription,
    content: { summary: summary.finish(), identities: claims.identities() },
    record: undefined,
    webhook,
  });
  return 'done';
}

function newDigest(
  { clock, cardBudgetBytes }: DeliveryDeps,
  { stored, subscription, step }: AtChannel & { readonly step: StartStep },
): CurrentDigest {
  const { schedule, locale } = subscription;
  const frozenAt = clock.now();
  return {
    sequence: Math.max(stored.head.nextSequence, Math.floor(frozenAt)),
    state: 'freezing',
    urgency: step.urgency,
    frozenAt,
    from: firstKeyAt(stored.head.openFrom - LATE_WRITE_MS * clock.rate()),
    count: 0,
    dueAt: step.dueAt,
    alreadyShown: step.urgency === 'ordinary' ? stored.head.shownUrgent : undefined,
    attempt: 0,
    card: { style: 'normal', budgetBytes: cardBudgetBytes },
    locale,
    timeZone: schedule.every === 'now' ? 'UTC' : schedule.timeZone,
  };
}

/** Nothing is open. A due time is served all the same, so that its job, seen again, does not send early what comes later. */
async function startEmpty(
  deps: DeliveryDeps,
  { stored, subscription, step }: AtChannel & { readonly step: StartStep },
  digest: CurrentDigest,
): Promise<Stepped> {
  // A digest may have begun between the two reads, by a write of somebody who died: then its pages were not open (rule 2).
  if (step.urgency === 'urgent' || (step.dueAt === undefined && stored.head.asked === undefined))
    return (await deps.heads.read(subscription.id)).etag === stored.etag ? 'done' : 'refused';
  const pacer = pacerOf(deps);
  const hasRoom = nextSlot(subscription.target.kind, stored.head, pacer) <= pacer.now; // a channel at its limits needs no card that says nothing
  if (step.dueAt === undefined || subscription.whenEmpty === 'skip' || !hasRoom) {
    const { shownUrgent } = stored.head; // for the next digest that there is something to say in
    const next = { ...served(wishesTaken(stored.head, digest), digest), shownUrgent };
    const { done } = await deps.heads.write(subscription.id, next, stored.etag);
    return done ? 'done' : 'refused';
  }
  const frozen = { ...digest, state: 'frozen' as const, nextAttemptAt: undefined };
  const turn = await takeTurn(deps, {
    subscriptionId: subscription.id,
    stored,
    change: (head) => ({ ...served(wishesTaken(head, digest), digest), digest: frozen }),
  });
  if (turn === undefined) return 'refused';
  const summary = createSummary({
    digestId: digestIdOf(subscription.id, digest.sequence),
    frozenAt: digest.frozenAt,
  }).finish();
  await deliver(deps, turn, { subscription, content: { summary, identities: new Uint8Array() }, record: undefined });
  return 'done';
}

/** The head once all is claimed: frozen, and where there is something to show, with its first attempt. */
function begun(deps: DeliveryDeps, { subscription }: AtChannel, head: Head, digest: CurrentDigest): Head {
  if (digest.count === 0) return { ...served(head, digest), digest: { ...digest, state: 'frozen' } };
  const pacer = pacerOf(deps);
  if (nextSlot(subscription.target.kind, head, pacer) > pacer.now)
    return { ...served(head, digest), digest: { ...digest, state: 'frozen' } };
  return {
    ...withSlot(served(head, digest), pacer),
    digest: { ...digest, state: 'sending', attempt: 1, attemptedAt: deps.clock.now() },
  };
}
