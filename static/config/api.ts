/** The API as this page uses it, and the shapes it answers with. */
import type { Choices } from '../../shared/subscriptions/subscription.ts';
import type { Call, Client } from './client.ts';
import { isConflict } from './problem.ts';

/** A topic that can be chosen. Texts are by language. */
export interface Topic {
  readonly type: string;
  readonly group: Texts;
  readonly recommended: boolean;
  readonly name: Texts;
  readonly description: Texts;
}
/** A text by language, English always among them; or one text for all. */
export type Texts = string | Readonly<Record<string, string>>;
/** A part of the account. */
export interface Scope {
  readonly id: string;
  readonly name: string;
}
/** What can be chosen. */
export interface Catalogue {
  readonly topics: readonly Topic[];
  readonly scopes: readonly Scope[];
}

/** Where the cards go. */
export interface TargetView {
  readonly appType: 'teams' | 'groups' | 'mail';
  readonly name: string;
  readonly kind: WebhookKind;
  readonly host?: string;
}
/** Which cards a webhook takes. */
export type WebhookKind = 'connector' | 'workflow';

/** How the channel does. Times are ISO 8601. */
export interface HealthView {
  readonly lastDeliveredAt?: string | null;
  readonly failingSince?: string | null;
  readonly reason?: string | null;
  /** Events that nobody will be shown, and when the latest went. */
  readonly dropped?: {
    readonly events: number;
    readonly at: string | null;
    readonly because: 'waited' | 'too-many' | null;
  } | null;
}

/** A subscription as the API shows it. */
export interface SubscriptionView extends Choices {
  readonly id: string;
  readonly account: string;
  readonly target: TargetView;
  readonly state: 'active' | 'paused' | 'disabled';
  readonly until?: string | null;
  readonly keep?: boolean;
  readonly reason?: string | null;
  readonly revision: number;
  readonly health?: HealthView;
}

/** What will happen: instants as ISO 8601, the card as it would be posted. */
export interface PreviewView {
  readonly next: readonly string[];
  /** When the card was drawn: the test card of this instant is the same, byte for byte. */
  readonly at?: string;
  readonly card: { readonly kind: WebhookKind; readonly body: string };
  readonly from: 'events' | 'samples';
  readonly clockChanges: readonly ClockChange[];
  readonly waiting?: number;
  /** There were too many to count them all. */
  readonly waitingIsAtLeast?: boolean;
}

/** The clocks have changed since the time before, by these offsets; `isMoved`: the chosen time is skipped that day. */
export interface ClockChange {
  readonly at: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly isMoved: boolean;
}

/** What a test card came to. */
export interface TestView {
  readonly outcome: string;
  readonly reason?: string | null;
  /** By which it is told whether the card was seen. */
  readonly id?: string;
  readonly at?: string;
  readonly seen?: boolean | null;
}

/** A digest that was sent, or is being sent. */
export interface DeliveryView {
  readonly id: string;
  readonly at: string;
  readonly count: number;
  readonly state: string;
  readonly outcome?: string | null;
  readonly reason?: string | null;
  readonly nextAttemptAt?: string | null;
  readonly page?: string | null;
}

/** What was sent to a channel, and its last test card. */
export interface TimelineView {
  readonly deliveries: readonly DeliveryView[];
  readonly test?: TestView | null | undefined;
}

/** What a new subscription is made of. */
export interface NewSubscription extends Choices {
  readonly target: { readonly appType: TargetView['appType']; readonly name: string };
  readonly webhook: string;
}

/** A subscription that was made, with the key that only its channel's settings keep. */
export type CreatedSubscription = SubscriptionView & { readonly channelKey?: string };

/** What a preview is asked of; an existing subscription lends it its events. */
export type DraftPreview = Choices & {
  readonly kind: WebhookKind;
  readonly appType?: TargetView['appType'];
  readonly subscriptionId?: string;
};

/**
 * The calls. A change is based on the subscription as it was `seen`; another person's in between is refused with 412. What the
 * connector itself did meanwhile, stopping at a dead webhook or starting again, is nobody's conflict: the change goes on.
 */
export interface Api {
  catalogue(): Promise<Catalogue>;
  list(channelKey?: string): Promise<readonly SubscriptionView[]>;
  read(id: string): Promise<SubscriptionView>;
  create(subscription: NewSubscription): Promise<CreatedSubscription>;
  change(seen: SubscriptionView, choices: Partial<Choices>): Promise<SubscriptionView>;
  remove(seen: SubscriptionView): Promise<void>;
  rotate(seen: SubscriptionView, webhook: string): Promise<SubscriptionView>;
  pause(seen: SubscriptionView, how: { keep: boolean; until?: string }): Promise<SubscriptionView>;
  resume(seen: SubscriptionView): Promise<SubscriptionView>;
  sendNow(id: string): Promise<void>;
  takeOver(id: string, channelKey: string): Promise<SubscriptionView>;
  preview(draft: DraftPreview, signal: AbortSignal): Promise<PreviewView>;
  previewOf(id: string): Promise<PreviewView>;
  /** `at`: the preview's, to post the very card that it shows. */
  test(id: string, at?: string): Promise<TestView>;
  seen(id: string, test: string, seen: boolean): Promise<void>;
  /** The same for a webhook that is not saved yet. */
  draftSeen(webhook: string, test: string, seen: boolean): Promise<void>;
  testDraft(draft: Choices & { webhook: string; at?: string }): Promise<TestView>;
  deliveries(id: string): Promise<TimelineView>;
  forgetLink(): Promise<void>;
}

/** The API over a client. */
export function createApi({ call }: Client): Api {
  const at = (id: string, rest = '') => `/api/subscriptions/${encodeURIComponent(id)}${rest}`;
  const read = (id: string) => call<SubscriptionView>({ path: at(id) });

  async function change<T>(seen: SubscriptionView, asked: Omit<Call, 'revision' | 'path'>, rest = ''): Promise<T> {
    const path = at(seen.id, rest);
    try {
      return await call({ ...asked, path, revision: seen.revision });
    } catch (error) {
      if (!isConflict(error)) throw error;
      const now = await read(seen.id);
      if (!isOnlyStoppedOrStarted(seen, now)) throw error;
      return call({ ...asked, path, revision: now.revision });
    }
  }

  return {
    catalogue: () => call({ path: '/api/catalogue' }),
    list: async (channelKey) =>
      (await call<{ subscriptions: SubscriptionView[] }>({ path: '/api/subscriptions', channelKey })).subscriptions,
    read,
    create: (body) => call({ method: 'POST', path: '/api/subscriptions', body }),
    change: (seen, body) => change(seen, { method: 'PATCH', body }),
    remove: (seen) => change(seen, { method: 'DELETE' }),
    rotate: (seen, webhook) => change(seen, { method: 'PUT', body: { webhook } }, '/webhook'),
    pause: (seen, body) => change(seen, { method: 'POST', body }, '/pause'),
    resume: (seen) => change(seen, { method: 'POST' }, '/resume'),
    sendNow: (id) => call({ method: 'POST', path: at(id, '/send-now') }),
    takeOver: (id, channelKey) => call({ method: 'POST', path: at(id, '/owners'), channelKey }),
    preview: (body, signal) => call({ method: 'POST', path: '/api/preview', body, signal }),
    previewOf: (id) => call({ path: at(id, '/preview') }),
    test: (id, when) => call({ method: 'POST', path: at(id, '/test'), body: when === undefined ? {} : { at: when } }),
    seen: (id, test, seen) => call({ method: 'POST', path: at(id, '/test'), body: { id: test, seen } }),
    draftSeen: (webhook, test, seen) => call({ method: 'POST', path: '/api/test', body: { webhook, id: test, seen } }),
    testDraft: (body) => call({ method: 'POST', path: '/api/test', body }),
    deliveries: (id) => call({ path: at(id, '/deliveries') }),
    forgetLink: () => call({ method: 'DELETE', path: '/api/link' }),
  };
}

/** What a person does not decide: delivery stops at a dead webhook, and starts again. */
const ITS_OWN = ['revision', 'health', 'reason', 'since', 'nextProbe', 'channelKey'];

/** True when nothing that a person decides differs. */
function isOnlyStoppedOrStarted(seen: SubscriptionView, now: SubscriptionView): boolean {
  const decided = (of: SubscriptionView) =>
    JSON.stringify({ ...of, state: of.state === 'paused' }, (name, value) =>
      ITS_OWN.includes(name) ? undefined : value,
    );
  return decided(seen) === decided(now);
}

/** A text for a reader: in their language, else in English. */
export function textIn(texts: Texts, locale: string): string {
  if (typeof texts === 'string') return texts;
  const language = locale.split('-')[0] ?? 'en';
  return texts[locale] ?? texts[language] ?? texts['en'] ?? Object.values(texts)[0] ?? '';
}
