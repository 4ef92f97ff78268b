/** The Markdown that hosts draw in cards, to HTML that is safe: everything is escaped first. */

/** Teams draws more than Outlook does. Source: Microsoft's "Format cards" and the MessageCard reference. */
export type Dialect = 'teams' | 'outlook';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (char) => escapes[char] ?? char);

/** Letters of the private use area stand for escaped characters while patterns are searched. */
const HIDDEN = 0xe000;
const hide = (text: string) =>
  text.replace(/\\([\\`*_{}[\]()#+\-.!|~<>])/g, (_, char) => String.fromCharCode(HIDDEN + char.charCodeAt(0)));
const show = (html: string) =>
  html.replace(/[\ue000-\ue07f]/g, (char) => escapeHtml(String.fromCharCode(char.charCodeAt(0) - HIDDEN)));

const LINK = /\[([^\]]+)\]\((https?:\/\/[^\s)]+)(?:\s+&quot;[^)]*)?\)/g;

/** One line's worth: emphasis, links, and in Teams code and images. */
export function inlineToHtml(text: string, dialect: Dialect): string {
  return show(inline(escapeHtml(hide(text)), dialect));
}

function inline(html: string, dialect: Dialect): string {
  // What is finished is put aside, so that no later pattern finds anything inside an address or a piece of code.
  const done: string[] = [];
  const aside = (piece: string) => `\ue080${done.push(piece) - 1}\ue081`;
  let out = html;
  if (dialect === 'teams') {
    out = out.replace(/`([^`]+)`/g, (_, code) => aside(`<code>${code}</code>`));
    out = out.replace(/!\[([^\]]*)\]\((https?:\/\/[^\s)]+)\)/g, (_, alt, src) =>
      aside(`<img src="${src}" alt="${alt}">`),
    );
  }
  out = out
    .replace(
      LINK,
      (_, text, href) =>
        `${aside(`<a href="${href}" target="_blank" rel="noreferrer noopener">`)}${text}${aside('</a>')}`,
    )
    .replace(/\*\*\*(?=\S)(.+?)(?<=\S)\*\*\*/g, '<b><i>$1</i></b>')
    .replace(/(\*\*|__)(?=\S)(.+?)(?<=\S)\1/g, '<b>$2</b>')
    .replace(/\*(?=\S)(.+?)(?<=\S)\*/g, '<i>$1</i>')
    .replace(/(?<!\w)_(?=\S)(.+?)(?<=\S)_(?!\w)/g, '<i>$1</i>')
    .replace(/~~(?=\S)(.+?)(?<=\S)~~/g, '<s>$1</s>');
  return out.replace(/\ue080(\d+)\ue081/g, (_, at) => done[Number(at)] ?? '');
}

interface Block {
  readonly kind: 'p' | 'ul' | 'ol' | 'quote' | `h${number}`;
  readonly lines: string[];
}

function classify(line: string, dialect: Dialect): readonly [Block['kind'], string] {
  const heading = /^(#{1,6})\s+(.*)$/.exec(line);
  // Teams draws three levels.
  if (heading?.[1] !== undefined && (dialect === 'outlook' || heading[1].length <= 3))
    return [`h${heading[1].length}`, heading[2] ?? ''];
  const bullet = /^\s*[*-]\s+(.*)$/.exec(line);
  if (bullet !== null) return ['ul', bullet[1] ?? ''];
  const numbered = dialect === 'teams' ? /^\s*\d+\.\s*(.*)$/.exec(line) : null;
  if (numbered !== null) return ['ol', numbered[1] ?? ''];
  const quote = dialect === 'teams' ? /^\s*>\s?(.*)$/.exec(line) : null;
  return quote === null ? ['p', line] : ['quote', quote[1] ?? ''];
}

/** Whole texts. "Newline renders only for `\n\n`": a single one is a space. */
export function markdownToHtml(text: string, dialect: Dialect): string {
  const blocks: Block[] = [];
  for (const paragraph of hide(text).split(/(?:\r?\n){2,}/)) {
    let open: Block | undefined;
    for (const line of paragraph.split(/\r\n|\n|\r/).filter((one) => one.trim() !== '')) {
      const [kind, content] = classify(line, dialect);
      if (open?.kind === kind && !kind.startsWith('h')) {
        open.lines.push(content);
        continue;
      }
      open = { kind, lines: [content] };
      blocks.push(open);
    }
  }
  return show(blocks.map((block) => draw(block, dialect)).join(''));
}

function draw({ kind, lines }: Block, dialect: Dialect): string {
  const drawn = lines.map((line) => inline(escapeHtml(line), dialect));
  if (kind === 'ul' || kind === 'ol') return `<${kind}>${drawn.map((line) => `<li>${line}</li>`).join('')}</${kind}>`;
  if (kind === 'quote') return `<blockquote>${drawn.join(' ')}</blockquote>`;
  return `<${kind}>${drawn.join(' ')}</${kind}>`;
}
