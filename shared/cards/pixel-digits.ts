/** Digits as five columns of seven pixels: what a chart writes without needing a font on the machine. */

const GLYPHS: Readonly<Record<string, readonly string[]>> = {
  '0': ['.###.', '#...#', '#..##', '#.#.#', '##..#', '#...#', '.###.'],
  '1': ['..#..', '.##..', '..#..', '..#..', '..#..', '..#..', '.###.'],
  '2': ['.###.', '#...#', '....#', '...#.', '..#..', '.#...', '#####'],
  '3': ['#####', '...#.', '..#..', '...#.', '....#', '#...#', '.###.'],
  '4': ['...#.', '..##.', '.#.#.', '#..#.', '#####', '...#.', '...#.'],
  '5': ['#####', '#....', '####.', '....#', '....#', '#...#', '.###.'],
  '6': ['..##.', '.#...', '#....', '####.', '#...#', '#...#', '.###.'],
  '7': ['#####', '....#', '...#.', '..#..', '.#...', '.#...', '.#...'],
  '8': ['.###.', '#...#', '#...#', '.###.', '#...#', '#...#', '.###.'],
  '9': ['.###.', '#...#', '#...#', '.####', '....#', '...#.', '.##..'],
  ':': ['.', '.', '#', '.', '#', '.', '.'],
};

/** How many pixels wide a text of digits and colons is. */
export function digitsWidth(text: string): number {
  return Math.max(
    0,
    [...text].reduce((sum, char) => sum + (GLYPHS[char]?.[0]?.length ?? 0) + 1, -1),
  );
}

/** The pixels of a text, from its top left. */
export function* digitPixels(text: string): Generator<{ readonly x: number; readonly y: number }> {
  let left = 0;
  for (const char of text) {
    const rows = GLYPHS[char] ?? [];
    for (const [y, row] of rows.entries()) {
      for (const [x, pixel] of [...row].entries()) if (pixel === '#') yield { x: left + x, y };
    }
    left += (rows[0]?.length ?? 0) + 1;
  }
}
