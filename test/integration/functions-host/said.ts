/** What a fixture app wrote: its lines of JSON, and waiting for one of them. */

/** A line of a fixture. */
export type Line = Readonly<Record<string, unknown>>;

/** Collects lines; `onLine` takes them. */
export function listen() {
  const lines: Line[] = [];
  const text: string[] = [];
  const waiting = new Set<() => void>();
  return {
    /** Every line of JSON so far, in order. */
    lines,
    /** Every other line, of the host's log. */
    text,
    onLine(line: string): void {
      if (line.startsWith('{')) lines.push(JSON.parse(line));
      else text.push(line);
      for (const look of waiting) look();
    },
    /** Resolves with the first lines, `count` of them, for which `wanted` holds, as soon as they are there. */
    async first(count: number, wanted: (line: Line) => boolean): Promise<readonly Line[]> {
      return new Promise((resolve) => {
        const look = () => {
          const found = lines.filter(wanted);
          if (found.length < count) return;
          waiting.delete(look);
          resolve(found.slice(0, count));
        };
        waiting.add(look);
        look();
      });
    },
  };
}
