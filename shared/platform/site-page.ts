/** The frame of every page of the site: the product's name, logo and colour around what the page says. */
import type { HttpResponseInit } from '@azure/functions';
import { type Html, html } from './html.ts';
import { type PagePolicy, pageHeaders } from './page-policy.ts';

/** The product's face. `logo` is an address, or a path of this site; `colour` is `#RRGGBB`. */
export interface SiteBrand {
  readonly name: string;
  readonly logo: string;
  readonly colour: string;
  readonly supportUrl: string;
  readonly privacyUrl: string;
  readonly termsUrl: string;
}

/** A page of the site. */
export interface SitePage {
  readonly brand: SiteBrand;
  readonly title: string;
  readonly language?: string;
  /** Addresses below `/static/`. */
  readonly styles: readonly string[];
  readonly scripts?: readonly string[];
  readonly body: Html;
  readonly policy: Omit<PagePolicy, 'style'>;
}

/** The page as an answer. The colour stands in a style sheet of its own, which the policy names by its hash. */
export function sitePage(page: SitePage): HttpResponseInit {
  const { brand, title, language = 'en', styles, scripts = [], body, policy } = page;
  const style = `:root{--brand:${brand.colour}}`;
  const document = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="${brand.logo}">
<style>${{ markup: style }}</style>
${styles.map((file) => html`<link rel="stylesheet" href="/static/${file}">\n`)}${scripts.map((file) => html`<script type="module" src="/static/${file}"></script>\n`)}</head>
<body>
${body}
</body>
</html>
`;
  return { status: 200, headers: pageHeaders({ ...policy, style }), body: document.markup };
}

/** The line at the top of a page: logo and name. */
export function brandHeader({ name, logo }: Pick<SiteBrand, 'name'> & { readonly logo?: string | undefined }): Html {
  const picture = logo === undefined ? '' : html`<img src="${logo}" alt="" width="32" height="32">`;
  return html`<header class="brand">${picture}<span>${name}</span></header>`;
}

/** The line at the bottom: the product's own pages. */
export function brandFooter({ supportUrl, privacyUrl, termsUrl }: SiteBrand): Html {
  return html`<footer><a href="/help">Help</a> <a href="${supportUrl}">Support</a> <a href="${privacyUrl}">Privacy</a> <a href="${termsUrl}">Terms</a></footer>`;
}
