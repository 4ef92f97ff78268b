/** The configuration page's first script: finds the language and the host, then draws. */
import { render } from 'preact';
import { loadWords } from '../words/load.ts';
import { createApi } from './api.ts';
import { App } from './app.tsx';
import { createClient } from './client.ts';
import { createDates } from './dates.ts';
import type { Desk } from './desk.ts';
import { type Host, isFramed, loadHost } from './host.ts';
import { readSettings } from './settings.ts';
import { browserZone } from './zones.ts';

async function start(root: HTMLElement): Promise<void> {
  const settings = readSettings(root);
  const asked = new URLSearchParams(location.search).get('lang');
  const fallback = await loadWords(navigator.languages);
  const host = isFramed() ? await loadHost(settings.hosts).catch(() => undefined) : undefined;
  const speech = await loadWords([asked ?? '', host?.locale ?? '', ...navigator.languages].filter(Boolean));
  document.documentElement.lang = speech.language;
  document.documentElement.dataset['framed'] = String(host !== undefined);
  if (isFramed() && host === undefined) return sayNoHost(root, fallback.words.problems['no-host']);
  render(<App desk={deskOf(settings, speech, host)} />, root);
}

function deskOf(
  settings: Desk['settings'],
  speech: Awaited<ReturnType<typeof loadWords>>,
  host: Host | undefined,
): Desk {
  const client = createClient();
  const dates = createDates(speech.locale);
  return { ...speech, settings, client, api: createApi(client), host, dates, zone: browserZone() };
}

function sayNoHost(root: HTMLElement, text: string): void {
  const line = document.createElement('p');
  line.textContent = text;
  line.setAttribute('role', 'alert');
  root.replaceChildren(line);
}

const root = document.querySelector<HTMLElement>('#page');
if (root !== null) void start(root);
// The product may send somebody here who has this very page open: only the fragment changes then, and nothing loads.
addEventListener('hashchange', () => location.hash.includes('setup_token=') && location.reload());
