/** The first page: what this is, and where to begin. */
import { type Html, html } from '../http/html.ts';
import { page } from '../http/page.ts';
import type { Place } from '../world/places.ts';
import type { World } from '../world/world.ts';
import { navigation } from './navigation.ts';

/** The page. */
export function startPage({ app, places, tenants }: World, hasSample: boolean): Html {
  const product = new URL(app.configurationUrl).origin;
  return page({
    title: 'Start',
    script: 'start.js',
    body: html`${navigation('/')}<main class="wide"><h1>A Microsoft 365 on this machine</h1>
      <p>Teams, Outlook, Entra and webhooks that behave as Microsoft's are documented to. <b>${app.name}</b> runs at
        <a href="${product}">${product}</a>.</p>
      <ol class="steps">
        <li><b>Add the connector.</b> Open <a href="/teams">Teams</a>, press <i>Connectors</i>, then <i>Configure</i>.
          Or begin at the product: <a href="${product}">${product}</a>.</li>
        <li><b>Let something happen</b> in the product, and see the card arrive in the channel.
          ${hasSample ? html`<button data-sample>Send sample events</button> <span role="status"></span>` : undefined}</li>
        <li><b>Press a button</b> on the card. Several people can: choose who you are at the top.</li>
      </ol>
      <h2>Every place</h2>
      <table><thead><tr><th>Place</th><th>Kind</th><th>Tenant</th></tr></thead><tbody>${places.map((place) =>
        row(place, tenants.find(({ id }) => id === place.tenant)?.name ?? ''),
      )}</tbody></table>
      <p class="note">Scripts use <a href="/_control/world">/_control</a>; its README says how.</p></main>`,
  });
}

const row = ({ id, name, kind, team }: Place, tenant: string): Html =>
  html`<tr><td><a href="/channel/${encodeURIComponent(id)}">${team === undefined ? name : `${team} › ${name}`}</a></td>
    <td>${kind}</td><td>${tenant}</td></tr>`;
