/** Summarises a digest of very many events to a card, as `send-digest` does, from pages made on the way. */
import { renderCard } from '../../../shared/cards/render-card.ts';
import { createClaims } from '../../../shared/digests/claim-pages.ts';
import { createSummary } from '../../../shared/digests/summarise.ts';
import { IDENTITY_BYTES } from '../../../shared/events/event-identity.ts';
import { intoPages } from '../../../shared/events/inbox-writer.ts';
import { packEvent } from '../../../shared/events/pack-event.ts';
import { type Page, pageKey } from '../../../shared/events/page.ts';
import { benchEvent } from '../fill.ts';
import { answering } from '../worker.ts';

/** Different pages; their events come again, with other identities. */
const TEMPLATES = 40;
const NOW = Date.UTC(2026, 10, 21, 9);
const MB = 1024 * 1024;

interface Input {
  readonly events: number;
}

await answering(async ({ events }: Input) => {
  const pages = templates();
  digest(pages, Math.min(events, 50_000)); // so that what is measured is compiled
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  const cpu = process.cpuUsage();
  const { peak, total } = digest(pages, events);
  const { user, system } = process.cpuUsage(cpu);
  return { seconds: (user + system) / 1e6, peakMb: (peak - before) / MB, events: total };
});

interface Template {
  readonly json: Uint8Array;
  readonly count: number;
}

function templates(): Template[] {
  const packed = Array.from({ length: TEMPLATES * 150 }, (_, number) => packEvent(benchEvent(number)));
  return intoPages(packed)
    .slice(0, TEMPLATES)
    .map((page) => ({ json: Buffer.from(`[${page.map(({ json }) => json).join(',')}]`), count: page.length }));
}

function digest(pages: readonly Template[], events: number): { peak: number; total: number } {
  let peak = 0;
  const summary = createSummary({ digestId: 'sub_1_1', frozenAt: NOW });
  const claims = createClaims([], summary.add);
  for (let number = 0; claims.count < events; number++) {
    claims.claim(aPage(pages[number % pages.length], number));
    if (number % 50 === 0) peak = Math.max(peak, process.memoryUsage.rss());
  }
  claims.identities(); // for the record
  const finished = summary.finish();
  draw(finished);
  return { peak: Math.max(peak, process.memoryUsage.rss()), total: finished.total };
}

/** A page with identities of its own; from storage each page is new memory too. */
function aPage(template: Template | undefined, number: number): Page {
  if (template === undefined) throw new Error('there are no pages');
  const identities = new Uint8Array(template.count * IDENTITY_BYTES);
  const view = new DataView(identities.buffer);
  for (let position = 0; position < template.count; position++) {
    // As even as SHA-256 in the first word, and unlike any other in the second.
    view.setUint32(position * IDENTITY_BYTES, Math.imul(number * 2_000 + position, 2_654_435_761));
    view.setUint32(position * IDENTITY_BYTES + 4, number * 2_000 + position);
  }
  return {
    key: pageKey(NOW - 3_600_000 + number, 'bench', number),
    digestId: undefined,
    urgency: 'ordinary',
    count: template.count,
    skip: undefined,
    identities,
    json: template.json,
  };
}

function draw(summary: Parameters<typeof renderCard>[0]['summary']): void {
  renderCard({
    summary,
    kind: 'connector',
    appType: 'teams',
    locale: 'en',
    timeZone: 'UTC',
    brand: { name: 'Builds', colour: '#1F6FEB', logo: 'https://builds.example/logo.png' },
    topicName: (type) => type,
    links: { digest: 'https://tidings.example/digests/1', chart: 'https://tidings.example/digests/1/chart.png' },
    budgetBytes: 18_000,
    style: 'normal',
  });
}
