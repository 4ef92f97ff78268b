/** What must hold at the end, whatever happened: the promises, checked on what is stored and on what the webhook got. */

import { SAME_EVENT_MS } from '../../shared/digests/claim-pages.ts';
import { digestIdOf } from '../../shared/digests/digest.ts';
import type { Event } from '../../shared/events/event.ts';
import { matchEvent } from '../../shared/events/match.ts';
import { type Page, pageTime } from '../../shared/events/page.ts';
import type { Clock } from '../../shared/platform/clock.ts';
import { dutyOf } from '../../shared/subscriptions/due-of-subscription.ts';
import { isImmediate, type Subscription } from '../../shared/subscriptions/subscription.ts';
import type { Message } from './host.ts';
import { type Card, type System, titlesOf } from './system.ts';

/** What a scenario allows beyond the rule. */
export interface Allowed {
  /** POSTs of which nobody could know: each may repeat one card (promise 2). */
  readonly uncertain: number;
  /** Titles that may still wait in open pages. */
  readonly waiting?: readonly string[];
  /** Titles that were dropped on purpose. */
  readonly dropped?: readonly string[];
}

/** What is judged: what is stored, what the webhook got, and what lies on queues. */
export type Judged = Pick<System, 'subscriptions' | 'inbox' | 'heads' | 'digests' | 'due' | 'sent' | 'cards'> & {
  readonly clock: Pick<Clock, 'now' | 'elapsed'>;
  readonly host: { readonly messages: readonly Message[] };
};

/** Every fault found, as sentences; none is what a test expects. */
export async function judge(system: Judged, allowed: Allowed): Promise<string[]> {
  const faults: string[] = [];
  let repeats = 0;
  let unclear = 0;
  for await (const row of system.subscriptions.list()) {
    if (row.is === 'removed') continue;
    const { subscription } = row;
    const cards = system.cards.filter(({ subscriptionId }) => subscriptionId === subscription.id);
    const channel = await readChannel(system, subscription);
    repeats += repeatsOf(cards);
    unclear += channel.unclear;
    faults.push(
      ...lost(system.sent, subscription, channel, allowed),
      ...shownTwice(subscription, channel),
      ...outOfOrder(cards),
      ...changed(cards),
      ...miscounted(cards),
      ...channel.faults,
      ...(await dueFaults(system, subscription)),
    );
  }
  if (repeats > allowed.uncertain) faults.push(`${repeats} cards repeated for ${allowed.uncertain} uncertain POSTs`);
  if (unclear !== allowed.uncertain) faults.push(`${allowed.uncertain} uncertain POSTs, ${unclear} shown as unclear`);
  for (const { queue, text, showsAt } of system.host.messages) {
    if (showsAt <= system.clock.elapsed()) faults.push(`a message shows on ${queue} and nobody took it: ${text}`);
  }
  return faults;
}

/** A title that went out: when its page was written, and the last page of its digest. */
interface Settled {
  readonly title: string;
  readonly at: number;
  readonly lastAt: number;
}

interface ChannelFound {
  readonly settled: readonly Settled[];
  readonly open: readonly string[];
  readonly unclear: number;
  readonly faults: readonly string[];
}

async function readChannel({ inbox, digests, heads }: Judged, { id }: Subscription): Promise<ChannelFound> {
  const { head } = await heads.read(id);
  const faults: string[] = [];
  if (head.digest !== undefined) faults.push(`${id} is stuck with a digest that is ${head.digest.state}`);
  if (head.lease !== undefined) faults.push(`${id} has a lease that nobody gave back`);
  if (head.asked !== undefined) faults.push(`${id} was asked for what was never served: ${JSON.stringify(head.asked)}`);
  const states = new Map<string, string>();
  let unclear = 0;
  for await (const { record } of digests.list(id)) {
    states.set(digestIdOf(id, record.sequence), record.state);
    unclear += record.attempts.filter(({ outcome }) => outcome === 'unclear').length;
  }
  const settled: { title: string; at: number; digestId: string }[] = [];
  const lastPages = new Map<string, number>();
  const open: string[] = [];
  for await (const page of inbox.listOld(id, Number.MAX_SAFE_INTEGER)) {
    const whole = await readPage(inbox, id, page);
    const state = page.digestId === undefined ? 'open' : (states.get(page.digestId) ?? 'of no digest');
    if (state === 'open') open.push(...titlesOf(whole));
    else if (page.digestId !== undefined && (state === 'delivered' || state === 'accepted')) {
      const { digestId } = page;
      const at = pageTime(page.key);
      settled.push(...titlesOf(whole).map((title) => ({ title, at, digestId })));
      lastPages.set(digestId, at); // they come in the order of their keys
    } else faults.push(`a page in limbo: its digest is ${state}`);
  }
  const withLast = settled.map(({ digestId, ...one }) => ({ ...one, lastAt: lastPages.get(digestId) ?? one.at }));
  return { settled: withLast, open, unclear, faults: [...new Set(faults)] };
}

async function readPage(inbox: System['inbox'], subscriptionId: string, { key, digestId }: Page): Promise<Page> {
  for await (const page of inbox.listPages({ subscriptionId, digestId, from: key, to: key })) return page;
  throw new Error(`the page ${key} went while it was looked at`);
}

/** Promise 1: in a digest that went out, or waiting where that is expected. */
function lost(sent: readonly Event[], subscription: Subscription, { settled, open }: ChannelFound, allowed: Allowed) {
  const matching = { ...subscription, immediate: isImmediate(subscription.schedule), dropping: false };
  const wanted = sent.filter((event) => event.account === subscription.account && matchEvent(event, matching) !== 'no');
  return wanted.flatMap(({ data: { title } }) => {
    if (settled.some((one) => one.title === title) || allowed.dropped?.includes(title)) return [];
    if (!open.includes(title)) return [`${subscription.id} lost "${title}"`];
    return allowed.waiting?.includes(title) ? [] : [`"${title}" waits at ${subscription.id} and nothing woke it`];
  });
}

/** An identity in two digests that went out, within rule 9. Titles stand for identities: scenarios give each event its own. */
function shownTwice({ id }: Subscription, { settled }: ChannelFound): string[] {
  return settled
    .filter((one, index) =>
      settled.slice(0, index).some(({ title, lastAt }) => title === one.title && one.at - lastAt <= SAME_EVENT_MS),
    )
    .map(({ title }) => `${id} was shown "${title}" twice`);
}

/** Cards beyond the first of each digest that the webhook took. */
function repeatsOf(cards: readonly Card[]): number {
  const taken = cards.filter(({ taken }) => taken);
  return taken.length - new Set(taken.map(({ digestId }) => digestId)).size;
}

/** Promise 4: one digest at a time, oldest first. */
function outOfOrder(cards: readonly Card[]): string[] {
  const sequences = cards.map(({ digestId }) => Number(digestId.slice(digestId.lastIndexOf('_') + 1)));
  return sequences.flatMap((sequence, at) =>
    at > 0 && sequence < (sequences[at - 1] ?? 0) ? [`digest ${sequence} went out after ${sequences[at - 1]}`] : [],
  );
}

/** Promise 3: the same digest, drawn the same way, is the same bytes. */
function changed(cards: readonly Card[]): string[] {
  const bodies = new Map<string, string>();
  return cards.flatMap(({ digestId, look, body }) => {
    const first = bodies.get(`${digestId} ${look}`) ?? body;
    bodies.set(`${digestId} ${look}`, first);
    return first === body ? [] : [`${digestId} was not the same bytes again`];
  });
}

/** What a card counts is what its pages hold. */
function miscounted(cards: readonly Card[]): string[] {
  return cards.flatMap(({ digestId, count, shown }) =>
    count === shown.length ? [] : [`${digestId} counts ${count}, its pages hold ${shown.length}`],
  );
}

/** Rule 3: exactly one due row where there must be one, and none elsewhere. */
async function dueFaults({ due, clock }: Judged, subscription: Subscription): Promise<string[]> {
  const rows = [];
  for await (const row of due.listAll()) if (row.subscriptionId === subscription.id) rows.push(row);
  const current = rows.filter(({ revision }) => revision === subscription.revision);
  const expected = dutyOf(subscription) === undefined ? 0 : 1;
  const faults: string[] = [];
  if (current.length !== expected) faults.push(`${subscription.id} has ${current.length} due rows, not ${expected}`);
  if (current.some(({ dueAt }) => dueAt <= clock.now())) faults.push(`${subscription.id} has a due row nobody moved`);
  return faults;
}

/** Attempts that were intended, and of which no record says what came: the next process cannot know. */
export async function intentsWithoutRecord({
  subscriptions,
  heads,
  digests,
}: Pick<Judged, 'subscriptions' | 'heads' | 'digests'>): Promise<string[]> {
  const found: string[] = [];
  for await (const row of subscriptions.list()) {
    if (row.is === 'removed') continue;
    const { id } = row.subscription;
    const { digest } = (await heads.read(id)).head;
    if (digest?.state !== 'sending') continue;
    const stored = await digests.read(id, digest.sequence);
    if (!stored?.record.attempts.some(({ attempt }) => attempt === digest.attempt))
      found.push(`${id} ${digest.sequence} ${digest.attempt}`);
  }
  return found;
}
