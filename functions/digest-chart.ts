/** `GET /digests/{id}/chart.png?t=…`: counts over time, and nothing else. */
import type { HttpHandler } from '@azure/functions';
import { chartBars } from '../shared/cards/chart-bars.ts';
import type { FindDigest } from '../shared/cards/page/find-digest.ts';
import type { DigestRecord } from '../shared/digests/digest.ts';
import type { Timeline } from '../shared/digests/digest-summary.ts';

/** What the chart needs. */
export interface DigestChartDeps {
  readonly findDigest: FindDigest;
  readonly readTimeline: (subscriptionId: string, record: DigestRecord) => Promise<Timeline>;
}

/** A digest does not change, so its chart may be kept; by the reader's own cache only, since the address is a secret. */
const HEADERS = {
  'content-type': 'image/png',
  'cache-control': 'private, max-age=86400',
  'x-content-type-options': 'nosniff',
};

/** Handles the chart. The library that writes PNG is loaded when the first one is wanted. */
export function createDigestChartHandler({ findDigest, readTimeline }: DigestChartDeps): HttpHandler {
  return async (request) => {
    const { subscriptionId, record } = await findDigest('chart', request.params['id'] ?? '', request.query.get('t'));
    const { drawChart } = await import('../shared/cards/chart-png.ts');
    const bars = chartBars(await readTimeline(subscriptionId, record), record.timeZone);
    return { status: 200, headers: HEADERS, body: Buffer.from(drawChart(bars)) };
  };
}
