/** The tokens behind a card's buttons and links: each is good for one answer, for 31 days. */
import { z } from 'zod';
import type { AnswerLinks } from '../cards/card-input.ts';
import type { ViewButton } from '../cards/card-view.ts';
import { toViewInput } from '../cards/event-buttons.ts';
import { speechOf } from '../cards/messages/languages.ts';
import type { Event, EventAction } from '../events/event.ts';
import type { SignedTokens, TokenFault } from '../identity/signed-token.ts';
import { LINKS_MS } from '../platform/retention.ts';
import type { Act } from './act.ts';
import { type Answerable, actKey, answerableEvent, linkIdOf } from './act-key.ts';
import { ActionTokenError, type ActionTokenFault } from './errors.ts';
import { describeOwnAction, ownActionsAfter, parseOwnAction } from './own-action.ts';

const LIFETIME_SECONDS = LINKS_MS / 1000;

/** One letter each: a card carries up to thirty of these. */
const claimsSchema = z
  .object({ d: z.string(), a: z.string(), e: z.string().optional(), n: z.string() })
  .transform(({ d, a, e, n }): Answerable => ({ digest: d, account: a, event: e, action: n }));

/** A digest whose card is drawn: tokens come out the same each time. */
export interface AnsweredDigest {
  readonly id: string;
  readonly account: string;
  readonly frozenAt: number;
}

/** `buttons`: false where nobody could check who presses one, so that cards show links instead. */
export interface AnswerTokensDeps {
  readonly tokens: SignedTokens;
  readonly publicUrl: string;
  readonly buttons: boolean;
}

/** Where something was done that may be taken back. */
interface UndoneOn {
  readonly answerable: Answerable;
  readonly digest: { readonly locale: string; readonly frozenAt: number };
}

/** Makes the tokens and reads them. */
export type AnswerTokens = ReturnType<typeof createAnswerTokens>;

/** Nothing is stored: the tokens carry it all. */
export function createAnswerTokens({ tokens, publicUrl, buttons }: AnswerTokensDeps) {
  function linksTo(answerable: Answerable, issuedAt: number): AnswerLinks {
    const { digest: d, account: a, event: e, action: n } = answerable;
    const claims = { d, a, ...(e === undefined ? {} : { e }), n };
    const sign = (purpose: 'action' | 'link') =>
      tokens.signNow({ purpose, claims, lifetimeSeconds: LIFETIME_SECONDS, issuedAt });
    const page = `${publicUrl}/links/${linkIdOf(actKey(answerable))}?t=${sign('link')}`;
    return { page, ...(buttons ? { post: { target: `${publicUrl}/actions`, token: sign('action') } } : {}) };
  }

  async function read(purpose: 'action' | 'link', token: string): Promise<Answerable> {
    const verified = await tokens.verify(purpose, token);
    if (!verified.ok) throw new ActionTokenError(codeOf(verified.fault));
    const claims = claimsSchema.safeParse(verified.claims);
    if (!claims.success) throw new ActionTokenError('action-token-claims');
    return claims.data;
  }

  return {
    linksTo,

    /** How the actions of a digest's events are answered, for drawing its card. */
    answerOn:
      ({ id, account, frozenAt }: AnsweredDigest) =>
      (event: Event, action: EventAction): AnswerLinks =>
        linksTo({ digest: id, account, event: answerableEvent(event), action: action.id }, frozenAt),

    /** The connector's own actions as buttons of that card, after what was done from it. */
    ownOn({ id, account, frozenAt }: AnsweredDigest, locale: string, done: readonly string[] = []): ViewButton[] {
      const { messages } = speechOf(locale);
      return ownActionsAfter(done).map((own) => {
        const { id: action, title, inputs = [] } = describeOwnAction(own, messages);
        const to = linksTo({ digest: id, account, action }, frozenAt);
        return { name: title, inputs: inputs.map(toViewInput), ...to };
      });
    },

    /** How one of the connector's own actions is taken back by link; undefined for what is none, or takes back itself. */
    undoOf({ answerable, digest }: UndoneOn, act: Pick<Act, 'action'>): { title: string; url: string } | undefined {
      const own = answerable.event === undefined ? parseOwnAction(act.action.id) : undefined;
      if (own === undefined || own.undo) return undefined;
      const { id, title } = describeOwnAction({ ...own, undo: true }, speechOf(digest.locale).messages);
      return { title, url: linksTo({ ...answerable, action: id }, digest.frozenAt).page };
    },

    /** What a button's token answers. @throws ActionTokenError. */
    readButton: (token: string): Promise<Answerable> => read('action', token),

    /** What a link's token answers, if it belongs to the link with this id. @throws ActionTokenError. */
    async readLink(id: string, token: string | null): Promise<Answerable> {
      if (token === null || token === '') throw new ActionTokenError('action-token-missing');
      const answerable = await read('link', token);
      if (linkIdOf(actKey(answerable)) !== id) throw new ActionTokenError('action-token-claims');
      return answerable;
    },
  };
}

function codeOf(fault: TokenFault): ActionTokenFault {
  return `action-token-${fault}`;
}
