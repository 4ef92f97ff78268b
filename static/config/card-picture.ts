/** Draws a card as its channel will, with Microsoft's own renderer. Loaded when there is a card to draw. */
import { AdaptiveCard, HostConfig } from 'adaptivecards';
import markdownIt from 'markdown-it';
import type { MessageCard } from '../../shared/cards/message-card.ts';
import { toAdaptiveCard } from '../../shared/cards/to-adaptive-card.ts';
import type { Theme } from './host.ts';

// The renderer knows no Markdown itself. HTML in a text stays text.
const markdown = markdownIt({ html: false, linkify: false });
AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdown.render(text);
  result.didProcess = true;
};

/** The colours of Teams' cards in each theme. */
const INKS = {
  default: { text: '#242424', subtle: '#616161', accent: '#0f548c', ground: '#ffffff', emphasis: '#f0f0f0' },
  dark: { text: '#ffffff', subtle: '#d6d6d6', accent: '#8ec7ff', ground: '#292929', emphasis: '#3d3d3d' },
  contrast: { text: '#ffffff', subtle: '#ffffff', accent: '#ffff00', ground: '#000000', emphasis: '#1a1a1a' },
} as const;

/** The card as an element in which nothing can be pressed: it is a picture that can be read. */
export function drawCard(body: string, theme: Theme): HTMLElement {
  const card = new AdaptiveCard();
  card.hostConfig = hostConfig(theme);
  card.parse(adaptiveOf(JSON.parse(body)));
  const drawn = card.render() ?? document.createElement('div');
  for (const element of [drawn, ...drawn.querySelectorAll<HTMLElement>('*')]) quieten(element);
  return drawn;
}

/** A workflow's body is an envelope around an Adaptive Card; a connector's a MessageCard, drawn as the same card would be. */
function adaptiveOf(posted: { attachments?: { content: object }[] }): object {
  return posted.attachments?.[0]?.content ?? toAdaptiveCard(posted as unknown as MessageCard);
}

function quieten(element: HTMLElement): void {
  element.removeAttribute('tabindex');
  element.removeAttribute('href');
  element.removeAttribute('role');
  element.removeAttribute('aria-label');
  if (element instanceof HTMLButtonElement) {
    const button = document.createElement('span');
    button.className = 'card-button';
    button.textContent = element.textContent;
    element.replaceWith(button);
  }
}

function hostConfig(theme: Theme): HostConfig {
  const { text, subtle, accent, ground, emphasis } = INKS[theme];
  const light = theme === 'default';
  const colour = (main: string) => ({ default: main, subtle: main === text ? subtle : main });
  const foregroundColors = {
    default: colour(text),
    accent: colour(accent),
    good: colour(light ? '#0e700e' : '#9ad29a'),
    warning: colour(light ? '#8a3707' : '#fde387'),
    attention: colour(light ? '#b10e1c' : '#f4b9be'),
  };
  return new HostConfig({
    fontFamily: '"Segoe UI", system-ui, sans-serif',
    spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 12 },
    separator: { lineThickness: 1, lineColor: light ? '#d1d1d1' : '#525252' },
    supportsInteractivity: true,
    actions: { maxActions: 6, actionsOrientation: 'horizontal', actionAlignment: 'left' },
    containerStyles: {
      default: { backgroundColor: ground, foregroundColors },
      emphasis: { backgroundColor: emphasis, foregroundColors },
    },
  });
}
