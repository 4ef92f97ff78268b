/** A place's messages, drawn and kept up to date. */
import { ask } from './ask.ts';
import { el, setChildren } from './dom.ts';
import { type Drawing, drawMessage } from './message.ts';
import type { Message } from './shapes.ts';

/** A feed on the page. */
export interface Feed {
  readonly element: HTMLElement;
  draw(): Promise<void>;
}

/** Shows the place that `now` names, as it says; draws anew whenever something changes there. */
export function createFeed(
  now: () => Omit<Drawing, 'separator'> & { readonly place: string | undefined },
  empty: string,
): Feed {
  const element = el('ol', { class: 'feed', 'aria-live': 'polite' });
  const client = ask<{ multiSelectSeparator: string }>('/_control/client');
  let turns = 0;
  let shown = new Map<string, HTMLElement>();
  const draw = async () => {
    turns += 1;
    const turn = turns;
    const { place, ...drawing } = now();
    const messages =
      place === undefined ? [] : await ask<Message[]>(`/_host/messages?place=${encodeURIComponent(place)}`);
    const { multiSelectSeparator: separator } = await client;
    if (turn !== turns) return; // something newer is being drawn
    // What has not changed stays as it is: somebody may be typing into it.
    const next = new Map<string, HTMLElement>();
    for (const message of messages) {
      const key = JSON.stringify([message, drawing]);
      next.set(key, shown.get(key) ?? drawMessage(message, { ...drawing, separator }));
    }
    const grown = next.size !== shown.size;
    shown = next;
    const drawn = [...next.values()];
    setChildren(element, drawn.length === 0 ? [el('li', { class: 'empty' }, empty)] : drawn);
    // The newest is what one came for.
    if (grown) element.scrollTop = element.scrollHeight;
  };
  new EventSource('/_host/events').addEventListener('message', (event) => {
    if (JSON.parse(event.data).place === now().place) void draw();
  });
  return { element, draw };
}
