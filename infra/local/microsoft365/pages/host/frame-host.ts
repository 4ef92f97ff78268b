/** The host's half of TeamsJS's message protocol, spoken to one framed page. Sources: README.md, "Teams and Outlook". */
import { createPopUp } from './pop-up.ts';
import { readCall } from './read-call.ts';

/** What a host answers to a page. */
export interface HostAnswers {
  /** The answer to `initialize`: what the frame is for. */
  readonly frameContext: 'settings' | 'remove';
  context(): Promise<unknown>;
  getConfig(): Promise<unknown>;
  setConfig(config: unknown): Promise<void>;
  getAuthToken(): Promise<{ readonly ok: boolean; readonly token?: string; readonly reason?: string }>;
  onValidity(valid: boolean): void;
  /** `appInitialization.*`: the page says that it is there, or why not. */
  onLoaded(state: string, reason: string): void;
}

/** The page's answer to *Save* or *Remove*. */
export interface FrameAnswer {
  readonly ok: boolean;
  readonly reason: string;
}

/** A page that is being hosted. */
export interface FrameHost {
  /** Presses *Save* (with the webhook, as `evt.result`) or *Remove*, and waits for the page's answer. */
  ask(what: 'save' | 'remove', result: object, withinMs: number): Promise<FrameAnswer>;
  setTheme(theme: string): void;
  stop(): void;
}

type Handlers = Readonly<Record<string, (args: readonly unknown[]) => unknown>>;

/** Capabilities that were enough for the real library. */
const RUNTIME = JSON.stringify({
  apiVersion: 2,
  hostVersionsInfo: { adaptiveCardSchemaVersion: { majorVersion: 1, minorVersion: 5 } },
  isLegacyTeams: false,
  supports: { pages: { config: {}, tabs: {}, backStack: {}, appButton: {}, fullTrust: {} }, teamsCore: {}, logs: {} },
});

/** Begins to answer a frame. Only its own window, at its own origin, is heard; and the windows it has opened for signing in. */
export function hostFrame(frame: HTMLIFrameElement, origin: string, answers: HostAnswers): FrameHost {
  const registered = new Set<string>();
  let settle: ((answer: FrameAnswer) => void) | undefined;
  const popUp = createPopUp();

  const post = (message: object, to: Window | null = frame.contentWindow, at = origin) => to?.postMessage(message, at);
  const tell = (func: string, args: readonly unknown[]) => post({ func, args });

  /** The answer's arguments, or undefined when the message wants none. */
  const handlers: Handlers = {
    initialize: () => [answers.frameContext, 'web', RUNTIME, '2.0.0'],
    getContext: async () => [await answers.context()],
    registerHandler: ([name]) => void registered.add(String(name)),
    'settings.getSettings': async () => [await answers.getConfig()],
    'settings.setSettings': async ([config]) => {
      await answers.setConfig(config);
      return [true];
    },
    'settings.setValidityState': ([valid]) => answers.onValidity(valid === true),
    'settings.save.success': () => settle?.({ ok: true, reason: '' }),
    'settings.save.failure': ([reason]) => settle?.({ ok: false, reason: String(reason ?? '') }),
    'settings.remove.success': () => settle?.({ ok: true, reason: '' }),
    'settings.remove.failure': ([reason]) => settle?.({ ok: false, reason: String(reason ?? '') }),
    'authentication.getAuthToken': async () => {
      const { ok, token, reason } = await answers.getAuthToken();
      return [ok, ok ? token : reason];
    },
    'authentication.authenticate': ([url, width, height]) => popUp.open(String(url), Number(width), Number(height)),
    executeDeepLink: ([url]) => {
      window.open(String(url), '_blank', 'noopener');
      return [true];
    },
    'appInitialization.appLoaded': () => answers.onLoaded('loaded', ''),
    'appInitialization.success': () => answers.onLoaded('success', ''),
    'appInitialization.failure': ([reason, message]) => answers.onLoaded('failure', String(message ?? reason)),
    'appInitialization.expectedFailure': ([reason, message]) => answers.onLoaded('failure', String(message ?? reason)),
  };

  const popUpHandlers: Handlers = {
    initialize: () => ['authentication', 'web', RUNTIME, '2.0.0'],
    getContext: handlers['getContext'] ?? (() => []),
    'authentication.authenticate.success': ([result]) => popUp.done(true, String(result ?? '')),
    'authentication.authenticate.failure': ([reason]) => popUp.done(false, String(reason ?? '')),
  };

  const listen = async (event: MessageEvent) => {
    const fromFrame = event.source === frame.contentWindow && event.origin === origin;
    // The window for signing in is the app's own site too, over whichever scheme and port.
    const fromPopUp = popUp.is(event.source) && new URL(event.origin).hostname === new URL(origin).hostname;
    const call = readCall(event.data);
    if (call === undefined || (!fromFrame && !fromPopUp)) return;
    const args = await (fromFrame ? handlers : popUpHandlers)[call.func]?.(call.args);
    if (Array.isArray(args)) post({ id: call.id, uuid: call.uuid, args }, event.source as Window, event.origin);
  };
  const onMessage = (event: MessageEvent) => void listen(event);
  window.addEventListener('message', onMessage);

  return {
    ask: (what, result, withinMs) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => settle?.({ ok: false, reason: 'The page did not answer.' }), withinMs);
        settle = (answer) => {
          clearTimeout(timer);
          settle = undefined;
          resolve(answer);
        };
        tell(`settings.${what}`, what === 'save' ? [result] : []);
      }),
    setTheme(theme) {
      if (registered.has('themeChange')) tell('themeChange', [theme]);
    },
    stop: () => window.removeEventListener('message', onMessage),
  };
}
