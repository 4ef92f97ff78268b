/** `GET /`: what this is, and the button that begins. */
import type { HttpHandler } from '@azure/functions';
import { html } from '../shared/platform/html.ts';
import type { PageFile } from '../shared/platform/page-files.ts';
import { brandFooter, brandHeader, type SiteBrand, sitePage } from '../shared/platform/site-page.ts';

const HOUR = 3_600;

/** What the page is made from. */
export interface LandingPageDeps {
  readonly brand: SiteBrand;
  readonly file: PageFile;
}

/** Handles `GET /`. The button leads to the page that signs in and connects: Office 365 is asked only for somebody. */
export function createLandingPageHandler({ brand, file }: LandingPageDeps): HttpHandler {
  const body = html`${brandHeader(brand)}
<main class="landing">
<h1>${brand.name} in Microsoft Teams and Outlook</h1>
<p class="lead">Choose what your channel hears about, and when: as it happens, or collected into one tidy card a day.</p>
<p><a class="button primary" href="/config">Connect to Office 365</a></p>
<ul class="points">
<li><b>Quiet by default.</b> One card at the time you choose, most important first.</li>
<li><b>Loud when it matters.</b> What is urgent comes at once.</li>
<li><b>Yours to change.</b> Pause it, change it or remove it whenever you like.</li>
</ul>
<p>Already in Teams or Outlook? Add ${brand.name} under <i>Connectors</i> of your channel or group. <a href="/help">How it works</a></p>
</main>
${brandFooter(brand)}`;
  const page = sitePage({
    brand,
    title: `${brand.name} in Microsoft Teams and Outlook`,
    styles: [file('site.css')],
    body,
    policy: { framedBy: 'nobody', cacheSeconds: HOUR },
  });
  return async () => page;
}
