/** One event as an item of the digest page's list. Its pictures are not shown: they would tell others who reads. */
import { type Html, html } from '../../platform/html.ts';
import type { Voice } from '../card-input.ts';
import { GLYPHS } from '../item-lines.ts';
import { toLinkAddress } from '../markdown.ts';
import { type TextLimit, toVisibleLine } from '../plain-text.ts';
import type { KeptEvent } from './collect-events.ts';

/** The page shows what cards cut; what an event may hold at all is bounded when it is received. */
const LONG: TextLimit = { graphemes: 4_000, bytes: 16_000 };
const TITLE: TextLimit = { graphemes: 500, bytes: 2_000 };

/** The item. Text from the event stands in isolation, so that its direction stays its own. */
export function eventItem({ event, receivedAt }: KeptEvent, { say, dates, topicName }: Voice): Html {
  const { data, severity, scope, type, time } = event;
  const at = time === undefined ? receivedAt : Math.min(Date.parse(time) || receivedAt, receivedAt);
  const where = [data.group, scope].filter((part) => part !== undefined && part !== '');
  const about = where.map((part) => html` · <bdi>${toVisibleLine(part ?? '', TITLE)}</bdi>`);
  const facts = (data.facts ?? []).map(
    ({ name, value }) =>
      html`<dt><bdi>${toVisibleLine(name, TITLE)}</bdi></dt><dd><bdi>${toVisibleLine(value, LONG)}</bdi></dd>`,
  );
  return html`<li>
<h2><span aria-hidden="true">${GLYPHS[severity]}</span> ${title(data)}</h2>
<p class="quiet">${say.severity[severity]} · ${topicName(type)}${about} · <time datetime="${new Date(at).toISOString()}">${dates.dateTime(at)}</time></p>
${paragraphs(data.text ?? '')}
${data.cut === true ? html`<p class="quiet">${say.shortened}</p>` : ''}
${facts.length === 0 ? '' : html`<dl>${facts}</dl>`}
</li>
`;
}

function title({ title, url }: KeptEvent['event']['data']): Html {
  const shown = html`<bdi>${toVisibleLine(title, TITLE)}</bdi>`;
  const address = toLinkAddress(url);
  return address === undefined ? shown : html`<a href="${address}" rel="noopener noreferrer nofollow">${shown}</a>`;
}

function paragraphs(text: string): readonly Html[] {
  const lines = text.split(/[\r\n\u2028\u2029]+/).filter((line) => line.trim() !== '');
  return lines.slice(0, 200).map((line) => html`<p dir="auto">${toVisibleLine(line, LONG)}</p>`);
}
