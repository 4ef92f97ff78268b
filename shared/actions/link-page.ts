/** The page behind a link of a card: what will happen, and to what; then what happened. No script, nothing from elsewhere. */
import { type Audience, type Voice, voiceFor } from '../cards/card-input.ts';
import type { ViewInput } from '../cards/card-view.ts';
import { toViewInput } from '../cards/event-buttons.ts';
import { type TextLimit, toVisibleLine } from '../cards/plain-text.ts';
import type { EventAction } from '../events/event.ts';
import { type Html, html } from '../platform/html.ts';
import { type PageAnswer, pageAnswer } from '../platform/page.ts';
import type { GivenValues } from './read-inputs.ts';
import { MAX_CHOICES, MAX_INPUTS } from './read-inputs.ts';

/** Fields of the form that a person fills in begin so: an input may have any name. */
export const FIELD_PREFIX = 'v.';

/** What the page is about. */
export interface LinkPage extends Pick<Audience, 'locale' | 'timeZone' | 'brand'> {
  readonly title: string;
  /** The event, and the place whose card it stood on. */
  readonly about: string;
  readonly place: string;
  readonly inputs: EventAction['inputs'];
  /** Undefined: anyone with the link may act. */
  readonly person: string | undefined;
  readonly shows:
    | { readonly is: 'form'; readonly nonce: string; readonly fault?: string; readonly values?: GivenValues }
    | {
        readonly is: 'done';
        readonly status: string;
        readonly undo?: { readonly title: string; readonly url: string } | undefined;
      }
    | { readonly is: 'already'; readonly by: string | undefined; readonly at: number };
  /** Where the form goes, with the link's token. */
  readonly action: string;
}

const LONG: TextLimit = { graphemes: 500, bytes: 2_000 };

/** The page as an answer. */
export function linkPage(page: LinkPage): PageAnswer {
  const voice = voiceFor({ ...page, topicName: (type) => type, links: {} });
  const title = toVisibleLine(page.title, LONG);
  const { brandName, brand, language } = voice;
  const body = html`<p class="quiet"><bdi>${toVisibleLine(page.place, LONG)}</bdi></p>
<h1><bdi>${title}</bdi></h1>
<p><bdi>${toVisibleLine(page.about, LONG)}</bdi></p>
${content(page, voice)}`;
  const status = page.shows.is === 'form' && page.shows.fault !== undefined ? 400 : 200;
  const face = { name: brandName, logo: brand.logo };
  return pageAnswer({ brand: face, status, language, title: `${title} – ${brandName}`, body });
}

function content(page: LinkPage, { say, dates }: Voice): Html {
  const { shows } = page;
  switch (shows.is) {
    case 'form':
      return html`${shows.fault === undefined ? '' : html`<p role="alert"><strong>${shows.fault}</strong></p>`}
<form method="post" action="${page.action}">
<input type="hidden" name="nonce" value="${shows.nonce}">
${fields(page, shows.values ?? {})}
<button>${say.answers.send}</button>
</form>
<p class="quiet">${page.person === undefined ? say.answers.anyone : say.answers.signedInAs(page.person)}</p>
<p class="quiet">${say.answers.again}</p>`;
    case 'done':
      return html`<p role="status"><strong>${shows.status}</strong></p>${
        shows.undo === undefined ? '' : html`<p><a href="${shows.undo.url}">${shows.undo.title}</a></p>`
      }`;
    case 'already': {
      const words = { what: page.title, who: shows.by ?? say.answers.someone, when: dates.dateTime(shows.at) };
      return html`<p role="status"><strong>${say.answers.already}</strong></p>
<p>${say.answers.done({ ...words, sameDay: false })}</p>`;
    }
    default:
      return shows satisfies never;
  }
}

function fields({ inputs }: LinkPage, values: GivenValues): Html[] {
  return (inputs ?? []).slice(0, MAX_INPUTS).map((input) => {
    const view = toViewInput(input);
    const value = values[input.id] ?? view.value ?? '';
    return html`<p><label>${view.title}${view.isRequired ? ' *' : ''}${field(view, value)}</label></p>
`;
  });
}

/** `required` is the browser's first check; ours comes after it. */
function field(input: ViewInput, value: unknown): Html {
  const name = `${FIELD_PREFIX}${input.id}`;
  const required = input.isRequired ? { markup: ' required' } : '';
  const text = String(value);
  const longest = input.maxLength === undefined ? '' : html` maxlength="${input.maxLength}"`;
  switch (input.type) {
    case 'text':
      return input.isMultiline === true
        ? html`<textarea name="${name}" rows="4"${longest}${required}>${text}</textarea>`
        : html`<input type="text" name="${name}" value="${text}"${longest}${required}>`;
    case 'date':
      return html`<input type="${input.includeTime === true ? 'datetime-local' : 'date'}" name="${name}" value="${text}"${required}>`;
    case 'choice': {
      const chosen = Array.isArray(value) ? value.map(String) : [text];
      const options = (input.choices ?? [])
        .slice(0, MAX_CHOICES)
        .map(
          ({ display, value: each }) =>
            html`<option value="${each}"${chosen.includes(each) ? { markup: ' selected' } : ''}>${display}</option>`,
        );
      const many = input.isMultiSelect === true;
      const empty = many || input.isRequired ? '' : html`<option value=""></option>`;
      return html`<select name="${name}"${many ? { markup: ' multiple' } : ''}${required}>${empty}${options}</select>`;
    }
    default:
      return input.type satisfies never;
  }
}
