/** The places on the left, under the team or folder that they belong to. */
import { el } from '../shared/dom.ts';
import type { Place } from '../shared/shapes.ts';

const headingOf = ({ team, kind }: Place): string => team ?? (kind === 'inbox' ? 'Mailbox' : 'Groups');

/** Draws the places anew. */
export function drawSide(
  side: HTMLElement,
  places: readonly Place[],
  chosen: Place | undefined,
  choose: (place: Place) => void,
): void {
  const headings = [...new Set(places.map(headingOf))];
  side.replaceChildren(
    ...headings.flatMap((heading) => [
      el('h2', {}, heading),
      ...places
        .filter((place) => headingOf(place) === heading)
        .map((place) => {
          const name = place.kind === 'channel' ? `# ${place.name}` : place.kind === 'inbox' ? 'Inbox' : place.name;
          return el('button', { 'aria-current': place === chosen && 'page', on: { click: () => choose(place) } }, name);
        }),
    ]),
  );
}
