/** The forms that switch the client's quirks and people's consent. */

import type { ClientQuirks } from '../hosts/client-quirks.ts';
import { changeQuirks } from '../hosts/client-quirks.ts';
import { type Html, html } from '../http/html.ts';
import type { User } from '../world/people.ts';

const choices: readonly (readonly [keyof ClientQuirks, string, readonly (string | boolean)[]])[] = [
  ['newWebhookOnSave', 'A save brings another webhook', ['no', 'old-works', 'old-gone']],
  ['losesContentUrl', 'contentUrl is lost', [false, true]],
  ['staleConfig', 'getConfig tells the old settings', [false, true]],
  ['webhookInSaveEvent', 'The save event carries the webhook', [true, false]],
  ['removeNeedsValidity', 'Remove waits for setValidityState', [false, true]],
  ['multiSelectSeparator', 'Several choices are joined by', [',', ';']],
];

/** The forms. */
export function switches(quirks: ClientQuirks, users: readonly User[]): Html {
  return html`<h2>The client</h2><form method="post" class="card tools">
      ${choices.map(([name, label, values]) => field(name, label, values.map(String), String(quirks[name])))}
      <button name="do" value="client">Change</button></form>
    <h2>Asked for a token, they</h2><form method="post" class="card tools">
      ${users.map(({ oid, name, consent }) => field(oid, name, ['granted', 'refused', 'required'], consent))}
      <button name="do" value="consent">Change</button></form>`;
}

const field = (name: string, label: string, values: readonly string[], now: string): Html =>
  html`<label class="field"><span>${label}</span><select name="${name}">${values.map(
    (value) => html`<option ${value === now ? html`selected` : undefined}>${value}</option>`,
  )}</select></label>`;

/** What the client's form asks for. */
export function applyQuirks(quirks: ClientQuirks, form: URLSearchParams): void {
  const chosen = choices.flatMap(([name, , values]) => {
    const value = values.find((one) => String(one) === form.get(name));
    return value === undefined ? [] : [[name, value] as const];
  });
  changeQuirks(quirks, Object.fromEntries(chosen));
}

/** What the people's form asks for. */
export function applyConsent(users: readonly User[], form: URLSearchParams): void {
  for (const user of users) {
    const consent = form.get(user.oid);
    if (consent === 'granted' || consent === 'refused' || consent === 'required') user.consent = consent;
  }
}
