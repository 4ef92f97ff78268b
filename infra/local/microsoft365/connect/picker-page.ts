/** The Connect picker's pages: the groups and the inbox somebody may pick, or why there is nothing to pick from. */
import { type Html, html } from '../http/html.ts';
import { page } from '../http/page.ts';
import type { User } from '../world/people.ts';
import type { Place } from '../world/places.ts';
import { variants } from './callback.ts';

/** What the picker shows. */
export interface Picker {
  readonly app: { readonly name: string; readonly appId: string };
  readonly callbackUrl: string;
  readonly state: string | null;
  readonly user: User;
  readonly users: readonly User[];
  readonly places: readonly Place[];
}

/** The page on which somebody allows or denies. */
export function pickerPage(picker: Picker): Html {
  const { app, user, places } = picker;
  const groups = places.filter(({ kind }) => kind === 'group');
  return page({
    title: `Connect ${app.name}`,
    script: 'picker.js',
    body: html`<main class="card narrow">
      <h1>Connect ${app.name}</h1>
      <p>${app.name} wants to post cards to a group or an inbox of yours.</p>
      ${signedInAs(picker)}
      <form method="post" action="/connectors/Connect">
        ${picker.state === null ? undefined : hidden('state', picker.state)}
        ${hidden('app_id', app.appId)}${hidden('callback_url', picker.callbackUrl)}${hidden('user', user.oid)}
        ${groups.length === 0 ? noGroups() : undefined}
        <fieldset><legend>Post to</legend>${places.map(placeChoice)}</fieldset>
        <details><summary>What is sent back</summary>
          <label>Variant <select name="variant">${Object.keys(variants).map((name) => html`<option>${name}</option>`)}</select></label>
          <p class="note">Each variant breaks one thing of the documented answer.</p>
        </details>
        <p class="buttons">
          <button name="decision" value="allow" class="primary">Allow</button>
          <button name="decision" value="deny" formnovalidate>Deny</button>
        </p>
      </form></main>`,
  });
}

const hidden = (name: string, value: string): Html => html`<input type="hidden" name="${name}" value="${value}">`;

const noGroups = (): Html => html`<p class="notice">You have no groups yet. Create a group, then try again.</p>`;

const placeChoice = (place: Place, at: number): Html => html`<label class="choice">
  <input type="radio" name="place" value="${place.id}" required ${at === 0 ? html`checked` : undefined}>
  <span>${place.kind === 'inbox' ? 'My inbox' : place.name}</span> <small>${place.kind}</small></label>`;

function signedInAs({ users, user, state, callbackUrl, app }: Picker): Html {
  return html`<form method="get" class="who">
    ${state === null ? undefined : hidden('state', state)}
    ${hidden('app_id', app.appId)}${hidden('callback_url', callbackUrl)}
    <label>Signed in as <select name="user" data-submits>${users.map(
      ({ oid, name }) => html`<option value="${oid}" ${oid === user.oid ? html`selected` : undefined}>${name}</option>`,
    )}</select></label><noscript><button>Switch</button></noscript></form>`;
}

/** Source: the registration page again: "You would get an Invalid Request error if you modify the app_id or the callback_url". */
export function invalidRequestPage(reason: string): Html {
  return page({
    title: 'Invalid Request',
    body: html`<main class="card narrow"><h1>Invalid Request</h1>
      <p>The application's identifier or its callback address is not the one that was registered.</p>
      <p class="note">Said only by this stand-in: ${reason}</p></main>`,
  });
}

/** What somebody sees who pressed a button when the callback cannot be called: nothing is sent. */
export function noCallbackPage(): Html {
  return page({
    title: 'Nothing was sent',
    body: html`<main class="card narrow"><h1>Nothing was sent</h1>
      <p>The callback address is not https, so the answer is not delivered.</p></main>`,
  });
}
