/** Shares a card's lines out among its groups. */

/** Each group in turn gets a line until `lines` are given out or every group has all it wants. */
export function allotItems(wanted: readonly number[], lines: number): number[] {
  const given = wanted.map(() => 0);
  let left = Math.min(
    lines,
    wanted.reduce((sum, each) => sum + each, 0),
  );
  while (left > 0) {
    for (const [index, want] of wanted.entries()) {
      const has = given[index] ?? 0;
      if (left === 0 || has >= want) continue;
      given[index] = has + 1;
      left -= 1;
    }
  }
  return given;
}
