/** Text for a queue message: JSON that its XML envelope can carry. */

/**
 * Queue messages travel as XML. U+FFFE and U+FFFF have no place in XML 1.0: such a message is accepted and can then not be
 * read back through the JavaScript SDK. The other characters without a place (controls, lone surrogates) JSON escapes itself.
 * Source: "Extensible Markup Language (XML) 1.0", section 2.2; tried with @azure/storage-queue.
 */
const NOT_XML = /[\uFFFE\uFFFF]/g;

/** A value as JSON, with everything that XML cannot carry written as `\uXXXX`. */
export function toQueueText(value: unknown): string {
  return JSON.stringify(value).replace(NOT_XML, (char) => `\\u${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** A message's text as the host hands it over: JSON parsed, anything else as it is. */
export function parseQueueText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
