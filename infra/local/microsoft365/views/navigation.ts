/** The bar that leads from page to page. */
import { type Html, html } from '../http/html.ts';

const places = [
  ['/', 'Start'],
  ['/teams', 'Teams'],
  ['/outlook', 'Outlook'],
  ['/requests', 'Requests'],
  ['/faults', 'Faults'],
  ['/flows', 'Flow runs'],
  ['/playground', 'Card playground'],
] as const;

/** The bar; `here` is the page that it stands on. */
export function navigation(here: string): Html {
  return html`<nav class="bar" aria-label="This Microsoft 365">${places.map(
    ([path, name]) => html`<a href="${path}" ${path === here ? html`aria-current="page"` : undefined}>${name}</a>`,
  )}<span class="stand-in">a stand-in, on this machine only</span></nav>`;
}
