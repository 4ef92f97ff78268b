/** Puts together the page of a digest and its chart. */
import type { HttpHandler } from '@azure/functions';
import { createFindDigest } from '../../shared/cards/page/find-digest.ts';
import { readTimeline } from '../../shared/digests/read-content.ts';
import { topicNameIn } from '../../shared/events/catalogue.ts';
import { createDigestChartHandler } from '../digest-chart.ts';
import { createDigestPageHandler } from '../digest-page.ts';
import * as parts from './parts.ts';
import * as tables from './tables.ts';

const findDigest = parts.once(async () =>
  createFindDigest({
    links: await parts.digestLinks(),
    digests: await tables.digests(),
    subscriptions: await tables.subscriptions(),
  }),
);

/** `GET /digests/{id}`. */
export async function digestPageHandler(): Promise<HttpHandler> {
  const { product, topics } = await parts.catalogue();
  return createDigestPageHandler({
    brand: product,
    findDigest: await findDigest(),
    links: await parts.digestLinks(),
    inbox: await tables.inbox(),
    audience: (locale, timeZone) => ({ locale, timeZone, brand: product, topicName: topicNameIn(topics, locale) }),
  });
}

/** `GET /digests/{id}/chart.png`. */
export async function digestChartHandler(): Promise<HttpHandler> {
  const inbox = await tables.inbox();
  return createDigestChartHandler({
    findDigest: await findDigest(),
    readTimeline: (subscriptionId, record) => readTimeline(inbox, subscriptionId, record),
  });
}
