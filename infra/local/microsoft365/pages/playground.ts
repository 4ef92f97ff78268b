/** The card playground: a card's JSON, drawn in both hosts, weighed, checked, and posted. */
import { ask } from './shared/ask.ts';
import { el } from './shared/dom.ts';
import { recordOf, recordsOf } from './shared/json.ts';
import { drawMessage } from './shared/message.ts';
import type { Message, Theme, View } from './shared/shapes.ts';

interface Finding {
  readonly level: string;
  readonly message: string;
}

const KB = 1_024;
/** 28 KB: more than that a webhook does not take. */
const MOST_BYTES = 28 * KB;

const need = <Kind extends HTMLElement>(selector: string, kind: new () => Kind): Kind => {
  const found = document.querySelector(selector);
  if (found instanceof kind) return found;
  throw new Error(`the page lacks ${selector}`);
};

const source = need('#source', HTMLTextAreaElement);
const size = need('#size', HTMLElement);
const findings = need('#findings', HTMLElement);
const theme = need('#theme', HTMLSelectElement);

/** A card out of what was pasted: a MessageCard, an Adaptive Card, or a flow's envelope. */
function cardOf(pasted: unknown): Pick<Message, 'format' | 'card'> {
  const given = recordOf(pasted);
  const content = recordsOf(given['attachments'])[0]?.['content'];
  const card = given['type'] === 'message' ? recordOf(content) : given;
  return { format: card['type'] === 'AdaptiveCard' ? 'adaptive-card' : 'message-card', card };
}

async function draw(): Promise<void> {
  const text = source.value;
  const bytes = new TextEncoder().encode(text).length;
  size.textContent = `${bytes.toLocaleString()} bytes of ${MOST_BYTES.toLocaleString()}`;
  size.className = bytes > MOST_BYTES ? 'badge bad' : 'badge good';
  document.documentElement.dataset['theme'] = theme.value === 'default' ? 'light' : theme.value;
  let pasted: unknown;
  try {
    pasted = JSON.parse(text);
  } catch (error) {
    findings.replaceChildren(
      el('li', { class: 'error' }, `No JSON: ${error instanceof Error ? error.message : error}`),
    );
    return;
  }
  for (const view of ['teams', 'outlook', 'mobile'] as const satisfies readonly View[]) {
    const message: Message = {
      ...cardOf(pasted),
      id: 'draft',
      place: '',
      at: new Date().toISOString(),
      from: 'Playground',
      actionable: true,
      bytes,
      updates: 0,
      status: [],
    };
    const drawing = { view, theme: theme.value as Theme, user: '', separator: ',' };
    need(`#as-${view}`, HTMLElement).replaceChildren(drawMessage(message, drawing));
  }
  const said = await ask<{ findings: readonly Finding[] | null }>('/_host/lint', { text });
  findings.replaceChildren(
    ...(said.findings === null
      ? [el('li', { class: 'note' }, 'No linter here: start this with the product to see what it says.')]
      : said.findings.length === 0
        ? [el('li', { class: 'good' }, 'The linter has nothing to say.')]
        : said.findings.map(({ level, message }) => el('li', { class: level }, `${level}: ${message}`))),
  );
}

async function post(): Promise<void> {
  const result = need('#posted', HTMLElement);
  const answer = await ask<{ status: number; body: string; place: string }>('/_host/post', {
    place: need('#place', HTMLSelectElement).value,
    kind: need('#kind', HTMLSelectElement).value,
    text: source.value,
  });
  result.replaceChildren(
    `${answer.status} ${answer.body} `,
    el('a', { href: `/channel/${encodeURIComponent(answer.place)}` }, 'See it there'),
  );
}

let waiting = 0;
source.addEventListener('input', () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => void draw(), 200);
});
theme.addEventListener('change', () => void draw());
need('#post', HTMLButtonElement).addEventListener('click', () => void post());
void draw();
