/** Names of channels, which come from people and browsers. */

/** No longer than a card's title. */
export const MAX_NAME_CHARS = 100;

/** A name on one line, without what hides or turns text around, cut where it is too long. */
export function cleanName(name: string): string {
  const line = name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  const chars = [...line];
  return chars.length <= MAX_NAME_CHARS ? line : `${chars.slice(0, MAX_NAME_CHARS - 1).join('')}…`;
}
