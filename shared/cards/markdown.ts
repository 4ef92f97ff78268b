/** Plain text and addresses made fit for the Markdown of MessageCards (docs/microsoft.md, "Markdown"). */

/**
 * Escapes one line of plain text. Parentheses too, though CommonMark needs no more than the brackets: some clients find
 * links by pattern. A dot between letters or digits, because an escaped one is never part of an address; elsewhere
 * dots, dashes and the like are only special where a line begins.
 */
export function escapeMarkdown(line: string): string {
  return line
    .replace(/[\\`*_{}[\]()<>~|]/g, '\\$&')
    .replace(/(?<=[\p{L}\p{N}])\.(?=[\p{L}\p{N}])/gu, '\\.')
    .replace(/^(\s*)([#+-])/, '$1\\$2')
    .replace(/^(\s*\d{1,9})\.(?=\s|$)/, '$1\\.');
}

/** A link in Markdown. The address has been through `toLinkAddress`. */
export function markdownLink(text: string, address: string): string {
  return `[${escapeMarkdown(text)}](${address})`;
}

/** Longest address of a link. Longer ones are trackers more than places, and cost a card its room. */
const MAX_ADDRESS_CHARS = 1_000;

/**
 * An address that may stand as a link: http or https, without a user name that pretends to be a host, every character
 * that could end a Markdown link percent-encoded. Undefined when it may not.
 */
export function toLinkAddress(text: string | undefined): string | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined;
  const { protocol, username, password, hostname, href } = new URL(text);
  if (hostname.startsWith('[')) return undefined; // an IPv6 literal needs brackets, which end links
  if ((protocol !== 'https:' && protocol !== 'http:') || username !== '' || password !== '') return undefined;
  const address = href.replace(/[()[\]{}<>*`'"\\|^\s]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  return address.length <= MAX_ADDRESS_CHARS ? address : undefined;
}

/** An address a picture may be fetched from: https only, as hosts show no other. */
export function toPictureAddress(text: string | undefined): string | undefined {
  const address = toLinkAddress(text);
  return address?.startsWith('https:') === true ? address : undefined;
}
