/** The form with everything beside it: preview, test card, timeline, what can be done. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Choices } from '../../shared/subscriptions/subscription.ts';
import type { Catalogue, SubscriptionView, TargetView } from './api.ts';
import type { Session } from './client.ts';
import { ConflictNotice } from './conflict-notice.tsx';
import { useDesk } from './desk.ts';
import { choicesOf, type Draft, draftOf, faultsOf } from './draft.ts';
import type { Theme } from './host.ts';
import { Importance } from './importance.tsx';
import { MoreOptions } from './more-options.tsx';
import { Preview, usePreview } from './preview.tsx';
import { isConflict, isSignedOut } from './problem.ts';
import { Scopes } from './scopes.tsx';
import { offersMicrosoft, SignInButtons } from './sign-in.tsx';
import { Standing, useStandings } from './standing.tsx';
import { TestCard } from './test-card.tsx';
import { Timeline } from './timeline.tsx';
import { TimingFields } from './timing.tsx';
import { Topics } from './topics.tsx';
import { ActionButton, Notice, ProblemNotice, useOnce } from './ui.tsx';
import { useHostSave } from './use-host-save.ts';
import { kindOf, type PastedTarget, targetFaults, Where } from './where.tsx';
import { WhoLine } from './who-line.tsx';
import { isZone } from './zones.ts';

interface EditorProps {
  readonly session: Session;
  readonly catalogue: Catalogue;
  readonly subscription: SubscriptionView | undefined;
  readonly firstDraft: Draft;
  /** Where the host is, for a channel that is not saved yet. */
  readonly appType?: TargetView['appType'] | undefined;
  readonly theme: Theme;
  readonly onRemoved: () => void;
  readonly onSession: (session: Session) => void;
}

/** The editor of one channel, new or set up. */
export function Editor({ session, catalogue, firstDraft, theme, onRemoved, onSession, ...props }: EditorProps) {
  const { words, api, host, zone, settings, dates } = useDesk();
  const { form } = words;
  const [subscription, setSubscription] = useState(props.subscription);
  const [draft, setDraft] = useState(firstDraft);
  const [target, setTarget] = useState<PastedTarget>({ webhook: '', name: '' });
  const [tried, setTried] = useState(false);
  const [saved, setSaved] = useState(false);
  const { busy, error, run, forget } = useOnce();
  const page = useRef<HTMLElement>(null);

  const isNew = subscription === undefined;
  const asksWhere = isNew && host === undefined;
  const faults = faultsOf(draft, isZone);
  const whereFaults = asksWhere ? targetFaults(target) : [];
  const choices = faults.length === 0 ? choicesOf(draft) : undefined;
  const kind = subscription?.target.kind ?? (host !== undefined ? 'connector' : kindOf(target.webhook));
  const appType = subscription?.target.appType ?? props.appType;
  const preview = usePreview(choices, {
    kind,
    ...(appType === undefined ? {} : { appType }),
    ...(subscription === undefined ? {} : { subscriptionId: subscription.id }),
  });

  const standings = useStandings(subscription);
  const isChanged = choices !== undefined && subscription !== undefined && !isSame(choices, subscription);

  const change = (part: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...part }));
    setSaved(false);
  };
  const show = (shown: SubscriptionView) => {
    setSubscription(shown);
    setDraft(draftOf(shown, zone));
    forget();
  };
  const kept = (shown: SubscriptionView) => {
    setSubscription(shown);
    setSaved(true);
    setTried(false);
    if (host === undefined) history.replaceState(null, '', `/config?subscription=${encodeURIComponent(shown.id)}`);
  };
  const hostSave = useHostSave({ host, subscription, choices, onSaved: kept });
  const save = async (over?: SubscriptionView) => {
    const base = over ?? subscription;
    if (choices === undefined) return;
    if (base !== undefined) return kept(await api.change(base, choices));
    const made = await api.create({
      ...choices,
      target: { appType: 'teams', name: target.name.trim() },
      webhook: target.webhook,
    });
    kept(made);
  };
  const submit = () => {
    setTried(true);
    if (faults.length + whereFaults.length === 0) return void run(() => save());
    // Drawn with its faults first: then the first of them gets the focus.
    requestAnimationFrame(() =>
      page.current?.querySelector<HTMLElement>('[aria-invalid=true], .fault ~ * input')?.focus(),
    );
  };
  const conflict = isConflict(error) || isConflict(hostSave.error);
  const resolve = (id: string, by: (theirs: SubscriptionView) => Promise<void>) =>
    run(async () => {
      await by(await api.read(id));
      hostSave.forget();
    }, 'keeps');
  // In a frame it is the host's *Save* that saves, over what is known now.
  const mine = async (theirs: SubscriptionView) => (host === undefined ? save(theirs) : setSubscription(theirs));
  const { schedule } = preview.of ?? {};
  const next = preview.view?.next[0];
  const nextAt =
    next === undefined || schedule === undefined || schedule.every === 'now'
      ? undefined
      : dates.soon(Date.parse(next), Date.now(), schedule.timeZone);
  const signInUrl = settings.signInUrl;
  const canSignIn = signInUrl !== undefined || offersMicrosoft(settings, host !== undefined);
  useEffect(() => host?.setValidity(choices !== undefined), [host, choices !== undefined]);

  const fault = (name: (typeof faults)[number], text: string) => (faults.includes(name) ? text : undefined);
  return (
    <main ref={page} class="editor">
      <div class="intro">
        <h1 dir="auto">
          {subscription === undefined ? (host?.place ?? form.newTitle) : form.editTitle(subscription.target.name)}
        </h1>
        <WhoLine session={session} />
      </div>
      {subscription !== undefined && (
        <Standing subscription={subscription} standings={standings} onChanged={setSubscription} onRemoved={onRemoved} />
      )}
      <form
        class="fields"
        noValidate
        aria-label={form.newTitle}
        onSubmit={(event) => {
          event.preventDefault();
          if (host === undefined) submit();
        }}
      >
        {asksWhere && (
          <Where
            target={target}
            faults={tried ? whereFaults : whereFaults.filter((one) => one === 'address-wrong')}
            change={(part) => setTarget((before) => ({ ...before, ...part }))}
          />
        )}
        <Topics topics={catalogue.topics} draft={draft} fault={fault('topics', form.topicsNeeded)} change={change} />
        <Scopes scopes={catalogue.scopes} draft={draft} change={change} />
        <TimingFields draft={draft} faults={faults} change={change} />
        <Importance draft={draft} change={change} />
        <MoreOptions draft={draft} change={change} of={subscription?.id} />
      </form>
      <div class="aside">
        <Preview preview={preview} isPaused={subscription?.state === 'paused'} theme={theme} />
        <section class="section" aria-labelledby="test-title">
          <h2 id="test-title">{words.test.title}</h2>
          <TestCard
            send={testOf({
              subscription,
              choices,
              webhook: asksWhere ? target.webhook : '',
              faults: whereFaults.filter((one) => one !== 'name'),
            })}
            why={host === undefined ? words.test.needsAddress : words.test.afterSave}
            onSeen={(result, seen) => {
              if (result.id === undefined) return;
              const keeping =
                subscription === undefined
                  ? api.draftSeen(target.webhook, result.id, seen)
                  : api.seen(subscription.id, result.id, seen);
              keeping.then(standings.lookAgain, () => {});
            }}
          />
          {isChanged && <p class="hint">{words.test.savedOnly}</p>}
        </section>
        {subscription !== undefined && (
          <Timeline deliveries={standings.deliveries} test={standings.test} timeZone={draft.timing.timeZone} />
        )}
      </div>
      <div class="bar">
        {conflict && subscription !== undefined && (
          <ConflictNotice
            busy={busy}
            onTheirs={() => resolve(subscription.id, async (theirs) => show(theirs))}
            onMine={() => resolve(subscription.id, mine)}
          />
        )}
        {error !== undefined && !conflict && <ProblemNotice error={error} />}
        {hostSave.error !== undefined && !conflict && <ProblemNotice error={hostSave.error} />}
        {isSignedOut(error) && canSignIn && (
          <>
            <p>{words.signIn.ended}</p>
            <SignInButtons signInUrl={signInUrl} onSession={onSession} />
          </>
        )}
        {saved && <Notice tone="good">{nextAt === undefined ? form.saved : form.savedNext(nextAt)}</Notice>}
        {host === undefined ? (
          <ActionButton kind="primary" busy={busy} onClick={submit}>
            {busy ? form.saving : form.save}
          </ActionButton>
        ) : (
          <p class="quiet">{form.saveInHost}</p>
        )}
        {nextAt !== undefined && <p class="quiet">{form.next(nextAt)}</p>}
      </div>
    </main>
  );

  function testOf(of: {
    subscription: SubscriptionView | undefined;
    choices: Choices | undefined;
    webhook: string;
    faults: readonly string[];
  }) {
    if (of.subscription !== undefined) {
      const { id } = of.subscription;
      return () => api.test(id, preview.view?.at);
    }
    if (of.choices === undefined || of.webhook === '' || of.faults.length > 0) return undefined;
    const { choices, webhook } = of;
    const at = preview.view?.at;
    return () => api.testDraft({ ...choices, webhook, ...(at === undefined ? {} : { at }) });
  }
}

/** Whether the form says what is saved. */
function isSame(choices: Choices, subscription: SubscriptionView): boolean {
  return JSON.stringify(choices) === JSON.stringify(choicesOf(draftOf(subscription, '')));
}
