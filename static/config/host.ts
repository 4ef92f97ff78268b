/** Teams or Outlook around the page, by way of TeamsJS: what they tell, and what they want to hear. */
import type { app as App, authentication as Authentication, pages as Pages } from '@microsoft/teams-js';
import { openSignIn } from './pop-up.ts';

/** What the host keeps for a configured connector. The connector's own fields are not in TeamsJS's types. */
export interface HostConfig {
  readonly entityId?: string;
  readonly configName?: string;
  readonly contentUrl?: string;
  readonly removeUrl?: string;
  readonly webhookUrl?: string;
  readonly appType?: string;
}

/** What kind of place the host configures, if it says; it is a hint that came through a browser. */
export function appTypeOf({ appType }: HostConfig): 'teams' | 'groups' | 'mail' | undefined {
  return (['teams', 'groups', 'mail'] as const).find((one) => one === appType?.toLowerCase());
}

/** How the host looks. */
export type Theme = 'default' | 'dark' | 'contrast';

/** The host around the page. */
export interface Host {
  readonly locale: string;
  readonly theme: Theme;
  /** The channel or group, as people call it. */
  readonly place: string | undefined;
  /** The person, as people call them: to show, never to trust. */
  readonly personName: string | undefined;
  onTheme(changed: (theme: Theme) => void): void;
  readConfig(): Promise<HostConfig>;
  /** What it sets may not be seen by `readConfig` at once: TeamsJS promises no more. */
  setConfig(config: HostConfig): Promise<void>;
  setValidity(valid: boolean): void;
  /** `save` gets the webhook when the event carries it; the message of what it throws is shown by the host. */
  onSave(save: (webhookUrl: string | undefined) => Promise<void>): void;
  onRemove(remove: () => Promise<void>): void;
  /** @throws Error when the person or their admin does not agree, or nobody answers. */
  getToken(): Promise<string>;
  /** Signs in in a window of its own; gives the one-time code. */
  signIn(url: string): Promise<string>;
  loaded(): void;
}

interface TeamsJs {
  readonly app: typeof App;
  readonly authentication: typeof Authentication;
  readonly pages: typeof Pages;
}

/** The host did not answer: the page is framed by something else. */
export class NoHostError extends Error {}

const ANSWERS_WITHIN_MS = 15_000;
/** Somebody may be reading what they are to agree to; TeamsJS itself waits for ever. */
const TOKEN_WITHIN_MS = 30_000;

/** True when the page is shown inside another one. */
export function isFramed(): boolean {
  return window.parent !== window;
}

/** Loads TeamsJS and says hello. @throws NoHostError. */
export async function loadHost(origins: readonly string[]): Promise<Host> {
  const { app, authentication, pages } = await import('@microsoft/teams-js');
  await within(ANSWERS_WITHIN_MS, app.initialize([...origins]));
  return hostOf({ app, authentication, pages }, await app.getContext());
}

function hostOf({ app, authentication, pages }: TeamsJs, context: App.Context): Host {
  const team = context.team?.displayName;
  const channel = context.channel?.displayName;
  return {
    locale: context.app.locale,
    theme: themeOf(context.app.theme),
    place: team === undefined || channel === undefined ? (channel ?? team) : `${team} › ${channel}`,
    personName: context.user?.displayName ?? context.user?.userPrincipalName,
    onTheme: (changed) => app.registerOnThemeChangeHandler((theme) => changed(themeOf(theme))),
    readConfig: async () => (await pages.getConfig()) as HostConfig,
    setConfig: async (config) => void (await pages.config.setConfig(config as Pages.InstanceConfig)),
    setValidity: (valid) => pages.config.setValidityState(valid),
    onSave(save) {
      pages.config.registerOnSaveHandler((event) => {
        const { webhookUrl } = event.result as { webhookUrl?: string };
        save(webhookUrl).then(
          () => event.notifySuccess(),
          (error) => event.notifyFailure(error instanceof Error ? error.message : String(error)),
        );
      });
    },
    onRemove(remove) {
      pages.config.registerOnRemoveHandler((event) => {
        remove().then(
          () => event.notifySuccess(),
          (error) => event.notifyFailure(error instanceof Error ? error.message : String(error)),
        );
      });
    },
    getToken: () => within(TOKEN_WITHIN_MS, authentication.getAuthToken()),
    // TeamsJS opens https addresses only: on loopback we open the window ourselves.
    signIn: (url) =>
      location.protocol === 'https:' ? authentication.authenticate({ url, width: 600, height: 640 }) : openSignIn(url),
    loaded() {
      app.notifyAppLoaded();
      app.notifySuccess();
    },
  };
}

function themeOf(name: string | undefined): Theme {
  return name === 'contrast' ? 'contrast' : name === 'dark' || name === 'glass' ? 'dark' : 'default';
}

function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new NoHostError()), ms);
    promise.finally(() => clearTimeout(timer)).then(resolve, reject);
  });
}
