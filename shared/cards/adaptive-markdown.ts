/** The Markdown of MessageCards as Adaptive Cards read it: bold, italics, lists and links stay, the rest becomes one of them. */

/** Converts text; what Adaptive Cards do not know turns into what they do, and pictures into links to them. */
export function toAdaptiveMarkdown(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/(?<!\\)!\[([^\]]{0,200})\]\(/g, (_, alt: string) => `[${alt === '' ? '↗' : alt}](`)
    .replace(/^[ \t]*#{1,6}[ \t]+(\S.*)$/gm, '**$1**')
    .replace(/^[ \t]*>[ \t]?/gm, '')
    .replace(/(?<!\\)~~/g, '')
    .replace(/(?<!\\)`+/g, '')
    .replace(/(?<!\\)<\/?[a-z][^<>]*>/gi, '')
    .trim();
}

/** Text without its Markdown, on one line: for notifications, names of buttons and alternative texts. */
export function toPlainSummary(text: string): string {
  return text
    .replace(/(?<!\\)!?\[([^\]]{0,300})\]\([^)]{0,2000}\)/g, '$1')
    .replace(/(?<!\\)(\*\*|__|~~|`+)/g, '')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}
