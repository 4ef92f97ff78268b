/** `GET /digests/{id}?t=…`: the whole digest as a page, for whoever has its signed address. */
import type { HttpHandler } from '@azure/functions';
import type { Audience } from '../shared/cards/card-input.ts';
import type { DigestLinks } from '../shared/cards/digest-links.ts';
import { collectEvents, parseCursor } from '../shared/cards/page/collect-events.ts';
import { isWanted, parseDigestFilter } from '../shared/cards/page/digest-filter.ts';
import { renderDigestPage } from '../shared/cards/page/digest-page.ts';
import type { FindDigest } from '../shared/cards/page/find-digest.ts';
import type { InboxTable } from '../shared/events/inbox-table.ts';
import { firstKeyAt } from '../shared/events/page.ts';
import { answeringPages } from '../shared/platform/answering-pages.ts';
import type { PageBrand } from '../shared/platform/page.ts';

/** What the page needs. */
export interface DigestPageDeps {
  readonly brand: PageBrand;
  readonly findDigest: FindDigest;
  readonly links: Pick<DigestLinks, 'linksTo'>;
  readonly inbox: Pick<InboxTable, 'listPages'>;
  readonly audience: (locale: string, timeZone: string) => Omit<Audience, 'links'>;
}

/** Handles the page; `after` in the query is where it goes on. */
export function createDigestPageHandler({ brand, findDigest, links, inbox, audience }: DigestPageDeps): HttpHandler {
  return answeringPages({ brand, title: 'No digest' }, async (request) => {
    const { id, account, subscriptionId, record } = await findDigest(
      'digest',
      request.params['id'] ?? '',
      request.query.get('t'),
    );
    const filter = parseDigestFilter(new URL(request.url).searchParams);
    const from = parseCursor(request.query.get('after'));
    const first = from?.key ?? record.firstPage ?? firstKeyAt(0);
    const pages = inbox.listPages({ subscriptionId, digestId: id, from: first, to: record.lastPage });
    return renderDigestPage({
      ...audience(record.locale, record.timeZone),
      links: { chart: (await links.linksTo({ digest: id, account }, record.frozenAt)).chart },
      total: record.count,
      bySeverity: record.overview?.bySeverity,
      period: record.overview?.period,
      topics: record.overview?.topics ?? [],
      filter,
      found: await collectEvents(pages, { from, wants: isWanted(filter) }),
      token: request.query.get('t') ?? '',
    });
  });
}
