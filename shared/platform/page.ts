/** Pages made whole on the server: the product's face and what there is to say, without script or anything from elsewhere. */
import { type Html, html } from './html.ts';
import { PAGE_STYLE, PAGE_STYLE_HASH } from './page-style.ts';
import { brandHeader, type SiteBrand } from './site-page.ts';

/** For answers about one person: kept by no cache, and their address is told to no other site. */
export const PRIVATE_HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

/** The product's face on such a page. */
export type PageBrand = Pick<SiteBrand, 'name'> & { readonly logo?: string | undefined };

/** What a page says. `body` begins with its heading. */
export interface Page {
  readonly brand: PageBrand;
  readonly status?: number;
  readonly language?: string;
  readonly title: string;
  readonly body: Html;
}

/** What is sent. */
export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A page as an answer: indexed by nobody, framed nowhere; its forms go to us only. */
export function pageAnswer({ brand, status = 200, language = 'en', title, body }: Page): PageAnswer {
  const document = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${title}</title>
<style>${{ markup: PAGE_STYLE }}</style>
</head>
<body>
${brandHeader(brand)}
<main>
${body}
</main>
</body>
</html>
`;
  return { status, headers: headersFor(brand), body: document.markup };
}

function headersFor({ logo }: PageBrand): Readonly<Record<string, string>> {
  const pictures = logo !== undefined && URL.canParse(logo) ? `'self' ${new URL(logo).origin}` : "'self'";
  return {
    ...PRIVATE_HEADERS,
    'content-type': 'text/html; charset=utf-8',
    'x-robots-tag': 'noindex, nofollow',
    'content-security-policy': `default-src 'none'; style-src ${PAGE_STYLE_HASH}; img-src ${pictures}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
    // Browsers heed it over https only: on loopback it does nothing.
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
  };
}
