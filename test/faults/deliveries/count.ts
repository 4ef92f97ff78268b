/** Counts a round: what the webhooks say they got, against what the product recorded and still keeps. */
import type { RecordedRequest } from '../../../infra/local/microsoft365/webhooks/request-log.ts';
import { type DigestRecord, digestIdOf } from '../../../shared/digests/digest.ts';
import { titlesOf } from '../system.ts';
import type { Message } from './plan.ts';
import { BUDGET_BYTES, type Product } from './product.ts';
import type { Result } from './result.ts';

/** What came of a round. */
export interface Ended {
  readonly product: Product;
  readonly subscriptionIds: readonly string[];
  readonly messages: readonly Message[];
  readonly requests: readonly RecordedRequest[];
  readonly sums: { readonly lostAnswers: number; readonly violations: number };
  /** By the body that was drawn: which digest, which events. */
  readonly drawn: ReadonlyMap<string, { readonly digestId: string; readonly titles: readonly string[] }>;
}

interface Kept {
  readonly settled: readonly DigestRecord[];
  /** Titles in a digest that is out, or waiting. */
  readonly safe: readonly string[];
}

/** Reads a channel: its digests that are out, and every event that is in one of them or waits. */
async function readKept({ deps }: Product, subscriptionId: string): Promise<Kept> {
  const states = new Map<string, DigestRecord>();
  for await (const { record } of deps.digests.list(subscriptionId))
    states.set(digestIdOf(subscriptionId, record.sequence), record);
  const safe: string[] = [];
  for await (const { key, digestId } of deps.inbox.listOld(subscriptionId, Number.MAX_SAFE_INTEGER)) {
    const state = digestId === undefined ? 'open' : states.get(digestId)?.state;
    if (state !== 'open' && state !== 'delivered' && state !== 'accepted') continue;
    for await (const page of deps.inbox.listPages({ subscriptionId, digestId, from: key, to: key }))
      safe.push(...titlesOf(page));
  }
  const isOut = ({ state, count }: DigestRecord) => (state === 'delivered' || state === 'accepted') && count > 0;
  return { settled: [...states.values()].filter(isOut), safe };
}

/** Counts. */
export async function countRound(ended: Ended): Promise<Result> {
  const { product, requests, sums, drawn } = ended;
  const taken = requests.filter(({ accepted }) => accepted);
  const takenDigests = new Set(taken.map(({ body }) => drawn.get(body)?.digestId));
  const safe = new Set<string>();
  let digests = 0;
  let falseSuccess = 0;
  for (const id of ended.subscriptionIds) {
    const kept = await readKept(product, id);
    for (const title of kept.safe) safe.add(title);
    digests += kept.settled.length;
    falseSuccess += kept.settled.filter(
      (record) => !isUnclear(record) && !takenDigests.has(digestIdOf(id, record.sequence)),
    ).length;
  }
  const sent = new Set(ended.messages.flatMap(({ events }) => events.map(({ data }) => data.title)));
  return {
    digests,
    lost: [...sent].filter((title) => !safe.has(title)).length,
    repeated: countRepeated(taken, drawn),
    lostAnswers: sums.lostAnswers,
    windowViolations: sums.violations,
    falseSuccess,
    overBudget: requests.filter(({ bytes }) => bytes > BUDGET_BYTES).length,
  };
}

/** The record says itself that nobody knows. */
function isUnclear({ attempts }: DigestRecord): boolean {
  return attempts.some(({ outcome }) => outcome === 'unclear');
}

/** Every event has a title of its own, and one channel. */
function countRepeated(taken: readonly RecordedRequest[], drawn: Ended['drawn']): number {
  const shown = new Set<string>();
  let repeated = 0;
  for (const { body } of taken) {
    const titles = drawn.get(body)?.titles ?? [];
    if (titles.some((title) => shown.has(title))) repeated += 1;
    for (const title of titles) shown.add(title);
  }
  return repeated;
}
