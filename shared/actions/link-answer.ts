/** Answers by link: a GET shows what will happen, since programs that look through mail fetch links; only the page's own form acts. */
import { z } from 'zod';
import type { EntraPerson } from '../identity/entra-token.ts';
import type { SignedTokens } from '../identity/signed-token.ts';
import { actKey } from './act-key.ts';
import type { ActsTable } from './acts-table.ts';
import type { Answer, Answered } from './answer.ts';
import type { AnswerTokens } from './answer-tokens.ts';
import { ActorOfAnotherTenantError, FormExpiredError, InvalidInputsError } from './errors.ts';
import type { Asked, FindAsked } from './find-asked.ts';
import { FIELD_PREFIX, type LinkPage } from './link-page.ts';
import { type GivenValues, givenIn } from './read-inputs.ts';
import { sayInputFault } from './refusals/say-refusal.ts';
import { toShownAct } from './shown-acts.ts';

/** How long a page's form may be open. */
const FORM_SECONDS = 3_600;

const nonceSchema = z.object({
  id: z.string(),
  person: z.object({ tid: z.string(), oid: z.string(), name: z.string().optional() }).optional(),
});

/** A link as it was opened: `t` is the token in its query. */
export interface OpenedLink {
  readonly id: string;
  readonly t: string | null;
}

/** What a page says of what is asked; the wiring adds the brand. */
export type LinkContent = Omit<LinkPage, 'brand'>;

/** What answering by link needs. `askOwn` describes the connector's own actions, `findAsked` the product's. */
export interface LinkAnswerDeps {
  readonly tokens: AnswerTokens;
  readonly signedTokens: SignedTokens;
  readonly findAsked: FindAsked;
  readonly describe: (asked: Asked) => Promise<Pick<LinkPage, 'title' | 'about' | 'inputs'>>;
  readonly acts: Pick<ActsTable, 'read'>;
  readonly answer: Answer;
}

/** What opening a link comes to: a page, or first the way to Entra. */
export type Opened =
  | { readonly is: 'page'; readonly page: LinkContent }
  | { readonly is: 'sign-in'; readonly tenant: string | undefined };

/** Shows links and takes their forms. */
export type LinkAnswer = ReturnType<typeof createLinkAnswer>;

export function createLinkAnswer({ tokens, signedTokens, findAsked, describe, acts, answer }: LinkAnswerDeps) {
  async function pageOf(
    link: OpenedLink,
    asked: Asked,
    shows: LinkPage['shows'],
    person?: EntraPerson,
  ): Promise<LinkContent> {
    admit(asked, person);
    const { digest, subscription } = asked;
    return {
      ...(await describe(asked)),
      locale: digest.locale,
      timeZone: digest.timeZone,
      place: subscription.target.name,
      person: person === undefined ? undefined : (person.name ?? person.oid),
      action: `/links/${link.id}?t=${encodeURIComponent(link.t ?? '')}`,
      shows,
    };
  }

  function newNonce(id: string, person: EntraPerson | undefined): string {
    const claims = { id, ...(person === undefined ? {} : { person }) };
    return signedTokens.signNow({ purpose: 'form', claims, lifetimeSeconds: FORM_SECONDS });
  }

  async function readNonce(id: string, nonce: string | null): Promise<z.infer<typeof nonceSchema>> {
    const verified = await signedTokens.verify('form', nonce ?? '');
    const claims = verified.ok ? nonceSchema.safeParse(verified.claims) : undefined;
    if (claims?.success !== true || claims.data.id !== id) throw new FormExpiredError();
    return claims.data;
  }

  return {
    /** What a GET or HEAD shows; it changes nothing. `person`: a reader who just signed in. */
    async open(link: OpenedLink, person?: EntraPerson): Promise<Opened> {
      const answerable = await tokens.readLink(link.id, link.t);
      const asked = await findAsked.find(answerable);
      const { subscription } = asked;
      if (subscription.requireIdentity && person === undefined)
        return { is: 'sign-in', tenant: subscription.target.tenant };
      const given = await acts.read(actKey(answerable));
      const shows: LinkPage['shows'] =
        given === undefined
          ? { is: 'form', nonce: newNonce(link.id, person) }
          : { is: 'already', by: toShownAct(given.act).by, at: given.act.at };
      return { is: 'page', page: await pageOf(link, asked, shows, person) };
    },

    /** Acts, for the form of a page that `open` made. @throws FormExpiredError for any other. */
    async submit(
      link: OpenedLink,
      form: URLSearchParams,
    ): Promise<{ answered: Answered; actor: EntraPerson | undefined }> {
      const answerable = await tokens.readLink(link.id, link.t);
      const { person } = await readNonce(link.id, form.get('nonce'));
      const answered = await answer({
        answerable,
        values: valuesIn(form),
        actor: person ?? null,
        via: 'link',
        admit: (asked) => admit(asked, person),
      });
      return { answered, actor: person };
    },

    /** The page after an answer, or the form once more with what was wrong. */
    async pageAfter(
      link: OpenedLink,
      form: URLSearchParams,
      shows: LinkPage['shows'] | InvalidInputsError,
    ): Promise<LinkContent> {
      const answerable = await tokens.readLink(link.id, link.t);
      const { person } = await readNonce(link.id, form.get('nonce'));
      const asked = await findAsked.find(answerable);
      const again = (error: InvalidInputsError): LinkPage['shows'] => ({
        is: 'form',
        nonce: newNonce(link.id, person),
        fault: sayInputFault(error, asked.digest.locale),
        values: valuesIn(form),
      });
      return pageOf(link, asked, shows instanceof InvalidInputsError ? again(shows) : shows, person);
    },
  };
}

/** Where a channel demands to know who acts, that is checked; its organisation too, where it is known. */
function admit({ subscription: { requireIdentity, target } }: Asked, person: EntraPerson | undefined): void {
  if (!requireIdentity) return;
  if (person === undefined) throw new FormExpiredError(); // the demand came after the page was opened
  if (target.tenant !== undefined && target.tenant.toLowerCase() !== person.tid.toLowerCase())
    throw new ActorOfAnotherTenantError();
}

function valuesIn(form: URLSearchParams): GivenValues {
  return Object.fromEntries(
    Object.entries(givenIn(form)).flatMap(([name, value]) =>
      name.startsWith(FIELD_PREFIX) ? [[name.slice(FIELD_PREFIX.length), value]] : [],
    ),
  );
}
