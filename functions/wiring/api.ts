/** Puts together the owners' API. */
import { randomBytes } from 'node:crypto';
import type { HttpHandler } from '@azure/functions';
import { createAdoptDraftTest } from '../../shared/delivery/draft-tests.ts';
import { createLimits, ownerOf } from '../../shared/identity/limits.ts';
import type { Session } from '../../shared/identity/session.ts';
import { createAddOwner } from '../../shared/subscriptions/add-owner.ts';
import { createChangeOwn } from '../../shared/subscriptions/change-own.ts';
import { createCheckChoices } from '../../shared/subscriptions/check-choices.ts';
import { createCreateSubscription } from '../../shared/subscriptions/create-subscription.ts';
import { createEditSubscription } from '../../shared/subscriptions/edit-subscription.ts';
import { createReadOwnSubscription } from '../../shared/subscriptions/own-subscription.ts';
import { createReadOwnerRequest } from '../../shared/subscriptions/owner-request.ts';
import { createPauseSubscription } from '../../shared/subscriptions/pause-subscription.ts';
import { recogniseOwn } from '../../shared/subscriptions/recognise-draft.ts';
import { createRemoveSubscription } from '../../shared/subscriptions/remove-subscription.ts';
import { createResumeSubscription } from '../../shared/subscriptions/resume-subscription.ts';
import { createRotateWebhook } from '../../shared/subscriptions/rotate-webhook.ts';
import { createSendNow } from '../../shared/subscriptions/send-now.ts';
import type { Subscription } from '../../shared/subscriptions/subscription.ts';
import { viewOf } from '../../shared/subscriptions/subscription-view.ts';
import { createCatalogueHandler } from '../catalogue.ts';
import * as subscription from '../subscription.ts';
import { createAnswerSubscription } from '../subscription-answer.ts';
import * as wishes from '../subscription-wishes.ts';
import * as subscriptions from '../subscriptions.ts';
import { changeDeps } from './changing.ts';
import { sessions } from './identity.ts';
import * as parts from './parts.ts';
import { storeDeps, webhookDeps } from './subscribing.ts';
import * as tables from './tables.ts';

/** Who asks for which subscription. */
export const readOwner = parts.once(async () => createReadOwnerRequest(await sessions(), await readOwn()));

/** How often an owner may do things. */
export const limit = parts.once(async () => createLimits({ once: await tables.once(), now: Date.now }));

/** Judges choices by the catalogue. */
export const checkChoices = parts.once(async () => {
  const types = new Set((await parts.catalogue()).topics.map(({ type }) => type));
  return createCheckChoices({ topics: () => types, readOwn: await readOwn() });
});

/** Reads one's own subscription. */
export const readOwn = parts.once(async () => createReadOwnSubscription(await tables.subscriptions()));

/** A subscription as the API shows it. */
export const show = parts.once(async () => {
  const { read } = await tables.heads();
  return async (one: Subscription) => viewOf(one, (await read(one.id)).head.health);
});

const ownDeps = parts.once(async () => {
  const [change, webhook] = await Promise.all([changeDeps(), webhookDeps()]);
  const own = createChangeOwn({
    edit: createEditSubscription(change),
    pause: createPauseSubscription(change),
    resume: createResumeSubscription(change),
    rotate: createRotateWebhook({ ...change, ...webhook }),
    remove: createRemoveSubscription({ ...change, ...webhook }),
    sendNow: createSendNow(change),
    addOwner: createAddOwner(change),
    checkChoices: await checkChoices(),
    extraHosts: webhook.extraHosts,
    clock: change.clock,
  });
  return { own, readOwner: await readOwner(), answer: createAnswerSubscription(await show()) };
});

/** `GET /api/catalogue`. */
export async function catalogueHandler(): Promise<HttpHandler> {
  return createCatalogueHandler({
    sessions: await sessions(),
    catalogue: await parts.catalogue(),
    scopes: await tables.accountScopes(),
  });
}

const adoptTest = parts.once(async () => {
  const [{ extraHosts }, clock] = await Promise.all([webhookDeps(), parts.clock()]);
  const adopt = createAdoptDraftTest({ once: await tables.once(), heads: await tables.heads(), clock });
  return async (session: Session, webhook: string, subscriptionId: string) =>
    adopt({ recognised: recogniseOwn(session.person, webhook, extraHosts), by: ownerOf(session) }, subscriptionId);
});

/** `GET` and `POST /api/subscriptions`. */
export async function subscriptionsHandler(): Promise<HttpHandler> {
  const deps = {
    sessions: await sessions(),
    list: (await tables.subscriptions()).list,
    show: await show(),
    checkChoices: await checkChoices(),
    limit: await limit(),
    create: createCreateSubscription({ ...(await storeDeps()), random: randomBytes }),
    adoptTest: await adoptTest(),
  };
  return byMethod({
    GET: subscriptions.createListSubscriptionsHandler(deps),
    POST: subscriptions.createCreateSubscriptionHandler(deps),
  });
}

/** `GET`, `PATCH` and `DELETE /api/subscriptions/{id}`. */
export async function subscriptionHandler(): Promise<HttpHandler> {
  const deps = await ownDeps();
  return byMethod({
    GET: subscription.createReadSubscriptionHandler(deps),
    PATCH: subscription.createChangeSubscriptionHandler(deps),
    DELETE: subscription.createRemoveSubscriptionHandler(deps),
  });
}

/** `PUT /api/subscriptions/{id}/webhook`. */
export async function rotateWebhookHandler(): Promise<HttpHandler> {
  return subscription.createRotateWebhookHandler(await ownDeps());
}

/** `POST /api/subscriptions/{id}/pause` and its like. */
export async function wishHandler(wish: 'pause' | 'resume' | 'send-now' | 'owners'): Promise<HttpHandler> {
  const handlers = {
    pause: wishes.createPauseHandler,
    resume: wishes.createResumeHandler,
    'send-now': wishes.createSendNowHandler,
    owners: wishes.createJoinHandler,
  };
  return handlers[wish](await ownDeps());
}

function byMethod(handlers: Readonly<Record<string, HttpHandler>>): HttpHandler {
  return async (request, context) => {
    const handler = handlers[request.method];
    if (handler === undefined) return { status: 405 };
    return handler(request, context);
  };
}
