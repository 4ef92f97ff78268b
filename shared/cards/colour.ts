/** Colours as cards write them. */

/** RRGGBB without `#`; undefined for what is no colour. Three digits are widened. */
export function toHexColour(text: string): string | undefined {
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1]?.toUpperCase();
  return digits?.length === 3 ? digits.replace(/./g, '$&$&') : digits;
}
