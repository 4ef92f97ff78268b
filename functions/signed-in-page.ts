/** `GET /signed-in`: where the sign-in window lands, and with `?with=entra&nonce=…` where it sets out for Entra. The page's script trades what came back for a code and hands the code over. */
import type { HttpHandler, HttpResponseInit } from '@azure/functions';
import { type EntraApplication, isNonce, signInAddress } from '../shared/identity/entra-sign-in.ts';
import { EntraNotConfiguredError, InvalidNonceError } from '../shared/identity/errors.ts';
import { answeringPages } from '../shared/platform/answering-pages.ts';
import { html } from '../shared/platform/html.ts';
import { PRIVATE_HEADERS } from '../shared/platform/page.ts';
import type { PageFile } from '../shared/platform/page-files.ts';
import { brandHeader, type SiteBrand, sitePage } from '../shared/platform/site-page.ts';

/** What the page is made from. `hosts`: origins of Teams or Outlook besides Microsoft's. */
export interface SignedInPageDeps {
  readonly brand: SiteBrand;
  readonly file: PageFile;
  readonly hosts: readonly string[];
  /** Undefined where no application is set up. */
  readonly entra: EntraApplication | undefined;
  readonly publicUrl: string;
}

/** Handles `GET /signed-in`. */
export function createSignedInPageHandler({ brand, file, hosts, entra, publicUrl }: SignedInPageDeps): HttpHandler {
  const body = html`${brandHeader(brand)}
<main id="page" data-settings="${JSON.stringify({ hosts })}"><p role="status"><span class="spinner"></span></p></main>`;
  return answeringPages({ brand, title: 'Not signed in' }, async ({ query }) => {
    if (query.get('with') === 'entra') return setOut(query.get('nonce'));
    return sitePage({
      brand,
      title: brand.name,
      styles: [file('config.css')],
      scripts: [file('signed-in.js')],
      body,
      policy: { framedBy: 'nobody' },
    });
  });

  /** A window of Teams may set out from our own address only, and so the page need not know Entra's. */
  function setOut(nonce: string | null): HttpResponseInit {
    if (entra === undefined) throw new EntraNotConfiguredError();
    if (!isNonce(nonce)) throw new InvalidNonceError();
    const redirectUri = `${publicUrl}/signed-in`;
    const location = signInAddress(entra, { redirectUri, responseMode: 'fragment', nonce, asks: true });
    return { status: 302, headers: { ...PRIVATE_HEADERS, location } };
  }
}
