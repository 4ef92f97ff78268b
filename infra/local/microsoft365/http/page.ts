/** The frame of every page that is drawn on the server. */
import { type Html, html } from './html.ts';

/** A page: its title, its body, and the script it asks for. */
export interface Page {
  readonly title: string;
  readonly body: Html;
  readonly script?: string;
  /** `app` for pages that fill the window. */
  readonly layout?: 'document' | 'app';
}

/** The whole document. Scripts and styles are files of this server: nothing inline, so that a strict policy can stand. */
export function page({ title, body, script, layout = 'document' }: Page): Html {
  return html`${{ html: '<!doctype html>' }}<html lang="en" data-layout="${layout}"><head>
    <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title} · local Microsoft 365</title>
    <link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
    ${['style', 'app', 'cards'].map((sheet) => html`<link rel="stylesheet" href="/assets/${sheet}.css">`)}
    ${script === undefined ? undefined : html`<script type="module" src="/assets/${script}"></script>`}
    </head><body>${body}</body></html>`;
}
