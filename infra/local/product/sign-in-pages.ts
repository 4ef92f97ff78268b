/** The make-believe product's pages: who am I, and on to the connector. */
import { type Html, html } from '../microsoft365/http/html.ts';

/** The product's users. */
export const USERS = [
  { sub: 'ada@acme.example', name: 'Ada' },
  { sub: 'ben@acme.example', name: 'Ben' },
  { sub: 'mallory@globex.example', name: 'Mallory' },
] as const;

/** Chooses who one is; with a nonce, at the end of the connector's sign-in window. */
export function choosePage({ nonce, returnTo }: { nonce: string | undefined; returnTo: string | undefined }): Html {
  return html`<h1>Octoforge</h1>
<p>A product that does not exist. Choose who you are in it${returnTo === undefined ? '' : html`, to go back to your channel`}.</p>
<form method="post" action="/sign-in">
${nonce === undefined ? undefined : html`<input type="hidden" name="nonce" value="${nonce}">`}
<fieldset><legend>You</legend>${USERS.map(
    ({ sub, name }, at) =>
      html`<p><label><input type="radio" name="sub" value="${sub}" ${at === 0 ? html`checked` : undefined}> ${name} (${sub})</label></p>`,
  )}</fieldset>
<p><label>Account <select name="account"><option>acme</option><option>globex</option></select></label></p>
<p><label><input type="checkbox" name="admin"> Administrator of the account</label></p>
<p><button>Sign in</button></p>
</form>`;
}

/** On to the connector: by a form, since a token never stands in an address's query. */
export function leavePage(action: string, setupToken: string): Html {
  return html`<h1>Octoforge</h1>
<form method="post" action="${action}">
<input type="hidden" name="setupToken" value="${setupToken}">
<p><button name="next" value="/config">Notification settings</button>
<button name="next" value="/connect">Connect to Office 365</button></p>
</form>`;
}
