/** *Connectors*: what can be added to a place, and what has been. */
import { ask } from '../shared/ask.ts';
import { el } from '../shared/dom.ts';
import type { Place, WorldView } from '../shared/shapes.ts';

interface Connector {
  readonly id: string;
  readonly config: { readonly configName?: string; readonly removeUrl?: string };
}

/** What somebody may do from here. */
export interface ConnectorsDialog {
  readonly place: Place;
  readonly world: WorldView;
  readonly mayChange: boolean;
  configure(purpose: 'add' | 'edit' | 'remove', connector?: string): void;
}

/** Opens the dialog. */
export async function openConnectorsDialog({ place, world, mayChange, configure }: ConnectorsDialog): Promise<void> {
  const connectors = await ask<readonly Connector[]>(`/_host/connectors?place=${encodeURIComponent(place.id)}`);
  const dialog = el('dialog', { class: 'connectors', 'aria-label': 'Connectors' });
  const close = () => {
    dialog.close();
    dialog.remove();
  };
  const go = (purpose: 'add' | 'edit' | 'remove', id?: string) => () => {
    close();
    configure(purpose, id);
  };
  const { name } = world.app;
  dialog.append(
    el('header', {}, el('h2', {}, `Connectors for "${place.name}"`)),
    (!mayChange && el('p', { class: 'notice' }, 'Only owners may add or change connectors here.')) || '',
    el(
      'ul',
      { class: 'apps' },
      app(
        name,
        'Keeps this place up to date.',
        el(
          'button',
          { class: 'primary', disabled: !mayChange, on: { click: go('add') } },
          connectors.length > 0 ? 'Add another' : 'Configure',
        ),
      ),
      app('Incoming Webhook', 'An address that takes cards.', webhookButton(place, 'connector', mayChange)),
      place.kind === 'channel' &&
        app('Workflows', '“When a Teams webhook request is received”.', webhookButton(place, 'workflow', mayChange)),
    ),
    el('h3', {}, 'Configured'),
    connectors.length === 0 ? el('p', { class: 'note' }, 'Nothing yet.') : '',
    el(
      'ul',
      { class: 'apps' },
      ...connectors.map(({ id, config }) =>
        app(
          name,
          config.configName ?? 'without a name',
          el(
            'span',
            {},
            el('button', { disabled: !mayChange, on: { click: go('edit', id) } }, 'Manage'),
            ' ',
            el('button', { disabled: !mayChange, on: { click: go('remove', id) } }, 'Remove'),
          ),
        ),
      ),
    ),
    el('footer', {}, el('button', { on: { click: close } }, 'Close')),
  );
  document.body.append(dialog);
  dialog.showModal();
}

const app = (name: string, description: string, action: HTMLElement): HTMLElement =>
  el(
    'li',
    {},
    el('span', { class: 'avatar', 'aria-hidden': 'true' }, name.slice(0, 1)),
    el('span', {}, el('b', {}, name), el('small', {}, description)),
    action,
  );

/** Makes an address for pasting, and shows it. */
function webhookButton(place: Place, kind: 'connector' | 'workflow', mayChange: boolean): HTMLElement {
  const field = el('input', {
    readonly: true,
    hidden: true,
    'aria-label': 'Webhook address',
    on: { focus: () => field.select() },
  });
  const name = kind === 'workflow' ? 'Workflows' : 'Incoming Webhook';
  const button = el('button', { disabled: !mayChange }, kind === 'workflow' ? 'Create a flow' : 'Create');
  button.addEventListener('click', async () => {
    const { url } = await ask<{ url: string }>('/_control/webhooks', { kind, name, place: place.id });
    field.value = url;
    field.hidden = false;
    button.hidden = true;
    field.focus();
  });
  return el('span', { class: 'address' }, button, field);
}
