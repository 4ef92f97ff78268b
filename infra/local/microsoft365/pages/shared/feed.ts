/** A place's messages, drawn and kept up to date. */
import { ask } from './ask.ts';
import { el } from './dom.ts';
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
  let count = 0;
  const draw = async () => {
    const { place, ...drawing } = now();
    const messages =
      place === undefined ? [] : await ask<Message[]>(`/_host/messages?place=${encodeURIComponent(place)}`);
    if (place !== now().place) return; // another place was chosen meanwhile
    const { multiSelectSeparator: separator } = await client;
    const drawn = messages.map((message) => drawMessage(message, { ...drawing, separator }));
    const grown = drawn.length !== count;
    count = drawn.length;
    element.replaceChildren(...(drawn.length === 0 ? [el('li', { class: 'empty' }, empty)] : drawn));
    // The newest is what one came for.
    if (grown) element.scrollTop = element.scrollHeight;
  };
  new EventSource('/_host/events').addEventListener('message', (event) => {
    if (JSON.parse(event.data).place === now().place) void draw();
  });
  return { element, draw };
}
