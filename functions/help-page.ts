/** `GET /help/{page?}`: the owners' documentation, as the build made it from docs/for-owners.md. */
import type { HttpHandler } from '@azure/functions';
import { html } from '../shared/platform/html.ts';
import { pageAnswer } from '../shared/platform/page.ts';
import type { PageFile } from '../shared/platform/page-files.ts';
import { brandFooter, brandHeader, type SiteBrand, sitePage } from '../shared/platform/site-page.ts';

const HOUR = 3_600;

/** What the pages are made from. `read` gives a page's title and HTML by its name, undefined for one that is not there. */
export interface HelpPageDeps {
  readonly brand: SiteBrand;
  readonly file: PageFile;
  readonly read: (name: string) => HelpText | undefined;
}

/** A page of the documentation. `markup` was made by our own build from our own text. */
export interface HelpText {
  readonly title: string;
  readonly markup: string;
}

/** Handles `GET /help` and the pages below it. */
export function createHelpPageHandler({ brand, file, read }: HelpPageDeps): HttpHandler {
  return async (request) => {
    const text = read(request.params['page'] ?? 'index');
    if (text === undefined) {
      const body = html`<h1>Help</h1>
<p>There is no such page. <a href="/help">All of the help</a></p>`;
      return pageAnswer({ brand, status: 404, title: `${brand.name}: Help`, body });
    }
    const body = html`${brandHeader(brand)}
<main class="help">
${{ markup: text.markup.replaceAll('%PRODUCT%', html`${brand.name}`.markup) }}
</main>
${brandFooter(brand)}`;
    const policy = { framedBy: 'nobody', cacheSeconds: HOUR } as const;
    return sitePage({ brand, title: `${brand.name}: ${text.title}`, styles: [file('site.css')], body, policy });
  };
}
