/** A MessageCard as a person would read it, in a terminal. */

interface Section {
  readonly title?: string;
  readonly text?: string;
  readonly activityTitle?: string;
  readonly activitySubtitle?: string;
  readonly activityText?: string;
  readonly facts?: readonly { readonly name: string; readonly value: string }[];
}

interface MessageCard {
  readonly title?: string;
  readonly text?: string;
  readonly summary?: string;
  readonly sections?: readonly Section[];
  readonly potentialAction?: readonly { readonly name: string }[];
}

const WIDTH = 100;

/** The card's text in a frame. */
export function printCard(body: string): string {
  const card = JSON.parse(body) as MessageCard;
  const lines = [
    card.title,
    card.text,
    ...(card.sections ?? []).flatMap((section) => [
      '',
      section.title,
      section.activityTitle,
      section.activitySubtitle,
      section.activityText,
      section.text,
      ...(section.facts ?? []).map(({ name, value }) => `${name}: ${value}`),
    ]),
    ...(card.potentialAction ?? []).map(({ name }) => `[ ${name} ]`),
  ];
  const text = lines.flatMap((line) => (line === undefined ? [] : plain(line).split('\n')));
  const framed = text
    .filter((line, index) => line !== '' || text[index - 1] !== '')
    .map((line) => `│ ${cut(line).padEnd(WIDTH)} │`);
  return [`╭${'─'.repeat(WIDTH + 2)}╮`, ...framed, `╰${'─'.repeat(WIDTH + 2)}╯`].join('\n');
}

/** Markdown as it is seen: emphasis gone, links as their words, escapes as what they escape. */
function plain(text: string): string {
  return text
    .replaceAll(/(?<!\\)\*\*(.+?)(?<!\\)\*\*/g, '$1')
    .replaceAll(/(?<!\\)\[((?:\\.|[^\]\\])*)\]\([^)]*\)/g, '$1')
    .replaceAll(/\\([\\`*_{}[\]()#+\-.!|~<>])/g, '$1')
    .replaceAll(/[\u200b\u2060]/g, '');
}

function cut(line: string): string {
  return line.length <= WIDTH ? line : `${line.slice(0, WIDTH - 1)}…`;
}
