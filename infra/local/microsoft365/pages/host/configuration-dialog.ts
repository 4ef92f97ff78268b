/** The dialog that frames the connector's page: adding, editing and removing, as each host does it. */
import { ask } from '../shared/ask.ts';
import { el, select } from '../shared/dom.ts';
import type { Theme } from '../shared/shapes.ts';
import { themeNamed, themes } from '../shared/theme.ts';
import { type FrameHost, hostFrame } from './frame-host.ts';

/** What the dialog is for, and who opened it where. */
export interface DialogRequest {
  readonly purpose: 'add' | 'edit' | 'remove';
  readonly place: string;
  readonly user: string;
  readonly connector?: string;
  readonly host: 'teams' | 'outlook';
  readonly theme: Theme;
  onTheme(theme: Theme): void;
}

interface Opened {
  readonly id: string;
  readonly frameUrl: string;
  readonly appName: string;
  readonly webhookUrl: string | null;
  readonly answerWithinMs: number;
  readonly removeNeedsValidity: boolean;
  readonly context: Readonly<Record<string, unknown>>;
}

/** The dialog while it is open. */
export interface OpenDialog {
  setTheme(theme: string): void;
}

// As Teams frames its apps: they may run, submit and open windows, and not navigate the host.
const SANDBOX =
  'allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-pointer-lock allow-scripts allow-same-origin allow-downloads';

/** Opens the dialog; `onClosed` is called once it has gone, whatever came of it. */
export async function openConfigurationDialog(request: DialogRequest, onClosed: () => void): Promise<OpenDialog> {
  const opened = await ask<Opened>('/_host/dialogs', request);
  const { purpose } = request;
  const removing = purpose === 'remove';
  let context = opened.context;
  let config: unknown = null;

  const frame = el('iframe', {
    title: `${opened.appName} configuration`,
    sandbox: SANDBOX,
    name: 'embedded-page-frame',
    src: opened.frameUrl,
  });
  const say = el('p', { class: 'said', role: 'status' });
  const commit = el(
    'button',
    { class: 'primary', disabled: !removing || opened.removeNeedsValidity },
    removing ? 'Remove' : 'Save',
  );
  const cancel = el('button', {}, 'Cancel');
  const dialog = el(
    'dialog',
    { class: `configuration of-${request.host}`, 'aria-label': `${opened.appName} connector` },
    el(
      'header',
      {},
      el('h2', {}, `${removing ? 'Remove' : 'Configure'} ${opened.appName}`),
      // In life the theme changes in the host's settings, which a person has open in another window.
      select(themes, {
        label: 'Host theme',
        value: request.theme,
        onChange: (name) => request.onTheme(themeNamed(name)),
      }),
    ),
    frame,
    say,
    el('footer', {}, cancel, commit),
  );

  const path = `/_host/dialogs/${opened.id}`;
  const host: FrameHost = hostFrame(frame, new URL(opened.frameUrl).origin, {
    frameContext: removing ? 'remove' : 'settings',
    context: async () => context,
    getConfig: () => ask(`${path}/config`, { config }),
    setConfig: async (given) => {
      config = given;
    },
    getAuthToken: () => ask('/_host/token', { user: request.user, host: request.host }),
    onValidity: (valid) => {
      commit.disabled = !valid;
    },
    onLoaded: (state, reason) => {
      if (state === 'failure') say.textContent = `The app could not be loaded. ${reason}`;
    },
  });
  const close = () => {
    host.stop();
    dialog.close();
    dialog.remove();
    onClosed();
  };
  cancel.addEventListener('click', () => void ask(`${path}/closed`, {}).finally(close));
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    cancel.click();
  });
  commit.addEventListener('click', async () => {
    commit.disabled = true;
    say.textContent = removing ? 'Removing…' : 'Saving…';
    const answer = await host.ask(removing ? 'remove' : 'save', savedWith(opened), opened.answerWithinMs);
    // A page that never called setConfig has nothing that could be kept.
    const ok = answer.ok && (removing || config !== null);
    if (ok) await ask(`${path}/${removing ? 'removed' : 'saved'}`, { config });
    if (ok) return close();
    commit.disabled = false;
    say.textContent = `Unable to ${removing ? 'remove' : 'save'} "${opened.appName}" connector configuration. Please try again. ${answer.reason}`;
  });

  document.body.append(dialog);
  dialog.showModal();
  return {
    setTheme(theme) {
      context = { ...context, theme };
      host.setTheme(theme);
    },
  };
}

const savedWith = ({ webhookUrl }: Opened) => (webhookUrl === null ? {} : { webhookUrl });
