/** The last step of the sign-in window: the product's or Microsoft's token becomes a one-time code, and only the code goes to whoever opened the window. */
import type { SignedInMessage } from '../config/pop-up.ts';
import { readSettings } from '../config/settings.ts';
import { loadWords } from '../words/load.ts';

const root = document.querySelector<HTMLElement>('#page');

async function finish(): Promise<void> {
  // Gone from the address, and so from the history, before anything else happens.
  const fragment = new URLSearchParams(location.hash.slice(1));
  history.replaceState(null, '', location.pathname);
  const { words } = await loadWords(navigator.languages);
  const say = (text: string) => {
    if (root !== null) root.innerHTML = '<p role="status"></p>';
    const line = root?.querySelector('p');
    if (line) line.textContent = text;
  };
  const [setupToken, entraIdToken] = [fragment.get('setup_token'), fragment.get('id_token')];
  const token = setupToken === null ? entraIdToken && { entraIdToken } : { setupToken };
  const code = token === null || token === '' ? undefined : await trade(token);
  const told = await tell(
    code === undefined ? { tidings: 'signed-in', reason: 'refused' } : { tidings: 'signed-in', code },
  );
  if (code === undefined) say(words.signIn.failed);
  else say(told ? words.signIn.done : words.signIn.noOpener);
  if (told && code !== undefined) window.close();
}

async function trade(token: { setupToken: string } | { entraIdToken: string }): Promise<string | undefined> {
  const answer = await fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-requested-with': 'tidings' },
    body: JSON.stringify({ ...token, as: 'code' }),
  }).catch(() => undefined);
  if (answer?.ok !== true) return undefined;
  const { code } = (await answer.json()) as { code?: string };
  return code;
}

/** To the page that opened us when it is our own, else to Teams or Outlook, who opened us for it. */
async function tell(message: SignedInMessage): Promise<boolean> {
  if (isOurOpener()) {
    window.opener?.postMessage(message, location.origin);
    return true;
  }
  const { hosts } = readSettings<{ hosts: string[] }>(root ?? document.body);
  try {
    const { app, authentication } = await import('@microsoft/teams-js');
    await Promise.race([app.initialize(hosts), new Promise((_, reject) => setTimeout(reject, 5_000))]);
    if (message.code === undefined) authentication.notifyFailure(message.reason);
    else authentication.notifySuccess(message.code);
    return true;
  } catch {
    return false;
  }
}

function isOurOpener(): boolean {
  try {
    // Reading another site's address throws.
    return window.opener?.location.origin === location.origin;
  } catch {
    return false;
  }
}

void finish();
