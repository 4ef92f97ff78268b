/** One place's cards in every program, colour and width. */
import { ask } from './shared/ask.ts';
import { el, select } from './shared/dom.ts';
import { createFeed } from './shared/feed.ts';
import type { View, WorldView } from './shared/shapes.ts';
import { applyTheme, themeNamed, themes } from './shared/theme.ts';

const views = [
  ['teams', 'Teams'],
  ['outlook', 'Outlook on the web'],
  ['mobile', 'Outlook on a phone'],
] as const;
const widths = [
  ['full', 'Full width'],
  ['phone', 'Phone (360 px)'],
] as const;

async function start(root: HTMLElement): Promise<void> {
  const place = root.dataset['place'] ?? '';
  const query = new URLSearchParams(location.search);
  const world = await ask<WorldView>('/_host/world');
  const tenant = world.places.find(({ id }) => id === place)?.tenant;
  const people = world.users.filter((user) => user.tenant === tenant);
  const look = {
    view: query.get('view') ?? 'teams',
    theme: query.get('theme') ?? 'default',
    width: query.get('width') ?? 'full',
    user: query.get('user') ?? people[0]?.oid ?? '',
  };
  const view = (): View => views.find(([name]) => name === look.view)?.[0] ?? 'teams';
  const feed = createFeed(
    () => ({ view: view(), theme: themeNamed(look.theme), user: look.user, place }),
    'No cards yet.',
  );
  const draw = () => {
    applyTheme(themeNamed(look.theme));
    feed.element.dataset['width'] = look.width;
    void feed.draw();
  };
  const chooser = (name: keyof typeof look, label: string, options: readonly (readonly [string, string])[]) =>
    select(options, {
      label,
      value: look[name],
      onChange: (value) => {
        look[name] = value;
        history.replaceState(null, '', `?${new URLSearchParams(look)}`);
        draw();
      },
    });
  root.append(
    el(
      'div',
      { class: 'tools' },
      chooser('view', 'Shown by', views),
      chooser('theme', 'Theme', themes),
      chooser('width', 'Width', widths),
      chooser(
        'user',
        'Pressed by',
        people.map(({ oid, name }) => [oid, name]),
      ),
    ),
    feed.element,
  );
  draw();
}

const root = document.querySelector<HTMLElement>('#channel');
if (root !== null) void start(root);
