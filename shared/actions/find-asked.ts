/** Finds what a token answers: the subscription as it stands, the digest as frozen, the event and its action. */
import { speechOf } from '../cards/messages/languages.ts';
import type { CurrentDigest, DigestRecord } from '../digests/digest.ts';
import { parseDigestId } from '../digests/digest.ts';
import type { DigestsTable } from '../digests/digests-table.ts';
import type { HeadTable } from '../digests/head-table.ts';
import type { Event, EventAction } from '../events/event.ts';
import { positionOf } from '../events/event-identity.ts';
import type { InboxTable } from '../events/inbox-table.ts';
import { eventsOf, isSkipped } from '../events/page.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { SubscriptionsTable } from '../subscriptions/subscriptions-table.ts';
import type { Answerable } from './act-key.ts';
import { ActionGoneError, ActionUnknownError } from './errors.ts';
import { describeOwnAction, type OwnAction, parseOwnAction } from './own-action.ts';

/** A digest as far as its card needs it. */
export type AskedDigest = Pick<
  DigestRecord,
  | 'sequence'
  | 'frozenAt'
  | 'firstPage'
  | 'lastPage'
  | 'count'
  | 'card'
  | 'alreadyShown'
  | 'traceparent'
  | 'locale'
  | 'timeZone'
>;

/** What was asked. */
export interface Asked {
  readonly answerable: Answerable;
  readonly subscription: Subscription;
  readonly digest: AskedDigest;
}

/** What can be answered: an action of an event, or without one of the connector's own. */
export interface AskedAction {
  readonly event?: Event | undefined;
  readonly own?: OwnAction | undefined;
  readonly action: EventAction;
}

interface Deps {
  readonly subscriptions: Pick<SubscriptionsTable, 'read'>;
  readonly digests: Pick<DigestsTable, 'read'>;
  readonly heads: Pick<HeadTable, 'read'>;
  readonly inbox: Pick<InboxTable, 'listPages'>;
}

/** Finds subscription and digest, then the event. */
export function createFindAsked({ subscriptions, digests, heads, inbox }: Deps) {
  return {
    /** The subscription and the digest. @throws ActionGoneError for a tombstone, ActionUnknownError for anything else not there. */
    async find(answerable: Answerable): Promise<Asked> {
      const parts = parseDigestId(answerable.digest);
      if (parts === undefined) throw new ActionUnknownError();
      const [row, stored] = await Promise.all([
        subscriptions.read({ account: answerable.account, id: parts.subscriptionId }),
        digests.read(parts.subscriptionId, parts.sequence),
      ]);
      if (row?.is !== 'present') throw new ActionGoneError();
      // A card can be pressed before its record is written.
      const digest = stored?.record ?? (await current(parts.subscriptionId, parts.sequence));
      if (digest === undefined) throw new ActionUnknownError();
      return { answerable, subscription: row.subscription, digest };
    },

    /** The action, of the event in the digest's pages or of the connector's own. @throws ActionUnknownError when it is kept no longer. */
    async findAction({ answerable, subscription, digest }: Asked): Promise<AskedAction> {
      if (answerable.event === undefined) {
        const own = parseOwnAction(answerable.action);
        if (own === undefined) throw new ActionUnknownError();
        return { own, action: describeOwnAction(own, speechOf(digest.locale).messages) };
      }
      const event = await readEvent(subscription.id, digest, answerable);
      const action = event?.data.actions?.find(({ id }) => id === answerable.action);
      if (event === undefined || action === undefined) throw new ActionUnknownError();
      return { event, action };
    },
  };

  async function current(subscriptionId: string, sequence: number): Promise<CurrentDigest | undefined> {
    const digest = (await heads.read(subscriptionId)).head.digest;
    return digest?.sequence === sequence && digest.state !== 'freezing' ? digest : undefined;
  }

  /** Identities are 16 bytes an event: the one page that holds it is read whole. */
  async function readEvent(
    subscriptionId: string,
    { firstPage, lastPage }: AskedDigest,
    { digest: digestId, event = '' }: Answerable,
  ): Promise<Event | undefined> {
    if (firstPage === undefined) return undefined;
    const range = { subscriptionId, digestId, from: firstPage, to: lastPage };
    const wanted = Buffer.from(event, 'base64url');
    for await (const { key, identities, skip } of inbox.listPages({ ...range, columns: 'identities' })) {
      const position = positionOf(wanted, identities);
      if (position === undefined || isSkipped(skip, position)) continue;
      for await (const page of inbox.listPages({ ...range, from: key, to: key })) return eventsOf(page)[position];
    }
    return undefined;
  }
}

/** Finds what is asked. */
export type FindAsked = ReturnType<typeof createFindAsked>;
