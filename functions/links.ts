/** `GET, HEAD, POST /links/{id}?t=…`: answering by link; `POST /links/signed-in` is where Entra sends readers back to. */
import type { HttpHandler, HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import type { Act } from '../shared/actions/act.ts';
import { statusOf } from '../shared/actions/card-answer.ts';
import { InvalidInputsError } from '../shared/actions/errors.ts';
import type { Asked } from '../shared/actions/find-asked.ts';
import type { LinkAnswer, LinkContent, OpenedLink } from '../shared/actions/link-answer.ts';
import { linkPage } from '../shared/actions/link-page.ts';
import type { ReaderSignIn } from '../shared/actions/reader-sign-in.ts';
import { sayRefusal } from '../shared/actions/refusals/say-refusal.ts';
import { toShownAct } from '../shared/actions/shown-acts.ts';
import type { Brand } from '../shared/cards/card-input.ts';
import { answeringPages } from '../shared/platform/answering-pages.ts';
import { ConnectorError } from '../shared/platform/errors.ts';
import { PRIVATE_HEADERS } from '../shared/platform/page.ts';
import type { Telemetry } from '../shared/platform/telemetry/telemetry.ts';

/** What links need. `undoOf`: how to take back one of the connector's own actions; undefined where there is nothing to take back. */
export interface LinksDeps {
  readonly undoOf: (asked: Asked, act: Act) => { readonly title: string; readonly url: string } | undefined;
  readonly links: LinkAnswer;
  readonly signIn: ReaderSignIn;
  readonly brand: Brand;
  readonly telemetry: Telemetry;
}

/** Handles links. */
export function createLinksHandler({ links, signIn, brand, undoOf, telemetry }: LinksDeps): HttpHandler {
  const answerPage = (content: LinkContent): HttpResponseInit => linkPage({ ...content, brand });

  async function show(link: OpenedLink): Promise<HttpResponseInit> {
    const opened = await links.open(link);
    if (opened.is === 'page') return answerPage(opened.page);
    const { location, cookie } = signIn.begin({ id: link.id, link: link.t ?? '', tenant: opened.tenant });
    return { status: 302, headers: { ...PRIVATE_HEADERS, location }, cookies: [cookie] };
  }

  async function act(link: OpenedLink, request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> {
    const form = new URLSearchParams(await request.text());
    try {
      const { answered } = await links.submit(link, form);
      const { asked, act, is } = answered;
      telemetry.count('tidings.answers', 1, { via: 'link', result: is });
      context.info('a link was answered', { subscriptionId: asked.subscription.id, was: is });
      const status = statusOf(answered, asked.digest.locale, brand.name);
      const { by, at } = toShownAct(act);
      return answerPage(
        await links.pageAfter(link, form, is === 'done' ? { is, status, undo: undoOf(asked, act) } : { is, by, at }),
      );
    } catch (error) {
      if (error instanceof ConnectorError)
        telemetry.count('tidings.answers', 1, { via: 'link', result: 'refused', code: error.code });
      if (!(error instanceof InvalidInputsError)) throw error;
      return answerPage(await links.pageAfter(link, form, error));
    }
  }

  /** The page follows at once: a redirect would lose who signed in, and nothing is kept here. */
  async function welcomeBack(request: HttpRequest): Promise<HttpResponseInit> {
    const { id, link, person, cookie } = await signIn.finish(
      new URLSearchParams(await request.text()),
      request.headers.get('cookie'),
    );
    const opened = await links.open({ id, t: link }, person);
    if (opened.is !== 'page') throw new Error('signed in and asked to sign in');
    return { ...answerPage(opened.page), cookies: [cookie] };
  }

  const pages = {
    brand,
    say: (error: ConnectorError | undefined, { headers }: HttpRequest) =>
      sayRefusal(error, headers.get('accept-language')),
  };
  return answeringPages(pages, async (request, context) => {
    const link = { id: request.params['id'] ?? '', t: new URL(request.url).searchParams.get('t') };
    if (request.method === 'POST') return link.id === 'signed-in' ? welcomeBack(request) : act(link, request, context);
    return show(link);
  });
}
