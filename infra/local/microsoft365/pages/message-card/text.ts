/** Draws a text of a card as its host does: Markdown, or in a Teams section with `markdown: false` a little HTML. */
import { el } from '../shared/dom.ts';
import { type Dialect, inlineToHtml, markdownToHtml } from './markdown.ts';

/** How a text is to be read. */
export type Reading = Dialect | 'html';

/** A text that may have several paragraphs. */
export function blockText(text: string, reading: Reading, className = 'text'): HTMLElement {
  const block = el('div', { class: className });
  // Safe: the Markdown reader escapes everything, the HTML reader keeps an allow-list.
  block.innerHTML = reading === 'html' ? cleanHtml(text) : markdownToHtml(text, reading);
  return block;
}

/** A text of one line. */
export function lineText(text: string, reading: Reading, className: string): HTMLElement {
  const line = el('div', { class: className });
  line.innerHTML = reading === 'html' ? cleanHtml(text) : inlineToHtml(text, reading);
  return line;
}

const allowed = new Set([
  'STRONG',
  'EM',
  'H1',
  'H2',
  'H3',
  'STRIKE',
  'UL',
  'OL',
  'LI',
  'PRE',
  'BLOCKQUOTE',
  'A',
  'IMG',
  'P',
  'B',
  'I',
  'BR',
]);

/** Source: Microsoft's "Format cards", the HTML that connector cards take in Teams. */
function cleanHtml(text: string): string {
  const { body } = new DOMParser().parseFromString(text, 'text/html');
  for (const element of [...body.querySelectorAll('*')]) {
    if (!allowed.has(element.tagName)) element.replaceWith(...element.childNodes);
    for (const { name, value } of [...element.attributes]) {
      const kept = name === 'alt' || ((name === 'href' || name === 'src') && /^https?:\/\//i.test(value));
      if (!kept) element.removeAttribute(name);
    }
  }
  return body.innerHTML;
}
