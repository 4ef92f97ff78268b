/** `GET /signed-in`: where the sign-in window lands. Its script trades the setup token for a code and hands the code over. */
import type { HttpHandler } from '@azure/functions';
import { html } from '../shared/platform/html.ts';
import type { PageFile } from '../shared/platform/page-files.ts';
import { brandHeader, type SiteBrand, sitePage } from '../shared/platform/site-page.ts';

/** What the page is made from. `hosts`: origins of Teams or Outlook besides Microsoft's. */
export interface SignedInPageDeps {
  readonly brand: SiteBrand;
  readonly file: PageFile;
  readonly hosts: readonly string[];
}

/** Handles `GET /signed-in`. */
export function createSignedInPageHandler({ brand, file, hosts }: SignedInPageDeps): HttpHandler {
  const body = html`${brandHeader(brand)}
<main id="page" data-settings="${JSON.stringify({ hosts })}"><p role="status"><span class="spinner"></span></p></main>`;
  return async () =>
    sitePage({
      brand,
      title: brand.name,
      styles: [file('config.css')],
      scripts: [file('signed-in.js')],
      body,
      policy: { framedBy: 'nobody' },
    });
}
