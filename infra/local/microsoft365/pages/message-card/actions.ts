/** Draws the buttons of a card and presses them. */
import { el } from '../shared/dom.ts';
import { recordsOf, textOf, webAddress } from '../shared/json.ts';
import type { Card, View } from '../shared/shapes.ts';
import { drawInputs } from './inputs.ts';

/** Where a card is drawn, and what becomes of a pressed button. */
export interface ActionHost {
  readonly view: Exclude<View, 'mobile'>;
  /** Cards of flows have no buttons. */
  readonly buttons: 'drawn' | 'dropped';
  /** Joins what was chosen in a multi-select: nobody has documented with what. */
  readonly separator: string;
  press(path: string, inputs: Readonly<Record<string, string>>): Promise<void>;
}

/** Four in Outlook's reference, five in a section in Teams. */
const MOST = { outlook: 4, teams: 5 } as const;

/** The buttons; `path` is where their list stands in the card. */
export function drawActions(value: unknown, host: ActionHost, path: string): Node {
  const actions = recordsOf(value).slice(0, MOST[host.view]);
  if (actions.length === 0 || host.buttons === 'dropped') return document.createDocumentFragment();
  const row = el('div', { class: 'actions' });
  const opened = el('div', { class: 'opened' });
  const lone = host.view === 'outlook' && actions.length === 1;
  for (const [at, action] of actions.entries()) {
    const button = drawAction(action, { host, path: `${path}/${at}`, opened, open: lone });
    if (button !== undefined) row.append(button);
  }
  const group = document.createDocumentFragment();
  if (row.childElementCount > 0) group.append(row, opened);
  return group;
}

interface Surroundings {
  readonly host: ActionHost;
  readonly path: string;
  readonly opened: HTMLElement;
  /** "A lone ActionCard is shown pre-expanded in Outlook." */
  readonly open: boolean;
}

function drawAction(action: Card, surroundings: Surroundings): HTMLElement | undefined {
  const name = textOf(action['name']);
  const { host, path } = surroundings;
  switch (action['@type']) {
    case 'OpenUri':
      return link(name, targetOf(action));
    case 'ViewAction':
      return link(name, webAddress(Array.isArray(action['target']) ? action['target'][0] : action['target']));
    case 'HttpPOST':
      return pressButton(name, () => host.press(path, {}));
    case 'ActionCard':
      return actionCard(action, surroundings);
    case 'InvokeAddInCommand':
      return host.view === 'outlook'
        ? el('button', { type: 'button', disabled: true, title: 'Needs an add-in' }, name)
        : undefined;
    default:
      return undefined;
  }
}

/** The address for every system, else the first. Both hosts open only http and https. */
function targetOf(action: Card): string | undefined {
  const targets = recordsOf(action['targets']);
  return webAddress((targets.find(({ os }) => os === 'default') ?? targets[0])?.['uri']);
}

function link(name: string, address: string | undefined): HTMLElement {
  if (address === undefined)
    return el('button', { type: 'button', disabled: true, title: 'No address that may be opened' }, name);
  return el('a', { class: 'button', href: address, target: '_blank', rel: 'noreferrer noopener' }, name);
}

function pressButton(name: string, press: () => Promise<void>): HTMLButtonElement {
  const button = el('button', { type: 'button' }, name);
  button.addEventListener('click', async () => {
    // The clients do not take a second press while the first is on its way.
    button.disabled = true;
    await press().finally(() => {
      button.disabled = false;
    });
  });
  return button;
}

function actionCard(action: Card, { host, path, opened, open }: Surroundings): HTMLElement {
  const inputs = drawInputs(action['inputs'], host);
  const inner = el('form', { class: 'action-card', hidden: !open, on: { submit: (event) => event.preventDefault() } });
  inner.append(inputs.element);
  const row = el('div', { class: 'actions' });
  for (const [at, nested] of recordsOf(action['actions']).entries()) {
    const place = `${path}/actions/${at}`;
    const name = textOf(nested['name']);
    // "nested actions only OpenUri/HttpPOST"
    if (nested['@type'] === 'OpenUri') row.append(link(name, targetOf(nested)));
    if (nested['@type'] === 'HttpPOST')
      row.append(
        pressButton(name, async () => {
          if (inner.reportValidity()) await host.press(place, inputs.values());
        }),
      );
  }
  inner.append(row);
  opened.append(inner);
  const toggle = el('button', { type: 'button', 'aria-expanded': String(open) }, textOf(action['name']));
  toggle.addEventListener('click', () => {
    for (const other of opened.children) if (other !== inner) (other as HTMLElement).hidden = true;
    inner.hidden = !inner.hidden;
    toggle.setAttribute('aria-expanded', String(!inner.hidden));
  });
  return toggle;
}
