/** Draws an Adaptive Card with Microsoft's own renderer, in the colours of the host. */
import { type Action, AdaptiveCard, HostConfig, OpenUrlAction } from 'adaptivecards';
import { markdownToHtml } from '../message-card/markdown.ts';
import { el } from './dom.ts';
import type { Card, Theme } from './shapes.ts';

// The renderer knows no Markdown itself.
AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdownToHtml(text, 'outlook');
  result.didProcess = true;
};

const inks: Readonly<
  Record<Theme, readonly [text: string, subtle: string, accent: string, ground: string, emphasis: string]>
> = {
  default: ['#242424', '#616161', '#5b5fc7', '#ffffff', '#f0f0f0'],
  dark: ['#ffffff', '#adadad', '#7f85f5', '#292929', '#3d3d3d'],
  contrast: ['#ffffff', '#ffffff', '#1aebff', '#000000', '#333333'],
};

function hostConfig(theme: Theme): HostConfig {
  const [text, subtle, accent, ground, emphasis] = inks[theme];
  const colour = (main: string) => ({ default: main, subtle: main === text ? subtle : main });
  const foregroundColors = {
    default: colour(text),
    accent: colour(accent),
    good: colour(theme === 'default' ? '#0e700e' : '#54b054'),
    warning: colour(theme === 'default' ? '#8a5100' : '#f7b264'),
    attention: colour(theme === 'default' ? '#b10e1c' : '#f1707b'),
  };
  return new HostConfig({
    fontFamily: 'Segoe UI, system-ui, sans-serif',
    spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 12 },
    separator: { lineThickness: 1, lineColor: theme === 'default' ? '#d1d1d1' : '#525252' },
    supportsInteractivity: true,
    actions: {
      maxActions: 6,
      showCard: { actionMode: 'inline' },
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
    },
    containerStyles: {
      default: { backgroundColor: ground, foregroundColors },
      emphasis: { backgroundColor: emphasis, foregroundColors },
    },
  });
}

/** The card; `refused` is called for a button that posts, which a flow's card cannot. */
export function drawAdaptiveCard(card: Card, theme: Theme, refused: (action: Action) => void): HTMLElement {
  const frame = el('article', { class: 'adaptive-card' });
  try {
    const adaptive = new AdaptiveCard();
    adaptive.hostConfig = hostConfig(theme);
    adaptive.onExecuteAction = (action) => {
      const address = action instanceof OpenUrlAction ? action.url : undefined;
      if (address !== undefined && /^https?:\/\//i.test(address)) window.open(address, '_blank', 'noreferrer,noopener');
      else refused(action);
    };
    adaptive.parse(card);
    const drawn = adaptive.render();
    if (drawn !== undefined) frame.append(drawn);
  } catch (error) {
    frame.append(
      el('p', { class: 'notice' }, `This card cannot be drawn: ${error instanceof Error ? error.message : error}`),
    );
  }
  return frame;
}
