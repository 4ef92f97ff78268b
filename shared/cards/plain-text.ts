/** Untrusted text made fit to stand on one line of a card: nothing invisible, nothing that acts, cut at graphemes. */

/** How long a text may be: what a reader counts, and what the wire counts (one grapheme can be many bytes). */
export interface TextLimit {
  readonly graphemes: number;
  readonly bytes: number;
}

/** Titles of events; the same at every size of card, so that a shown event can always be found by its title. */
export const TITLE_LIMIT: TextLimit = { graphemes: 120, bytes: 480 };
/** Short names: groups, scopes, facts' names, buttons. */
export const NAME_LIMIT: TextLimit = { graphemes: 60, bytes: 240 };

/** Stands for a text that has nothing visible in it. */
const NOTHING = '—';
/** Breaks what a host would turn into a link or a mention; shows nothing, and lets long addresses wrap. */
const BREAK = '\u200B';

/** Line and paragraph separators of every kind, tabs and the rest of what moves the pen. */
const SPACES = /[\s\u0085\u180E\u2028\u2029\u2800\u3164\u115F\u1160\uFFA0]+/gu;
/**
 * Controls, lone surrogates, non-characters, bidirectional controls, and whatever else shows nothing and can smuggle text
 * (tags, fillers); but for the joiners and selectors that scripts and emoji need: U+200C, U+200D, U+FE0E, U+FE0F.
 */
const INVISIBLE = /(?!\u200C|\u200D|\uFE0E|\uFE0F)[\p{Cc}\p{Cs}\p{NChar}\p{Bidi_C}\p{DI}\uFFF9-\uFFFC]/gu;
/** Joiners in a row say nothing that one does not. */
const PILED_JOINERS = /(\u200C|\u200D)(?:\u200C|\u200D)+/g;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;
/** More marks on one letter than any script writes: they run over neighbouring lines. */
const PILED_MARKS = /(\p{M}{6})\p{M}+/gu;
/** Letters that are written from right to left and would carry what follows them along. */
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/** The text on one line, visible characters only, at most as long as the limit, with nothing that a host would link. */
export function toOneLine(text: string, limit: TextLimit): string {
  return isolate(breakLinks(toVisibleLine(text, limit)));
}

/** The same for our own pages, where nothing links by itself and direction is the markup's matter. */
export function toVisibleLine(text: string, limit: TextLimit): string {
  const start = text.slice(0, limit.graphemes * 12); // beyond it nothing can be shown: saves work on 32 KiB texts
  const visible = start
    .replace(SPACES, ' ')
    .replace(INVISIBLE, '')
    .replace(PILED_MARKS, '$1')
    .replace(PILED_JOINERS, '$1')
    .trim();
  const cut = cutText(start.length < text.length ? `${visible}…` : visible, limit);
  return VISIBLE.test(cut) && cut !== '…' ? cut : NOTHING;
}

/** The title of an event as its line shows it. */
export function toShownTitle(title: string): string {
  return toOneLine(title, TITLE_LIMIT);
}

/** Ends a text that is too long with an ellipsis, never inside a grapheme. */
export function cutText(text: string, { graphemes, bytes }: TextLimit): string {
  if (text.length <= graphemes && text.length * 3 <= bytes) return text;
  let kept = '';
  let size = 0;
  let count = 0;
  for (const { segment } of segmenter.segment(text)) {
    size += Buffer.byteLength(segment);
    count += 1;
    if (count > graphemes || size > bytes) return `${withoutLast(kept)}…`;
    kept += segment;
  }
  return text;
}

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Makes room for the ellipsis. */
function withoutLast(text: string): string {
  const last = [...segmenter.segment(text.slice(-200))].at(-1)?.segment ?? '';
  return text.slice(0, text.length - last.length).trimEnd();
}

/**
 * `https://…`, `//…`, `www.…`, `mailto:…`, `shop.com/…`, `@name`, `{{…}}`: what hosts link, mention or replace by themselves; and
 * `](`, `<a`, `&lt;`: what makes a link, a tag or a character where a host reads a plain place as Markdown or HTML after all.
 */
function breakLinks(text: string): string {
  return text
    .replace(/\/(?=\/\S)/g, `/${BREAK}`)
    .replace(/\b(mailto|tel|sip|callto|xmpp|skype|msteams|javascript|vbscript|data|file):/gi, `$1:${BREAK}`)
    .replace(/\bwww\./gi, `$&${BREAK}`)
    .replace(/(?<=[\p{L}\p{N}])\.(?=\p{L}{2,24}[/:?#])/gu, `.${BREAK}`)
    .replace(/(?<=[\p{L}\p{N}])\.(?=(com|net|org|info|biz|edu|gov|mil|io)\b)/giu, `.${BREAK}`)
    .replace(/(?<=\S)@(?=\S)/g, `${BREAK}@`)
    .replace(/@(?=\S)/g, `@${BREAK}`)
    .replace(/\{(?=[{%])|\$(?=\{)|\](?=[([:])|<(?=[a-z/!?])/gi, `$&${BREAK}`)
    .replace(/&(?=#?\w{1,40};)/g, `&${BREAK}`);
}

/** Right-to-left text gets an isolate of its own, so that the rest of the line stays in order. */
function isolate(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text;
}
