/** Puts together what answers cards: buttons, links, and what finishes answers that a crash left. */
import { randomBytes } from 'node:crypto';
import type { HttpHandler } from '@azure/functions';
import { toActionInvoked } from '../../shared/actions/act-event.ts';
import { createAnswer } from '../../shared/actions/answer.ts';
import { createChangeByCard } from '../../shared/actions/change-by-card.ts';
import { createFindAsked } from '../../shared/actions/find-asked.ts';
import { createGiveAnswer } from '../../shared/actions/give-answer.ts';
import { createLinkAnswer } from '../../shared/actions/link-answer.ts';
import { createReaderSignIn } from '../../shared/actions/reader-sign-in.ts';
import { createRedrawCard } from '../../shared/actions/redraw-card.ts';
import { createVerifyIdToken, entraApplication } from '../../shared/identity/entra-sign-in.ts';
import { createVerifyEntraToken } from '../../shared/identity/entra-token.ts';
import type { Config } from '../../shared/platform/config.ts';
import { type IssuerForm, issuerRule } from '../../shared/platform/issuers.ts';
import { createEditSubscription } from '../../shared/subscriptions/edit-subscription.ts';
import { createPauseSubscription } from '../../shared/subscriptions/pause-subscription.ts';
import { createResumeSubscription } from '../../shared/subscriptions/resume-subscription.ts';
import { createCardActionsHandler } from '../card-actions.ts';
import { createLinksHandler } from '../links.ts';
import { changeDeps } from './changing.ts';
import { drawDigest } from './draw-digest.ts';
import { issuerKeys } from './issuer-keys.ts';
import * as parts from './parts.ts';
import * as tables from './tables.ts';

/** Microsoft's action service. Source: "Enable Entra ID tokens for actionable messages", Microsoft Learn. */
const ACTION_SERVICE = '48af08dc-f6d2-435f-b2a7-069abd99c086';

/** Who may sign tokens, with their keys: asked for at once, and looked at again in the background. */
const issuers = parts.once(async () => {
  const rules = (await parts.config()).ACTION_ISSUERS.flatMap((issuer) => issuerRule(issuer) ?? []);
  return Promise.all(rules.map(async (rule) => ({ rule, findKey: (await issuerKeys(rule.keysUrl)).find })));
});

const findAsked = parts.once(async () =>
  createFindAsked({
    subscriptions: await tables.subscriptions(),
    digests: await tables.digests(),
    heads: await tables.heads(),
    inbox: await tables.inbox(),
  }),
);

const giveAnswer = parts.once(async () => {
  const { PUBLIC_URL } = await parts.config();
  const connectorEvents = await parts.connectorEvents();
  const change = await changeDeps();
  const changeByCard = createChangeByCard({
    edit: createEditSubscription(change),
    pause: createPauseSubscription(change),
    resume: createResumeSubscription(change),
    now: change.clock.now,
  });
  return createGiveAnswer({
    acts: await tables.acts(),
    perform: (key, act) =>
      act.own === undefined ? connectorEvents.put(toActionInvoked(key, act, PUBLIC_URL)) : changeByCard(act),
    clock: await parts.clock(),
    log: parts.log,
  });
});

const answer = parts.once(async () =>
  createAnswer({
    findAsked: await findAsked(),
    giveAnswer: await giveAnswer(),
    acts: await tables.acts(),
    clock: await parts.clock(),
    telemetry: await parts.telemetry(),
  }),
);

/** `POST /actions`. */
export async function cardActionsHandler(): Promise<HttpHandler> {
  const [config, { product }, clock, draw] = await Promise.all([
    parts.config(),
    parts.catalogue(),
    parts.clock(),
    drawDigest(),
  ]);
  return createCardActionsHandler({
    verifyActor: createVerifyEntraToken({
      issuers: await issuers(),
      audienceOf: (form) => audienceOf(config, form),
      clients: [ACTION_SERVICE],
      now: clock.now, // the local Microsoft 365 goes by the same clock
    }),
    tokens: await parts.answerTokens(),
    answer: await answer(),
    redraw: createRedrawCard({
      inbox: await tables.inbox(),
      acts: await tables.acts(),
      draw: ({ subscription, digest }, summary, acts, own) =>
        draw({
          summary,
          subscription,
          digest,
          acts,
          own,
          card: digest.card ?? { style: 'normal', budgetBytes: config.CARD_BUDGET_BYTES },
        }),
    }),
    brandName: product.name,
    telemetry: await parts.telemetry(),
  });
}

/** `GET, HEAD, POST /links/{id}`. */
export async function linksHandler(): Promise<HttpHandler> {
  const [config, { product }, clock, signedTokens] = await Promise.all([
    parts.config(),
    parts.catalogue(),
    parts.clock(),
    parts.tokens(),
  ]);
  const found = await findAsked();
  const entra = (await issuers()).filter(({ rule }) => rule.form === 'v2');
  const issuer = entra[0]?.rule.issuer;
  const clientId = config.ENTRA_CLIENT_ID;
  return createLinksHandler({
    links: createLinkAnswer({
      tokens: await parts.answerTokens(),
      signedTokens,
      findAsked: found,
      describe: async (asked) => {
        const { event, action } = await found.findAction(asked);
        return {
          title: action.title,
          about: event?.data.title ?? asked.subscription.target.name,
          inputs: action.inputs,
        };
      },
      acts: await tables.acts(),
      answer: await answer(),
    }),
    signIn: createReaderSignIn({
      tokens: signedTokens,
      verifyIdToken: createVerifyIdToken(
        createVerifyEntraToken({ issuers: entra, audienceOf: () => clientId, now: clock.now }),
      ),
      entra: issuer === undefined || clientId === undefined ? undefined : entraApplication(issuer, clientId),
      publicUrl: config.PUBLIC_URL,
      newSecret: () => randomBytes(16).toString('base64url'),
    }),
    brand: product,
    telemetry: await parts.telemetry(),
    undoOf: (await parts.answerTokens()).undoOf,
  });
}

/** Loads what answers need: keys from the vault, the issuers' keys, the catalogue. */
export async function warmUp(): Promise<void> {
  await Promise.all([cardActionsHandler(), linksHandler()]);
}

/** Finishes answers that crashes left. */
export async function finishAnswers(): Promise<{ readonly finished: number; readonly failed: number }> {
  const [acts, { finishLeft }] = await Promise.all([tables.acts(), giveAnswer()]);
  return finishLeft(acts.listPending());
}

/** What the token of a press is for: our application, in the older form our address. */
function audienceOf(config: Config, form: IssuerForm): string | undefined {
  const { ENTRA_CLIENT_ID, CONNECTOR_APP_ID, ACTION_AUDIENCE, PUBLIC_URL } = config;
  if (form === 'legacy') return new URL(PUBLIC_URL).origin;
  if (form === 'v2' || ENTRA_CLIENT_ID === undefined) return ENTRA_CLIENT_ID;
  return ACTION_AUDIENCE ?? `api://auth-am-${CONNECTOR_APP_ID}/${ENTRA_CLIENT_ID}`;
}
