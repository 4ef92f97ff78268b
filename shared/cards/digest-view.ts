/** What a digest's card says, at a given detail: counts, groups, lines, and how many more there are. */
import type { DigestSummary } from '../digests/digest-summary.ts';
import { SEVERITIES } from '../subscriptions/severity.ts';
import { brandFrame } from './brand-frame.ts';
import type { Voice } from './card-input.ts';
import { type Block, type CardView, EMPTY_BLOCK, type Line } from './card-view.ts';
import type { Detail } from './detail.ts';
import { groupBlocks } from './group-blocks.ts';
import { doneLines } from './item-lines.ts';
import { toPictureAddress } from './markdown.ts';
import { toShownTitle } from './plain-text.ts';

/** Topics counted in the overview; the rest is counted together. */
const MAX_TOPICS = 5;

/** The view of a digest of two events or more. */
export function digestView(summary: DigestSummary, voice: Voice, detail: Detail): CardView {
  const { say, links } = voice;
  const { blocks, counted } = groupBlocks(summary, voice, detail);
  const rest = summary.total - counted;
  return {
    ...brandFrame(voice),
    title: say.titled(voice.brandName, say.events(summary.total)),
    summary: pushLine(summary, voice),
    blocks: [overview(summary, voice, detail), ...blocks, ...(rest > 0 ? [restBlock(say.moreElsewhere(rest))] : [])],
    buttons: detail.buttons ? voice.channel?.buttons : undefined,
    links: links.digest === undefined ? [] : [{ name: say.viewDigest, url: links.digest }],
  };
}

function restBlock(text: string): Block {
  return { ...EMPTY_BLOCK, lines: [[{ text, look: 'subtle' }]] };
}

/** "42 events, 3 critical: Build 812 failed; Deploy is stuck": what happened, then the worst of it. */
function pushLine(summary: DigestSummary, { say }: Voice): string {
  const worst = SEVERITIES.findLast((severity) => summary.bySeverity[severity] > 0) ?? 'info';
  const count = worst === 'info' ? [] : [say.counted[worst](summary.bySeverity[worst])];
  const titles = summary.groups.slice(0, 2).flatMap((group) => group.items.slice(0, 1));
  const named = titles.map((item) => toShownTitle(item.event.data.title)).join('; ');
  return say.titled(say.list([say.events(summary.total), ...count]), named);
}

function overview(summary: DigestSummary, voice: Voice, detail: Detail): Block {
  const { say, dates, links } = voice;
  const counts = [...SEVERITIES].reverse().filter((severity) => summary.bySeverity[severity] > 0);
  const period = summary.period === undefined ? '' : dates.range(summary.period.from, summary.period.to);
  const chart = detail.pictures ? toPictureAddress(links.chart) : undefined;
  const alt = say.chartAlt(say.events(summary.total), period);
  return {
    ...EMPTY_BLOCK,
    heading: [{ text: say.list(counts.map((severity) => say.counted[severity](summary.bySeverity[severity]))) }],
    subheading: [{ text: period, look: 'subtle' }],
    lines: [...topicLine(summary, voice), ...doneLines(voice.channel?.acts ?? [], voice, summary.frozenAt)],
    pictures: chart === undefined ? [] : [{ url: chart, alt, shape: 'wide' }],
  };
}

/** "Build failed: 14 · Deployed: 30", where there is more than one topic. */
function topicLine({ byTopic, total }: DigestSummary, { say, topicName }: Voice): Line[] {
  if (byTopic.length < 2) return [];
  const named = byTopic.slice(0, MAX_TOPICS);
  const rest = total - named.reduce((sum, { count }) => sum + count, 0);
  const counts = named.map(({ topic, count }) => say.titled(topicName(topic), say.number(count)));
  return [[{ text: [...counts, ...(rest > 0 ? [say.more(rest)] : [])].join(' · ') }]];
}
