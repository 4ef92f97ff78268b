import { PNG } from 'pngjs';
import { type ChartBar, chartBars } from '../../../shared/cards/chart-bars.ts';
import { CHART_COLOURS, drawChart } from '../../../shared/cards/chart-png.ts';
import type { Timeline } from '../../../shared/digests/digest-summary.ts';

const MINUTE = 60_000;
const at = (time: string) => Date.parse(time);
const counts = (parts: Partial<ChartBar['bySeverity']> = { info: 1 }) => ({
  info: 0,
  warning: 0,
  error: 0,
  critical: 0,
  ...parts,
});
const timeline = (...times: string[]): Timeline => ({
  widthMs: MINUTE,
  bins: times.map((time) => ({ from: at(time), bySeverity: counts() })),
});
const total = (bars: readonly ChartBar[]) =>
  bars.reduce((sum, { bySeverity }) => sum + Object.values(bySeverity).reduce((a, b) => a + b, 0), 0);

describe('the bars of a chart', () => {
  it('are hours of a day in the zone of its readers, empty ones too', () => {
    const bars = chartBars(timeline('2026-11-20T09:05:00Z', '2026-11-21T08:59:00Z'), 'Europe/Berlin');

    expect(bars).toHaveLength(24);
    expect(bars[0]).toEqual({ label: '10:00', bySeverity: counts() });
    expect(bars[1]).toEqual({ label: '11:00', bySeverity: counts({ info: 0 }) });
    expect(bars.at(-1)?.label).toBe('09:00');
  });

  it('are local days of a week', () => {
    const bars = chartBars(timeline('2026-11-14T23:30:00Z', '2026-11-20T22:00:00Z'), 'Europe/Berlin');

    expect(bars.map(({ label }) => label)).toEqual(['15', '16', '17', '18', '19', '20']);
  });

  it.each([
    ['2026-11-21T08:00:00Z', '2026-11-21T08:31:00Z', ['09:00', '09:05', '09:10', '09:15', '09:20', '09:25', '09:30']],
    ['2026-11-21T08:00:00Z', '2026-11-21T09:00:00Z', ['09:00', '09:15', '09:30', '09:45', '10:00']],
    ['2026-11-21T08:03:00Z', '2026-11-21T08:03:00Z', ['09:00']],
  ])('are parts of an hour from %s to %s', (from, to, labels) => {
    const times = from === to ? [from] : [from, to];

    expect(chartBars(timeline(...times), 'Europe/Berlin').map(({ label }) => label)).toEqual(labels);
  });

  it.each([
    ['the day the clock goes back', '2026-10-24T20:00:00Z', '2026-10-25T20:00:00Z', 'Europe/Berlin'],
    ['the day it goes forward', '2026-03-28T20:00:00Z', '2026-03-29T20:00:00Z', 'Europe/Berlin'],
    ['a zone of half hours', '2026-03-28T20:00:00Z', '2026-03-29T20:00:00Z', 'Asia/Kolkata'],
    ['a month', '2026-10-01T00:00:00Z', '2026-10-31T23:00:00Z', 'Pacific/Apia'],
    ['years', '2019-05-15T00:00:00Z', '2026-10-31T23:00:00Z', 'UTC'],
  ])('hold every event on %s', (_, from, to, zone) => {
    const times = Array.from({ length: 101 }, (_each, n) =>
      new Date(at(from) + ((at(to) - at(from)) * n) / 100).toISOString(),
    );

    const bars = chartBars(timeline(...times), zone);

    expect(total(bars)).toBe(101);
    expect(bars.length).toBeLessThanOrEqual(62);
  });

  it('are none for an empty digest', () => {
    expect(chartBars(timeline(), 'UTC')).toEqual([]);
  });
});

/** Relative luminance and contrast, as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [0, 2, 4].map((index) => {
    const channel = Number.parseInt(hex.slice(index, index + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

describe('the picture of a chart', () => {
  it.each(Object.entries(CHART_COLOURS))('shows %s at 3:1 or more on white and on dark', (_, colour) => {
    expect(contrast(colour, 'FFFFFF')).toBeGreaterThanOrEqual(3);
    expect(contrast(colour, '292929')).toBeGreaterThanOrEqual(3);
  });

  it('is a PNG with a clear ground, within what hosts take', () => {
    const bars = Array.from({ length: 24 }, (_, n) => ({
      label: `${n}`.padStart(2, '0'),
      bySeverity: counts({ info: n, error: n % 3 }),
    }));

    const bytes = drawChart(bars);

    const png = PNG.sync.read(Buffer.from(bytes));
    expect(png.data[3]).toBe(0);
    expect(Math.max(png.width, png.height)).toBeLessThanOrEqual(1_024);
    expect(bytes.length).toBeLessThan(30_000);
  });

  it('draws the worst at the foot, each as high as its share', () => {
    const bytes = drawChart([{ label: '', bySeverity: counts({ info: 3, critical: 1 }) }]);

    const { data, width } = PNG.sync.read(Buffer.from(bytes));
    const column = Array.from({ length: 180 }, (_, y) =>
      Buffer.from(data.subarray((y * width + 280) * 4, (y * width + 280) * 4 + 3))
        .toString('hex')
        .toUpperCase(),
    );
    const high = (colour: string) => column.filter((pixel) => pixel === colour).length;
    expect(high(CHART_COLOURS.info) / high(CHART_COLOURS.critical)).toBeCloseTo(3, 0);
    expect(column.lastIndexOf(CHART_COLOURS.critical)).toBeGreaterThan(column.lastIndexOf(CHART_COLOURS.info));
  });

  it('shows one critical event beside a million others', () => {
    const bytes = drawChart([{ label: '', bySeverity: counts({ info: 1_000_000, critical: 1 }) }]);

    const { data } = PNG.sync.read(Buffer.from(bytes));
    expect(data.includes(Buffer.from(CHART_COLOURS.critical, 'hex'))).toBe(true);
  });

  it('is the same for the same bars, and drawn for none', () => {
    expect(Buffer.from(drawChart([])).equals(Buffer.from(drawChart([])))).toBe(true);
  });
});
