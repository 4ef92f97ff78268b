/** The groups of a digest as blocks of a card: one for each, and one for each item that can be answered. */
import type { DigestGroup, DigestItem, DigestSummary } from '../digests/digest-summary.ts';
import { allotItems } from './allot-items.ts';
import type { Voice } from './card-input.ts';
import type { Block, Line, Piece } from './card-view.ts';
import type { Detail } from './detail.ts';
import { type ItemContext, isAnswerable, itemButtons, itemLines, itemPictures } from './item-lines.ts';
import { NAME_LIMIT, toOneLine } from './plain-text.ts';

/** Ten sections are shown (docs/microsoft.md, "Limits"); the first is the overview, the last "+N more". */
const MAX_BLOCKS = 8;
const MAX_PICTURES = 3;
/** Lines of one group among others: more would bury what stands below. */
const MAX_LINES_OF_MANY = 10;

/** The blocks, and how many events they account for: shown lines and each group's "+N more". */
export interface GroupBlocks {
  readonly blocks: readonly Block[];
  readonly counted: number;
}

/** Draws as many groups as there is room for, worst first. */
export function groupBlocks(summary: DigestSummary, voice: Voice, detail: Detail): GroupBlocks {
  const groups = summary.groups.slice(0, MAX_BLOCKS);
  const lines = allotItems(
    groups.map((group) => Math.min(group.items.length, groups.length === 1 ? detail.items : MAX_LINES_OF_MANY)),
    detail.items,
  );
  const context = { voice, detail, frozenAt: summary.frozenAt, showScope: hasManyScopes(groups) };
  const blocks: Block[] = [];
  let counted = 0;
  let spare = MAX_BLOCKS - groups.length; // for items of their own, beyond one block a group
  for (const [index, group] of groups.entries()) {
    const items = group.items.slice(0, lines[index] ?? 0);
    if (items.length === 0) continue;
    const drawn = drawGroup(group, items, { context, spare });
    blocks.push(...drawn);
    spare -= drawn.length - 1;
    counted += group.count;
  }
  return { blocks, counted };
}

function hasManyScopes(groups: readonly DigestGroup[]): boolean {
  return new Set(groups.flatMap((group) => group.items.map((item) => item.event.scope))).size > 1;
}

/** Items with buttons each in a block of their own while there is room, so that it is clear what a button answers. */
function drawGroup(
  group: DigestGroup,
  items: readonly DigestItem[],
  { context, spare }: { context: ItemContext; spare: number },
): Block[] {
  const rest = group.count - items.reduce((sum, item) => sum + item.times, 0);
  const more: Line[] = rest > 0 ? [[{ text: context.voice.say.more(rest), look: 'subtle' }]] : [];
  const answerable = items.filter((item) => isAnswerable(item, context));
  const isWhole = answerable.length === items.length && answerable.length <= spare + 1 && rest === 0;
  const alone = isWhole ? answerable : answerable.slice(0, spare);
  const others = items.filter((item) => !alone.includes(item));
  const blocks = [
    ...alone.map((item) => ({ ...block([item], context), buttons: itemButtons(item, context) })),
    ...(isWhole ? [] : [{ ...block(others, context), lines: [...block(others, context).lines, ...more] }]),
  ];
  return blocks.map((each, index) => (index === 0 ? { ...each, heading: heading(group, context.voice) } : each));
}

function block(items: readonly DigestItem[], context: ItemContext): Block {
  return {
    lines: items.flatMap((item) => itemLines(item, context)),
    facts: [],
    pictures: items.flatMap((item) => itemPictures(item, context)).slice(0, MAX_PICTURES),
    buttons: [],
  };
}

function heading(group: DigestGroup, { topicName, say }: Voice): Line {
  const topic: Piece = { text: topicName(group.topic), look: 'strong' };
  const count: Piece = { text: ` · ${say.events(group.count)}` };
  if (group.group === undefined) return [topic, count];
  return [{ text: toOneLine(group.group, NAME_LIMIT), look: 'strong' }, { text: ' · ' }, topic, count];
}
