/** The page: one screen at a time. */
import { useEffect, useState } from 'preact/hooks';
import type { Catalogue, SubscriptionView, TargetView } from './api.ts';
import type { Session } from './client.ts';
import { type Desk, DeskProvider, useDesk } from './desk.ts';
import { draftOf, newDraft } from './draft.ts';
import { Editor } from './editor.tsx';
import { Foreign } from './foreign.tsx';
import type { Theme } from './host.ts';
import { openScreen, openSession, type Screen } from './open.ts';
import { Removal } from './removal.tsx';
import { SignInScreen } from './sign-in.tsx';
import { Start } from './start.tsx';
import { ActionButton, Notice, ProblemNotice } from './ui.tsx';
import { WhoLine } from './who-line.tsx';

/** A wait longer than this is explained. */
const SLOW_MS = 4_000;

/** The page, with everything at its desk. */
export function App({ desk }: { desk: Desk }) {
  return (
    <DeskProvider value={desk}>
      <Screens />
    </DeskProvider>
  );
}

function Screens() {
  const desk = useDesk();
  const { host, settings } = desk;
  const [screen, setScreen] = useState<Screen>({ is: 'loading' });
  const [theme, setTheme] = useState<Theme>(host?.theme ?? themeOfSystem());

  const fail = (error: unknown) => setScreen({ is: 'failed', error });
  const enter = (session: Session) => openScreen(desk, session).then(setScreen, fail);
  const open = async () => {
    setScreen({ is: 'loading' });
    const session = await openSession(desk);
    if ('is' in session) setScreen(session);
    else await enter(session);
  };
  useEffect(() => (host === undefined ? onSystemTheme(setTheme) : undefined), [host]);
  useEffect(() => {
    host?.onTheme(setTheme);
    host?.loaded();
    open().catch(fail);
  }, []);
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);

  switch (screen.is) {
    case 'loading':
      return <Loading />;
    case 'failed':
      return (
        <main class="narrow">
          <h1>{settings.brand.name}</h1>
          <ProblemNotice error={screen.error} />
          <ActionButton kind="primary" onClick={() => open().catch(fail)}>
            {desk.words.tryAgain}
          </ActionButton>
        </main>
      );
    case 'sign-in':
      return (
        <SignInScreen
          why={screen.why}
          signInUrl={screen.signInUrl}
          person={screen.person}
          onSession={enter}
          onRetry={() => open().catch(fail)}
        />
      );
    case 'start':
      return (
        <Start session={screen.session} list={screen.list}>
          {edit(screen.session, screen.catalogue, undefined)}
        </Start>
      );
    case 'edit':
      return edit(screen.session, screen.catalogue, screen.subscription, screen.appType);
    case 'foreign':
      return <Foreign session={screen.session} takeOver={screen.takeOver} onShared={() => enter(screen.session)} />;
    case 'remove':
      return <Removal session={screen.session} subscription={screen.subscription} />;
    case 'removed':
      return (
        <main class="narrow">
          <h1>{settings.brand.name}</h1>
          <WhoLine session={screen.session} />
          <Notice tone="good">{desk.words.actions.removed}</Notice>
          <p>
            <a href="/config">{desk.words.foreign.all}</a>
          </p>
        </main>
      );
  }

  function edit(
    session: Session,
    catalogue: Catalogue,
    subscription: SubscriptionView | undefined,
    appType?: TargetView['appType'],
  ) {
    const recommended = catalogue.topics.filter((topic) => topic.recommended).map(({ type }) => type);
    const firstDraft =
      subscription === undefined
        ? newDraft({ recommended, locale: desk.language, timeZone: desk.zone })
        : draftOf(subscription, desk.zone);
    return (
      <Editor
        key={subscription?.id ?? 'new'}
        session={session}
        catalogue={catalogue}
        subscription={subscription}
        appType={appType}
        firstDraft={firstDraft}
        theme={theme}
        onRemoved={() => setScreen({ is: 'removed', session })}
        onSession={() => {}}
      />
    );
  }
}

function Loading() {
  const { words, settings } = useDesk();
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <main class="loading" aria-busy="true">
      <h1 class="unseen">{settings.brand.name}</h1>
      <p role="status">
        <span class="spinner" aria-hidden="true" />
        {slow ? words.slow : words.loading}
      </p>
    </main>
  );
}

/** What a system can ask for. Forced colours are the system's own: there the plain theme is coloured by it. */
const WISHES = ['(forced-colors: active)', '(prefers-contrast: more)', '(prefers-color-scheme: dark)'].map((wish) =>
  matchMedia(wish),
);

function themeOfSystem(): Theme {
  const [forced, contrast, dark] = WISHES.map(({ matches }) => matches);
  if (forced) return 'default';
  return contrast ? 'contrast' : dark ? 'dark' : 'default';
}

function onSystemTheme(changed: (theme: Theme) => void): () => void {
  const tell = () => changed(themeOfSystem());
  for (const wish of WISHES) wish.addEventListener('change', tell);
  return () => {
    for (const wish of WISHES) wish.removeEventListener('change', tell);
  };
}
