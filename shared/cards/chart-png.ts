/** Draws a digest's chart as a PNG: bars stacked by severity on a clear ground, to be read in dark and light. */
import { PNG } from 'pngjs';
import { SEVERITIES, type Severity } from '../subscriptions/severity.ts';
import type { ChartBar } from './chart-bars.ts';
import { digitPixels, digitsWidth } from './pixel-digits.ts';

/** Narrow enough for a card that does not scale its pictures down. */
const WIDTH = 560;
const HEIGHT = 180;
const DIGIT_SCALE = 2;
/** Where bars stand: below the highest count, above the labels. */
const TOP = 24;
const FOOT = HEIGHT - 28;
const MIN_SEGMENT = 2;

/** Each at least 3:1 against white and against the dark theme of Teams (WCAG 2.2, 1.4.11). */
export const CHART_COLOURS: Readonly<Record<Severity | 'ink', string>> = {
  critical: 'C43CA6',
  error: 'DA3B3F',
  warning: 'B8860B',
  info: '3B82C4',
  ink: '808080',
};

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The picture: nothing in it but counts and times. The same bars give the same bytes. */
export function drawChart(bars: readonly ChartBar[]): Uint8Array {
  const png = new PNG({ width: WIDTH, height: HEIGHT });
  const highest = Math.max(1, ...bars.map(countOf));
  const slot = WIDTH / Math.max(1, bars.length);
  for (const [index, bar] of bars.entries()) drawBar(png, bar, { left: index * slot, slot, highest });
  fill(png, { x: 0, y: FOOT, width: WIDTH, height: 2 }, CHART_COLOURS.ink);
  if (bars.length > 0) write(png, String(highest), { x: 0, y: 4 });
  drawLabels(png, bars, slot);
  return PNG.sync.write(png);
}

function countOf({ bySeverity }: ChartBar): number {
  return SEVERITIES.reduce((sum, severity) => sum + bySeverity[severity], 0);
}

/** Worst at the foot, where bars are compared best; what there is can always be seen. */
function drawBar(png: PNG, bar: ChartBar, place: { left: number; slot: number; highest: number }): void {
  const x = Math.round(place.left + place.slot * 0.12);
  const width = Math.max(1, Math.round(place.slot * 0.76));
  let y = FOOT;
  for (const severity of [...SEVERITIES].reverse()) {
    const count = bar.bySeverity[severity];
    if (count === 0) continue;
    const height = Math.max(MIN_SEGMENT, Math.round((count / place.highest) * (FOOT - TOP)));
    y -= height;
    fill(png, { x, y, width, height }, CHART_COLOURS[severity]);
  }
}

/** As many labels as have room, evenly. */
function drawLabels(png: PNG, bars: readonly ChartBar[], slot: number): void {
  const widest = Math.max(1, ...bars.map(({ label }) => digitsWidth(label) * DIGIT_SCALE + 12));
  const every = Math.ceil(widest / slot);
  for (const [index, { label }] of bars.entries()) {
    if (index % every !== 0) continue;
    const middle = (index + 0.5) * slot - (digitsWidth(label) * DIGIT_SCALE) / 2;
    const x = Math.min(WIDTH - digitsWidth(label) * DIGIT_SCALE, Math.max(0, Math.round(middle)));
    write(png, label, { x, y: FOOT + 8 });
  }
}

function write(png: PNG, text: string, { x, y }: { x: number; y: number }): void {
  for (const pixel of digitPixels(text)) {
    const box = { x: x + pixel.x * DIGIT_SCALE, y: y + pixel.y * DIGIT_SCALE, width: DIGIT_SCALE, height: DIGIT_SCALE };
    fill(png, box, CHART_COLOURS.ink);
  }
}

function fill(png: PNG, { x, y, width, height }: Box, colour: string): void {
  const rgba = Buffer.from(`${colour}FF`, 'hex');
  for (let row = Math.max(0, y); row < Math.min(HEIGHT, y + height); row += 1) {
    for (let column = Math.max(0, x); column < Math.min(WIDTH, x + width); column += 1) {
      rgba.copy(png.data, (row * WIDTH + column) * 4);
    }
  }
}
