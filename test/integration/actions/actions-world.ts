/** Answering, whole: real tables, the real renderer and handlers, an issuer with keys of its own, and what the product is told. */
import { type HttpHandler, HttpRequest, type HttpResponseInit, InvocationContext } from '@azure/functions';
import {
  CompactSign,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { createCardActionsHandler } from '../../../functions/card-actions.ts';
import { createLinksHandler } from '../../../functions/links.ts';
import { toActionInvoked } from '../../../shared/actions/act-event.ts';
import { createActsTable } from '../../../shared/actions/acts-table.ts';
import { createAnswer } from '../../../shared/actions/answer.ts';
import { createAnswerTokens } from '../../../shared/actions/answer-tokens.ts';
import { createChangeByCard } from '../../../shared/actions/change-by-card.ts';
import { createFindAsked } from '../../../shared/actions/find-asked.ts';
import { createGiveAnswer } from '../../../shared/actions/give-answer.ts';
import { createLinkAnswer } from '../../../shared/actions/link-answer.ts';
import { createReaderSignIn } from '../../../shared/actions/reader-sign-in.ts';
import { createRedrawCard } from '../../../shared/actions/redraw-card.ts';
import { readFollowed } from '../../../shared/actions/shown-acts.ts';
import type { Audience, ShownAct } from '../../../shared/cards/card-input.ts';
import { renderCard } from '../../../shared/cards/render-card.ts';
import type { DigestSummary } from '../../../shared/digests/digest-summary.ts';
import type { Event } from '../../../shared/events/event.ts';
import { createVerifyIdToken } from '../../../shared/identity/entra-sign-in.ts';
import { createVerifyEntraToken } from '../../../shared/identity/entra-token.ts';
import { createSignedTokens } from '../../../shared/identity/signed-token.ts';
import { answering } from '../../../shared/platform/answering.ts';
import type { ConnectorEvent } from '../../../shared/platform/connector-events-queue.ts';
import { issuerRule } from '../../../shared/platform/issuers.ts';
import { createEditSubscription } from '../../../shared/subscriptions/edit-subscription.ts';
import { createPauseSubscription } from '../../../shared/subscriptions/pause-subscription.ts';
import { createResumeSubscription } from '../../../shared/subscriptions/resume-subscription.ts';
import type { Subscription } from '../../../shared/subscriptions/subscription.ts';
import { CANARY } from '../../canary/marks.ts';
import { look, watchedLog, watchedTelemetry } from '../../canary/watched-ports.ts';
import { aKey, aKeyRing } from '../../unit/identity/fixtures.ts';
import { anEvent, aSubscription } from '../../world/make.ts';
import { aWorld, type WorldOptions } from '../../world/world.ts';

export const PUBLIC_URL = 'https://tidings.example';
export const CLIENT = 'c0ffee00-0000-4000-8000-000000000002';
export const AUDIENCE_V1 = `api://auth-am-c0ffee00-0000-4000-8000-000000000001/${CLIENT}`;
export const CONTOSO = '72f988bf-0000-4000-8000-00000000c0a1';
export const CHLOE = '0b1ec700-0000-4000-8000-0000000000a3';
export const ACTION_SERVICE = '48af08dc-f6d2-435f-b2a7-069abd99c086';
export const ISSUERS = {
  v2: (tid = CONTOSO) => `https://login.microsoftonline.com/${tid}/v2.0`,
  v1: (tid = CONTOSO) => `https://sts.windows.net/${tid}/`,
  legacy: () => 'https://substrate.office.com/sts/',
};
const RULES = ['https://login.microsoftonline.com/{tid}/v2.0', 'https://sts.windows.net/{tid}/'];

/** Made once for a file: keys take a while. */
const entraKey = generateKeyPair('RS256', { extractable: true });
const strangeKey = generateKeyPair('RS256', { extractable: true });

/** What differs from the usual world. */
export interface ActionsWorldOptions {
  readonly world?: WorldOptions;
  readonly subscription?: Partial<Subscription>;
  readonly events?: readonly Event[];
  readonly legacy?: boolean;
  /** The connector's own actions on the card. */
  readonly withOwn?: boolean;
  /** Called with each event that the product is told; may fail. */
  readonly onPut?: (event: ConnectorEvent) => Promise<void>;
}

/** A digest that was delivered, and everything to answer it with. */
export async function anActionsWorld({ legacy = false, withOwn = false, onPut, ...given }: ActionsWorldOptions = {}) {
  const told: ConnectorEvent[] = [];
  const logged: string[] = [];
  const ring = aKeyRing(aKey('k1', 1));
  let draw: (
    summary: DigestSummary,
    subscription: Subscription,
    acts?: Audience['acts'],
    own?: readonly ShownAct[],
  ) => Promise<string>;
  const world = await aWorld({
    ...given.world,
    deps: { drawCard: (summary, _digest, subscription) => draw(summary, subscription) },
  });
  const { clock, storage, deps } = world;
  const signedTokens = createSignedTokens({ keys: ring, now: clock.now });
  const tokens = createAnswerTokens({ tokens: signedTokens, publicUrl: PUBLIC_URL, buttons: true });
  const acts = createActsTable(storage.table('once'));
  const brand = { name: 'Octoforge', colour: '#1f6feb', logo: '/static/brand/octoforge.png' };
  const channelAfter = ({ digestId, frozenAt }: DigestSummary, done: readonly ShownAct[]) => ({
    buttons: withOwn
      ? tokens.ownOn(
          { id: digestId, account: 'acme', frozenAt },
          'en',
          done.map(({ action }) => action),
        )
      : [],
    acts: done,
  });
  draw = async (summary, { account, target }, shownActs, own) =>
    renderCard({
      summary,
      kind: target.kind,
      appType: target.appType,
      locale: 'en',
      timeZone: 'UTC',
      brand,
      topicName: (type) => type,
      links: {
        digest: `${PUBLIC_URL}/digests/x`,
        answer: tokens.answerOn({ id: summary.digestId, account, frozenAt: summary.frozenAt }),
      },
      follows: await readFollowed(acts, account, summary),
      acts: shownActs,
      channel: channelAfter(summary, []),
      channelNow: own === undefined ? undefined : channelAfter(summary, own),
      budgetBytes: 18_000,
      style: 'normal',
    });

  const changeByCard = createChangeByCard({
    edit: createEditSubscription(deps),
    pause: createPauseSubscription(deps),
    resume: createResumeSubscription(deps),
    now: clock.now,
  });
  const findAsked = createFindAsked(deps);
  const giveAnswer = createGiveAnswer({
    acts,
    perform: async (key, act) => {
      if (act.own !== undefined) return changeByCard(act);
      const event = toActionInvoked(key, act, PUBLIC_URL);
      await onPut?.(event);
      told.push(event);
    },
    clock,
    log: watchedLog,
  });
  const answer = createAnswer({ findAsked, giveAnswer, acts, clock, telemetry: watchedTelemetry });
  const { publicKey, privateKey } = await entraKey;
  const findKey = createLocalJWKSet({
    keys: [{ ...(await exportJWK(publicKey)), kid: 'entra-1', alg: 'RS256', use: 'sig' }],
  });
  const issuers = [...RULES, ...(legacy ? [ISSUERS.legacy()] : [])]
    .flatMap((issuer) => issuerRule(issuer) ?? [])
    .map((rule) => ({ rule, findKey }));
  const audiences = { v2: CLIENT, v1: AUDIENCE_V1, legacy: PUBLIC_URL };
  const verifyActor = createVerifyEntraToken({
    issuers,
    audienceOf: (form) => audiences[form],
    clients: [ACTION_SERVICE],
    now: clock.now,
  });
  const redraw = createRedrawCard({
    inbox: deps.inbox,
    acts,
    draw: ({ subscription }, summary, shown, own) => draw(summary, subscription, shown, own),
  });
  const cardActions = createCardActionsHandler({
    verifyActor,
    tokens,
    answer,
    redraw,
    brandName: brand.name,
    telemetry: watchedTelemetry,
  });
  const links = createLinksHandler({
    telemetry: watchedTelemetry,
    links: createLinkAnswer({
      tokens,
      signedTokens,
      findAsked,
      describe: async (asked) => {
        const { event, action } = await findAsked.findAction(asked);
        return { title: action.title, about: event?.data.title ?? '', inputs: action.inputs };
      },
      acts,
      answer,
    }),
    signIn: createReaderSignIn({
      tokens: signedTokens,
      verifyIdToken: createVerifyIdToken(createVerifyEntraToken({ issuers, audienceOf: () => CLIENT, now: clock.now })),
      entra: { authority: 'https://login.microsoftonline.com', clientId: CLIENT },
      publicUrl: PUBLIC_URL,
      newSecret: () => 'a-secret-of-this-browser',
    }),
    brand,
    undoOf: tokens.undoOf,
  });

  const subscription = await world.subscribe(
    aSubscription({
      target: { appType: 'teams', name: 'Build room', kind: 'connector', host: 'x', tenant: CONTOSO },
      ...given.subscription,
    }),
  );
  await world.receive(given.events ?? someEvents(8));
  await world.runUntil('2026-11-23T09:02:00Z');

  async function call(handler: HttpHandler, request: ConstructorParameters<typeof HttpRequest>[0]) {
    const logHandler = (level: string, ...words: unknown[]) => void logged.push(JSON.stringify([level, ...words]));
    const context = new InvocationContext({ functionName: 'test', invocationId: 'i', logHandler });
    const made = (await answering(handler)(new HttpRequest(request), context)) as HttpResponseInit;
    look('an answer', JSON.stringify(made), 'marked');
    look('a line of the log', logged.join('\n'), 'any-token');
    return {
      status: made.status ?? 200,
      headers: new Headers(made.headers as Record<string, string>),
      text: String(made.body ?? ''),
      cookies: made.cookies ?? [],
    };
  }

  const seconds = () => Math.floor(clock.now() / 1_000);

  return {
    ...world,
    acts,
    answer,
    giveAnswer,
    signedTokens,
    tokens,
    ring,
    told,
    /** Each line that a handler logged, as JSON. */
    logged,
    subscription,
    /** The card that was posted last. */
    card: () => JSON.parse(world.posted.at(-1)?.body ?? '{}') as Card,

    /** The claims of a good token of each form. */
    claims(form: 'v2' | 'v1' | 'legacy' = 'v2'): JWTPayload {
      const times = { iat: seconds(), nbf: seconds() - 300, exp: seconds() + 3_600 };
      const person = { ...times, uti: CANARY, oid: CHLOE, tid: CONTOSO, name: 'Chloe Dupont', sub: 'pairwise' };
      switch (form) {
        case 'v2':
          return { ...person, iss: ISSUERS.v2(), aud: CLIENT, azp: ACTION_SERVICE, ver: '2.0' };
        case 'v1':
          return { ...person, iss: ISSUERS.v1(), aud: AUDIENCE_V1, appid: ACTION_SERVICE, ver: '1.0' };
        case 'legacy':
          return {
            ...times,
            iss: ISSUERS.legacy(),
            aud: PUBLIC_URL,
            appid: ACTION_SERVICE,
            sub: CHLOE,
            tid: CONTOSO,
            ver: 'STI.ExternalAccessToken.V1',
          };
      }
    },

    /** A token of Microsoft's; `claims` and `header` go over the good ones, undefined takes one away. */
    async actorToken(claims: object = {}, header: object = {}, form: 'v2' | 'v1' | 'legacy' = 'v2'): Promise<string> {
      const payload = withoutUndefined({ ...this.claims(form), ...claims });
      const fields = withoutUndefined({ alg: 'RS256', typ: 'JWT', kid: 'entra-1', x5t: 'entra-1', ...header });
      return new SignJWT(payload).setProtectedHeader(fields as JWTHeaderParameters).sign(privateKey);
    },

    /** The same over claims as text, for what no library writes. */
    async actorTokenOf(json: string): Promise<string> {
      return new CompactSign(new TextEncoder().encode(json))
        .setProtectedHeader({ alg: 'RS256', kid: 'entra-1' })
        .sign(privateKey);
    },

    publicKey,
    strangeKey: async () => (await strangeKey).privateKey,

    /** Presses a button: what Microsoft's servers would send, with a good token unless another is given. */
    async press(
      body: object | string,
      { token, headers = {} }: { token?: string; headers?: Record<string, string> } = {},
    ) {
      const bearer = token ?? (await this.actorToken());
      return call(cardActions, {
        method: 'POST',
        url: `${PUBLIC_URL}/actions`,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}`, ...headers },
        body: { string: typeof body === 'string' ? body : JSON.stringify(body) },
      });
    },

    /** Opens a link, or sends its form. */
    async link(
      method: 'GET' | 'HEAD' | 'POST',
      address: string,
      form?: Record<string, string>,
      cookie = '',
      language = '',
    ) {
      const url = new URL(address, PUBLIC_URL);
      return call(links, {
        method,
        url: url.href,
        params: { id: url.pathname.split('/').at(-1) ?? '' },
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          ...(cookie === '' ? {} : { cookie }),
          'accept-language': language,
        },
        ...(form === undefined ? {} : { body: { string: new URLSearchParams(form).toString() } }),
      });
    },
  };
}

/** A world, as `anActionsWorld` makes it. */
export type ActionsWorld = Awaited<ReturnType<typeof anActionsWorld>>;

/** A card's buttons as posted: `body` is the JSON that a press sends. */
export interface Card {
  readonly sections: readonly {
    readonly activityTitle?: string;
    readonly text?: string;
    readonly potentialAction?: readonly Button[];
  }[];
  readonly potentialAction?: readonly Button[];
}

export interface Button {
  readonly '@type': string;
  readonly name: string;
  readonly target?: string;
  readonly body?: string;
  readonly inputs?: readonly { readonly id: string }[];
  readonly actions?: readonly Button[];
}

/** Every button of a card that is answered by a POST, in order. */
export function buttonsOf(card: Card): Button[] {
  const all = [...card.sections.flatMap((section) => section.potentialAction ?? []), ...(card.potentialAction ?? [])];
  return all
    .flatMap((button) => (button.actions === undefined ? [button] : button.actions))
    .filter((button) => button['@type'] === 'HttpPOST');
}

/** What pressing a button sends, with values put in. */
export function bodyOf(
  button: Button | undefined,
  values: Record<string, string> = {},
): { token: string; values?: object } {
  const body = (button?.body ?? '{}').replace(/\{\{(\w+)\.value\}\}/g, (whole, id: string) =>
    id in values ? JSON.stringify(values[id]).slice(1, -1) : whole,
  );
  return JSON.parse(body);
}

/** Events that ask to be answered. */
export function someEvents(count: number): Event[] {
  return Array.from({ length: count }, (_, index) =>
    anEvent({
      data: { title: `Build ${index + 1} failed`, actions: [{ id: 'rerun', title: 'Run again' }] },
    }),
  );
}

function withoutUndefined(members: object): JWTPayload {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
