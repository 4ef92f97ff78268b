/** The page behind "View full digest": every kept event, to filter, search, print and follow. No script, nothing from elsewhere. */
import { type Html, html } from '../../platform/html.ts';
import { type PageAnswer, pageAnswer } from '../../platform/page.ts';
import { SEVERITIES, type Severity } from '../../subscriptions/severity.ts';
import { type Audience, type Voice, voiceFor } from '../card-input.ts';
import { NAME_LIMIT, toVisibleLine } from '../plain-text.ts';
import { type CollectedEvents, formatCursor } from './collect-events.ts';
import type { DigestFilter } from './digest-filter.ts';
import { eventItem } from './event-item.ts';

/** What the page shows. Counts are the whole digest's, whatever the filter. */
export interface DigestPageRequest extends Audience {
  readonly total: number;
  readonly bySeverity?: Readonly<Record<Severity, number>> | undefined;
  readonly period?: { readonly from: number; readonly to: number } | undefined;
  /** Topics to choose from. */
  readonly topics: readonly string[];
  readonly filter: DigestFilter;
  readonly found: CollectedEvents;
  /** The token of this page's own address: a form would lose the query. */
  readonly token: string;
}

/** The page as an answer: who has the address may read it. */
export function renderDigestPage(request: DigestPageRequest): PageAnswer {
  const voice = voiceFor(request);
  const { say, brandName, brand, language } = voice;
  const title = say.titled(brandName, say.events(request.total));
  const body = html`<h1>${title}</h1>
${overview(request, voice)}
${filterForm(request, voice)}
${eventList(request, voice)}`;
  return pageAnswer({ brand: { name: brandName, logo: brand.logo }, language, title, body });
}

function overview({ bySeverity, period, total, links }: DigestPageRequest, { say, dates }: Voice): Html {
  const worstFirst = [...SEVERITIES].reverse();
  const counts = bySeverity === undefined ? [] : worstFirst.filter((severity) => bySeverity[severity] > 0);
  const said = say.list(counts.map((severity) => say.counted[severity](bySeverity?.[severity] ?? 0)));
  const when = period === undefined ? '' : dates.range(period.from, period.to);
  const chart =
    links.chart === undefined
      ? ''
      : html`<img class="chart" width="560" height="180" src="${links.chart}" alt="${say.chartAlt(say.events(total), when)}">`;
  return html`<p>${said}</p>
<p class="quiet">${when}</p>
${chart}`;
}

function filterForm({ topics, filter, token }: DigestPageRequest, { say, topicName }: Voice): Html {
  const option = (value: string, name: string, chosen: string | undefined) =>
    html`<option value="${value}"${value === chosen ? { markup: ' selected' } : ''}>${name}</option>`;
  const topicOptions = topics.map((type) => option(type, topicName(type), filter.topic));
  const severityOptions = SEVERITIES.map((severity) =>
    option(severity, say.severity[severity], filter.severity ?? 'info'),
  );
  return html`<form method="get">
<input type="hidden" name="t" value="${token}">
<label>${say.page.topic}<select name="topic">${option('', say.page.allTopics, filter.topic ?? '')}${topicOptions}</select></label>
<label>${say.page.atLeast}<select name="severity">${severityOptions}</select></label>
<label>${say.page.search}<input type="search" name="search" maxlength="100" value="${filter.search ?? ''}"></label>
<button>${say.page.show}</button>
</form>`;
}

function eventList(request: DigestPageRequest, voice: Voice): Html {
  const { found } = request;
  const { page } = voice.say;
  const isFiltered = Object.values(request.filter).some((part) => part !== undefined);
  const none = found.next === undefined && !isFiltered && request.total > 0 ? page.gone : page.noMatch;
  return html`${
    found.events.length === 0
      ? html`<p>${none}</p>`
      : html`<ol>
${found.events.map((kept) => eventItem(kept, voice))}</ol>`
  }
${nextLink(request, voice)}`;
}

function nextLink({ found, filter, token }: DigestPageRequest, { say }: Voice): Html {
  if (found.next === undefined) return html``;
  const query = new URLSearchParams({ t: token });
  for (const [name, value] of Object.entries(filter)) if (value !== undefined) query.set(name, value);
  query.set('after', formatCursor(found.next));
  const name = found.isFull ? say.page.next : say.page.searchOn;
  return html`<nav><p><a rel="next" href="?${query.toString()}">${toVisibleLine(name, NAME_LIMIT)}</a></p></nav>`;
}
