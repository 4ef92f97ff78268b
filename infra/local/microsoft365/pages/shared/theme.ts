/** The colours that somebody can choose. */
import type { Theme } from './shapes.ts';

/** The themes with their names. */
export const themes = [
  ['default', 'Light'],
  ['dark', 'Dark'],
  ['contrast', 'High contrast'],
] as const;

/** The theme of that name, or the light one. */
export const themeNamed = (name: string | null): Theme => themes.find(([theme]) => theme === name)?.[0] ?? 'default';

/** Colours the page. */
export function applyTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme === 'default' ? 'light' : theme;
}
