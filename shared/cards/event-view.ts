/** What the card of one event says: the event itself, not a digest of one. */
import type { DigestItem } from '../digests/digest-summary.ts';
import { brandFrame } from './brand-frame.ts';
import type { Voice } from './card-input.ts';
import type { Block, CardView, Line, ViewFact, ViewLink } from './card-view.ts';
import type { Detail } from './detail.ts';
import { actLines, doneLines, GLYPHS, itemButtons, itemPictures } from './item-lines.ts';
import { toLinkAddress } from './markdown.ts';
import { NAME_LIMIT, type TextLimit, toOneLine, toShownTitle } from './plain-text.ts';

/** One event may say eight times what it says as a line of a digest. */
const TEXT_FACTOR = 8;
const MAX_TEXT_LINES = 20;
const MAX_FACTS = 10;
const VALUE_LIMIT: TextLimit = { graphemes: 160, bytes: 640 };

/** The view of a digest that holds this one event. */
export function eventView(item: DigestItem, frozenAt: number, voice: Voice, detail: Detail): CardView {
  const { event } = item;
  const title = toShownTitle(event.data.title);
  const topic = voice.topicName(event.type);
  return {
    ...brandFrame(voice),
    title: voice.say.titled(voice.brandName, topic),
    summary: `${title} · ${topic}`,
    blocks: [mainBlock(item, voice, detail, frozenAt)],
    buttons: detail.buttons ? voice.channel?.buttons : undefined,
    links: links(item, voice, detail),
  };
}

function mainBlock(item: DigestItem, voice: Voice, detail: Detail, frozenAt: number): Block {
  const { event, severity, lastAt } = item;
  const { data } = event;
  const group = data.group === undefined || data.group === '' ? [] : [toOneLine(data.group, NAME_LIMIT)];
  const context = { voice, detail, frozenAt, showScope: true };
  const where = event.scope === undefined ? [] : [toOneLine(event.scope, NAME_LIMIT)];
  return {
    heading: [
      { text: `${GLYPHS[severity]} ` },
      { text: toShownTitle(data.title), look: 'strong', url: toLinkAddress(data.url) },
    ],
    subheading: [
      {
        text: [voice.say.severity[severity], ...group, ...where, voice.dates.range(lastAt, lastAt)].join(' · '),
        look: 'subtle',
      },
    ],
    lines: [
      ...textLines(data.text ?? '', detail),
      ...(data.cut === true ? [[{ text: voice.say.shortened }]] : []),
      ...actLines(item, context),
      ...doneLines(voice.channel?.acts ?? [], voice, frozenAt),
    ],
    facts: detail.facts ? facts(item) : [],
    pictures: itemPictures(item, context),
    buttons: itemButtons(item, context),
  };
}

/** The text, line by line, until its graphemes are spent. */
function textLines(text: string, { textGraphemes }: Detail): Line[] {
  let left = textGraphemes * TEXT_FACTOR;
  const lines: Line[] = [];
  for (const line of text.split(/[\r\n\u2028\u2029]+/)) {
    if (line.trim() === '') continue;
    if (left <= 0 || lines.length === MAX_TEXT_LINES) return [...lines, [{ text: '…' }]];
    const shown = toOneLine(line, { graphemes: left, bytes: left * 4 });
    lines.push([{ text: shown }]);
    left -= shown.length;
  }
  return lines;
}

function facts({ event }: DigestItem): ViewFact[] {
  return (event.data.facts ?? [])
    .slice(0, MAX_FACTS)
    .map(({ name, value }) => ({ name: toOneLine(name, NAME_LIMIT), value: toOneLine(value, VALUE_LIMIT) }));
}

/** To the event itself; to the digest's page only for what the card leaves out. */
function links({ event: { data } }: DigestItem, { say, links: to }: Voice, detail: Detail): ViewLink[] {
  const url = toLinkAddress(data.url);
  const open = url === undefined ? [] : [{ name: say.open, url }];
  const isWhole = detail.facts && (data.text ?? '').length <= detail.textGraphemes * TEXT_FACTOR && data.cut !== true;
  const hasAll = isWhole && (data.facts ?? []).length <= MAX_FACTS && url !== undefined;
  return to.digest === undefined || hasAll ? open : [...open, { name: say.viewDigest, url: to.digest }];
}
