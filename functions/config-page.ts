/** `GET /config`: the configuration page. Its script asks for everything about a person; the page itself names nobody but who holds the cookie. */
import type { HttpHandler } from '@azure/functions';
import type { Session, SessionRequest, Sessions } from '../shared/identity/session.ts';
import { answeringPages } from '../shared/platform/answering-pages.ts';
import { ConnectorError } from '../shared/platform/errors.ts';
import { html } from '../shared/platform/html.ts';
import type { PageFile } from '../shared/platform/page-files.ts';
import { brandHeader, type SiteBrand, sitePage } from '../shared/platform/site-page.ts';

/** What the page is made from. `hosts`: origins that may frame it besides Microsoft's. */
export interface ConfigPageDeps {
  readonly sessions: Pick<Sessions, 'read'>;
  readonly brand: SiteBrand;
  readonly file: PageFile;
  readonly hosts: readonly string[];
  readonly signInUrl: string | undefined;
  readonly canConnect: boolean;
  /** An application is set up at Entra, so that people can sign in there. */
  readonly withMicrosoft: boolean;
}

/** Handles `GET /config`. The same page whoever asks: framed, back from Connect, or opened from the product. */
export function createConfigPageHandler(deps: ConfigPageDeps): HttpHandler {
  const { sessions, brand, file, hosts, signInUrl, canConnect, withMicrosoft } = deps;
  return answeringPages({ brand, title: 'Notifications' }, async (request) => {
    const who = await whoIsSignedIn(sessions, request);
    const settings = { brand, hosts, canConnect, withMicrosoft, signInUrl, who };
    const body = html`${brandHeader(brand)}
<div id="page" data-settings="${JSON.stringify(settings)}"><main class="loading" aria-busy="true"><p><span class="spinner"></span></p></main></div>
<noscript><p class="notice">This page needs JavaScript.</p></noscript>`;
    return sitePage({
      brand,
      title: brand.name,
      styles: [file('config.css')],
      scripts: [file('config.js')],
      body,
      policy: { framedBy: { microsoft: true, extra: hosts } },
    });
  });
}

/** In a frame there are no cookies; who comes without a session signs in on the page. */
async function whoIsSignedIn(
  sessions: Pick<Sessions, 'read'>,
  request: SessionRequest,
): Promise<Pick<Session, 'account' | 'person'> | undefined> {
  try {
    const { account, person } = await sessions.read(request);
    return { account, person };
  } catch (error) {
    if (error instanceof ConnectorError) return undefined;
    throw error;
  }
}
