/** The pages that a script fills: Teams, Outlook, one place, the playground. */
import { type Html, html } from '../http/html.ts';
import { page } from '../http/page.ts';
import type { Place } from '../world/places.ts';
import { navigation } from './navigation.ts';

/** Teams or Outlook. */
export const hostPage = (host: 'teams' | 'outlook', hasSample: boolean): Html =>
  page({
    title: host === 'teams' ? 'Teams' : 'Outlook',
    layout: 'app',
    script: `${host}.js`,
    body: html`${navigation(`/${host}`)}<div id="host" class="host is-${host}"
      ${hasSample ? html`data-sample` : undefined}></div>`,
  });

/** One place's cards. */
export const channelPage = ({ id, name, kind }: Place): Html =>
  page({
    title: name,
    script: 'channel.js',
    body: html`${navigation('')}<main class="wide" id="channel" data-place="${id}"><h1>${name}</h1><p class="note">${kind}</p></main>`,
  });

const example = {
  '@type': 'MessageCard',
  '@context': 'https://schema.org/extensions',
  themeColor: '5B5FC7',
  summary: '2 builds failed',
  title: '2 builds failed',
  sections: [
    {
      activityTitle: '**Build 812** failed',
      activitySubtitle: 'main, 4 minutes ago',
      facts: [{ name: 'Duration', value: '4 min' }],
      text: '3 tests failed on *main*.',
    },
  ],
  potentialAction: [
    { '@type': 'OpenUri', name: 'View', targets: [{ os: 'default', uri: 'https://builds.example/812' }] },
  ],
};

/** The playground: the sandbox of Microsoft's original documents. */
export const playgroundPage = (places: readonly Place[]): Html =>
  page({
    title: 'Card playground',
    script: 'playground.js',
    body: html`${navigation('/playground')}<main class="playground">
      <section><h1>Card playground</h1>
        <label class="field"><span>A MessageCard, an Adaptive Card or a flow's envelope</span>
          <textarea id="source" spellcheck="false" rows="24">${JSON.stringify(example, undefined, 2)}</textarea></label>
        <p class="tools"><span id="size" class="badge"></span>
          <label class="field"><span>Theme</span><select id="theme"><option value="default">Light</option><option value="dark">Dark</option>
            <option value="contrast">High contrast</option></select></label></p>
        <h2>Findings</h2><ul id="findings"></ul>
        <h2>Post it</h2>
        <p class="tools"><label class="field"><span>To</span><select id="place">${places.map(
          ({ id, name, team }) =>
            html`<option value="${id}">${team === undefined ? name : `${team} › ${name}`}</option>`,
        )}</select></label>
          <label class="field"><span>Through</span><select id="kind"><option value="connector">a connector</option>
            <option value="workflow">a flow</option></select></label>
          <button id="post" class="primary">Post</button></p>
        <p id="posted" role="status"></p></section>
      <section><h2>Teams</h2><ol id="as-teams" class="feed"></ol></section>
      <section><h2>Outlook on the web</h2><ol id="as-outlook" class="feed"></ol>
        <h2>Outlook on a phone</h2><ol id="as-mobile" class="feed" data-width="phone"></ol></section></main>`,
  });
