/** Text as an event carries it: trimmed, bounded. */

/** Text on one line, at most `most` characters. */
export function oneLine(text: string, most: number): string {
  return cutText(text.replace(/\s+/g, ' ').trim(), most);
}

/** Text of at most `most` characters, whole ones, the last an ellipsis when something was cut. */
export function cutText(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
