/** Opens the page: who is this, which channel is meant, and so what is shown. */
import type { Catalogue, SubscriptionView, TargetView } from './api.ts';
import type { PersonWord, Session } from './client.ts';
import type { Desk } from './desk.ts';
import { appTypeOf, type Host, type HostConfig } from './host.ts';
import { Problem } from './problem.ts';
import type { SignInReason } from './sign-in.tsx';

/** What the page shows. */
export type Screen =
  | { readonly is: 'loading' }
  | { readonly is: 'failed'; readonly error: unknown }
  | {
      readonly is: 'sign-in';
      readonly why: SignInReason;
      readonly signInUrl: string | undefined;
      readonly person?: PersonWord;
    }
  | {
      readonly is: 'start';
      readonly session: Session;
      readonly list: readonly SubscriptionView[];
      readonly catalogue: Catalogue;
    }
  | {
      readonly is: 'edit';
      readonly session: Session;
      readonly catalogue: Catalogue;
      readonly subscription: SubscriptionView | undefined;
      readonly appType: TargetView['appType'] | undefined;
    }
  | { readonly is: 'foreign'; readonly session: Session; readonly takeOver: TakeOver | undefined }
  | { readonly is: 'remove'; readonly session: Session; readonly subscription: SubscriptionView | undefined }
  | { readonly is: 'removed'; readonly session: Session };

/** What sharing somebody else's channel needs. */
export interface TakeOver {
  readonly id: string;
  readonly channelKey: string;
}

/** Someone has to sign in first. */
type SignInScreen = Extract<Screen, { is: 'sign-in' }>;

/** Finds out who it is. Whoever cannot be told silently gets the screen to sign in on. */
export async function openSession(desk: Desk): Promise<Session | SignInScreen> {
  const { host, settings } = desk;
  if (host !== undefined) return openFramedSession(desk, host);
  const fragment = new URLSearchParams(location.hash.slice(1));
  const setupToken = fragment.get('setup_token');
  if (setupToken !== null) {
    // Gone from the address, and so from the history, before it is used.
    history.replaceState(null, '', location.pathname + location.search);
    return desk.client.signIn({ setupToken, as: 'cookie' }, desk.zone);
  }
  if (settings.who !== undefined) return settings.who;
  return { is: 'sign-in', why: 'none', signInUrl: settings.signInUrl };
}

async function openFramedSession({ client, settings, zone }: Desk, host: Host): Promise<Session | SignInScreen> {
  const begin = async () => client.signIn({ entraToken: await host.getToken() }, zone);
  let entraToken: string;
  try {
    entraToken = await host.getToken();
  } catch {
    return { is: 'sign-in', why: 'refused', signInUrl: settings.signInUrl };
  }
  try {
    const session = await client.signIn({ entraToken }, zone);
    client.renewBy(begin);
    return session;
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'account-link-required') throw error;
    return { is: 'sign-in', why: 'link', signInUrl: error.signInUrl ?? settings.signInUrl, person: { entraToken } };
  }
}

/** Finds what the address or the host means, for somebody who is signed in. */
export async function openScreen(desk: Desk, session: Session): Promise<Screen> {
  const { api, host } = desk;
  const query = new URLSearchParams(location.search);
  const config = (await host?.readConfig()) ?? {};
  const appType = appTypeOf(config);
  const channelKey = config.entityId === '' ? undefined : config.entityId;
  const id = query.get('subscription') ?? idIn(config) ?? (channelKey && (await idByKey(desk, channelKey)));
  const removing = query.get('view') === 'remove';
  if (id === undefined || id === '') {
    if (removing) return { is: 'remove', session, subscription: undefined };
    const catalogue = await api.catalogue();
    if (host !== undefined) return { is: 'edit', session, catalogue, subscription: undefined, appType };
    return { is: 'start', session, catalogue, list: await api.list() };
  }
  try {
    const [catalogue, subscription] = await Promise.all([api.catalogue(), api.read(id)]);
    return removing
      ? { is: 'remove', session, subscription }
      : { is: 'edit', session, catalogue, subscription, appType };
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 404) throw error;
    return { is: 'foreign', session, takeOver: channelKey === undefined ? undefined : { id, channelKey } };
  }
}

/** Hosts have been seen to open another address than the one they were given (microsoft-teams-library-js issue 2370). */
function idIn({ contentUrl, removeUrl }: HostConfig): string | undefined {
  const ids = [contentUrl, removeUrl].map((url) =>
    url !== undefined && URL.canParse(url) ? new URL(url).searchParams.get('subscription') : null,
  );
  return ids.find((id) => id !== null) ?? undefined;
}

/** And to have kept no address at all: then the channel's key shows what is there beside one's own. */
async function idByKey({ api }: Desk, channelKey: string): Promise<string | undefined> {
  const [own, shown] = await Promise.all([api.list(), api.list(channelKey)]);
  const others = shown.filter(({ id }) => !own.some((mine) => mine.id === id));
  return others[0]?.id ?? (own.length === 1 ? own[0]?.id : undefined);
}
