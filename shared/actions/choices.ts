/** Several choices in one text. No source says what joins them in a MessageCard: `,` and `;` are both read (docs/microsoft.md). */

/** The values chosen, each once; undefined when the text is not made of them. Values may hold separators themselves. */
export function splitChoices(text: string, values: readonly string[]): readonly string[] | undefined {
  const longestFirst = values.filter((value) => value !== '').toSorted((a, b) => b.length - a.length);
  const dead = new Set<number>(); // places from which nothing fits, so that no text takes long

  function from(start: number): readonly string[] | undefined {
    if (dead.has(start)) return undefined;
    const at = start + (/^\s*/.exec(text.slice(start))?.[0].length ?? 0);
    for (const value of longestFirst) {
      if (!text.startsWith(value, at)) continue;
      const [separator, mark] = /^\s*([,;]|$)/.exec(text.slice(at + value.length)) ?? [];
      if (separator === undefined) continue;
      const rest = mark === '' ? [] : from(at + value.length + separator.length);
      if (rest !== undefined) return [value, ...rest];
    }
    dead.add(start);
    return undefined;
  }

  const chosen = from(0);
  return chosen === undefined ? undefined : [...new Set(chosen)];
}
