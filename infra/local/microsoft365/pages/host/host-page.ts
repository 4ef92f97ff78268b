/** Teams and Outlook: places on the left, cards in the middle, connectors behind a button. */
import { ask } from '../shared/ask.ts';
import { el, select } from '../shared/dom.ts';
import { createFeed } from '../shared/feed.ts';
import { sampleButton } from '../shared/sample.ts';
import type { Place, Theme, User, WorldView } from '../shared/shapes.ts';
import { applyTheme, themeNamed, themes } from '../shared/theme.ts';
import { type OpenDialog, openConfigurationDialog } from './configuration-dialog.ts';
import { openConnectorsDialog } from './connectors-dialog.ts';
import { drawSide } from './side.ts';

/** Fills the page. */
export async function startHostPage(host: 'teams' | 'outlook'): Promise<void> {
  const world = await ask<WorldView>('/_host/world');
  const query = new URLSearchParams(location.search);
  let user: User | undefined = world.users.find(({ oid }) => oid === query.get('user')) ?? world.users[0];
  let place: Place | undefined;
  let theme = themeNamed(query.get('theme'));
  let dialog: OpenDialog | undefined;

  const side = el('nav', { class: 'places', 'aria-label': host === 'teams' ? 'Teams and channels' : 'Folders' });
  const heading = el('h1');
  const connectors = el('button', { class: 'primary' }, 'Connectors');
  const empty = 'No cards yet. Add a connector, or post to a webhook of this place.';
  const feed = createFeed(() => ({ view: host, theme, user: user?.oid ?? '', place: place?.id }), empty);

  const visible = () => world.places.filter((one) => isVisible(one, host, user));
  const choose = (chosen: Place | undefined) => {
    place = chosen;
    heading.textContent = place?.name ?? 'Nothing here';
    connectors.disabled = place === undefined;
    drawSide(side, visible(), place, choose);
    void feed.draw();
  };
  const setTheme = (chosen: Theme) => {
    theme = chosen;
    applyTheme(theme);
    dialog?.setTheme(theme);
    void feed.draw();
  };
  const configure = async (purpose: 'add' | 'edit' | 'remove', connector?: string) => {
    if (place === undefined || user === undefined) return;
    const request = {
      purpose,
      place: place.id,
      user: user.oid,
      host,
      theme,
      onTheme: setTheme,
      ...(connector === undefined ? {} : { connector }),
    };
    dialog = await openConfigurationDialog(request, () => {
      dialog = undefined;
    });
  };
  connectors.addEventListener('click', () => {
    const mayChange = user?.right === 'owner';
    if (place !== undefined) void openConnectorsDialog({ place, world, mayChange, configure });
  });
  const people = select(
    world.users.map(({ oid, name }) => [oid, name]),
    {
      label: 'Signed in as',
      value: user?.oid ?? '',
      onChange: (oid) => {
        user = world.users.find((one) => one.oid === oid);
        choose(visible()[0]);
      },
    },
  );
  const colours = select(themes, {
    label: 'Theme',
    value: theme,
    onChange: (name) => setTheme(themeNamed(name)),
  });
  const root = document.querySelector<HTMLElement>('#host');
  const sample = root?.dataset['sample'] !== undefined && sampleButton();
  const header = el('header', {}, heading, connectors, sample, el('div', { class: 'tools' }, people, colours));
  root?.append(side, el('main', { class: 'conversation' }, header, feed.element));
  applyTheme(theme);
  choose(visible().find(({ id }) => id === query.get('place')) ?? visible()[0]);
}

function isVisible({ kind, tenant, user }: Place, host: 'teams' | 'outlook', person: User | undefined): boolean {
  if (tenant !== person?.tenant) return false;
  return host === 'teams' ? kind === 'channel' : kind === 'group' || user === person.oid;
}
