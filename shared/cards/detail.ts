/** How much a card shows, from everything down: the ladder a card climbs down until its body fits the byte budget. */

/** What is shown at one rung. */
export interface Detail {
  /** Pictures of events, and the chart. */
  readonly pictures: boolean;
  readonly facts: boolean;
  /** Graphemes of an event's text; 0 shows none. */
  readonly textGraphemes: number;
  /** Answers to events; the links to them. */
  readonly buttons: boolean;
  /** Lines of events over the whole card; the rest is counted as "+N more". */
  readonly items: number;
}

/** Most first. A card that fits at no rung goes out plain. */
export const LADDER: readonly Detail[] = [
  { pictures: true, facts: true, textGraphemes: 240, buttons: true, items: 24 },
  { pictures: false, facts: true, textGraphemes: 240, buttons: true, items: 24 },
  { pictures: false, facts: false, textGraphemes: 240, buttons: true, items: 24 },
  { pictures: false, facts: false, textGraphemes: 100, buttons: true, items: 24 },
  { pictures: false, facts: false, textGraphemes: 0, buttons: true, items: 24 },
  { pictures: false, facts: false, textGraphemes: 0, buttons: true, items: 16 },
  { pictures: false, facts: false, textGraphemes: 0, buttons: false, items: 16 },
  { pictures: false, facts: false, textGraphemes: 0, buttons: false, items: 10 },
  { pictures: false, facts: false, textGraphemes: 0, buttons: false, items: 6 },
  { pictures: false, facts: false, textGraphemes: 0, buttons: false, items: 3 },
  { pictures: false, facts: false, textGraphemes: 0, buttons: false, items: 1 },
];
