/** Puts what somebody typed into a button's body: `{{id.value}}`, as the open-source AdaptiveCards renderer does it. */

/** What somebody typed, by the input's id. */
export type InputValues = Readonly<Record<string, string>>;

/** The renderer's own pattern, unescaped dot included. Source: AdaptiveCards JS, `stringWithSubstitutions`. */
const PLACEHOLDER = /\{{2}([a-z0-9_$@]+).value\}{2}/gi;

/** How a value is written for a content type. Source: the same file, and its pull request 1049. */
function encode(value: string, contentType: string): string {
  if (/^application\/json\b/i.test(contentType)) return JSON.stringify(value).slice(1, -1);
  if (/^application\/x-www-form-urlencoded\b/i.test(contentType)) return encodeURIComponent(value);
  return value;
}

/** The body as it is sent. `declared` are the card's inputs: one without a value becomes empty, an unknown id stays as it stands. */
export function substitute(
  body: string,
  declared: readonly string[],
  values: InputValues,
  contentType: string,
): string {
  const known = new Map(declared.map((id) => [id.toLowerCase(), values[id] ?? '']));
  return body.replace(PLACEHOLDER, (whole, id: string) => {
    const value = known.get(id.toLowerCase());
    return value === undefined ? whole : encode(value, contentType);
  });
}
