/** What will happen, beside the form: when the next cards come, and how they will look. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { TimedSchedule } from '../../shared/schedules/schedule.ts';
import type { Choices } from '../../shared/subscriptions/subscription.ts';
import type { ClockChange, DraftPreview, PreviewView } from './api.ts';
import { useDesk } from './desk.ts';
import type { Theme } from './host.ts';

/** A pause after typing, before the server is asked. */
const QUIET_MS = 350;

/** A preview, and whether a newer one is on its way. */
export interface PreviewState {
  readonly view: PreviewView | undefined;
  /** What the view is the preview of: what the form says now may be newer. */
  readonly of?: Choices;
  readonly is: 'updating' | 'shown' | 'failed' | 'incomplete';
}

/** What the choices are for. */
export type PreviewFor = Pick<DraftPreview, 'kind' | 'appType' | 'subscriptionId'>;

/** Asks for the preview of what the form says, whenever that has changed; `choices` undefined: the form is incomplete. */
export function usePreview(choices: Choices | undefined, of: PreviewFor): PreviewState {
  const { api } = useDesk();
  const [state, setState] = useState<PreviewState>({ view: undefined, is: 'updating' });
  const asked = choices === undefined ? undefined : JSON.stringify({ ...choices, ...of });
  useEffect(() => {
    if (asked === undefined) return setState((before) => ({ ...before, is: 'incomplete' }));
    const gone = new AbortController();
    setState((before) => ({ ...before, is: 'updating' }));
    const timer = setTimeout(() => {
      const draft = JSON.parse(asked) as DraftPreview;
      api.preview(draft, gone.signal).then(
        (view) => setState({ view, of: draft, is: 'shown' }),
        () => gone.signal.aborted || setState((before) => ({ ...before, is: 'failed' })),
      );
    }, QUIET_MS);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [asked, api]);
  return state;
}

interface PreviewProps {
  readonly preview: PreviewState;
  readonly isPaused: boolean;
  readonly theme: Theme;
}

/** The pane. */
export function Preview({ preview, isPaused, theme }: PreviewProps) {
  const { words } = useDesk();
  const { view, is } = preview;
  return (
    <section class="section preview" aria-labelledby="preview-title" aria-busy={is === 'updating'}>
      <h2 id="preview-title">{words.preview.title}</h2>
      <p class="quiet" role="status">
        {is === 'updating' && words.preview.updating}
        {is === 'failed' && words.preview.failed}
        {is === 'incomplete' && words.preview.incomplete}
      </p>
      {isPaused ? <p>{words.preview.paused}</p> : <NextTimes view={view} choices={preview.of} />}
      {view !== undefined && (
        <>
          <h3>{words.preview.card}</h3>
          <p class="quiet">{view.from === 'events' ? words.preview.fromEvents : words.preview.fromSamples}</p>
          <CardPicture body={view.card.body} theme={theme} />
        </>
      )}
    </section>
  );
}

function NextTimes({ view, choices }: { view: PreviewView | undefined; choices: Choices | undefined }) {
  const { words, dates } = useDesk();
  if (choices === undefined) return null;
  const { schedule, urgentSeverity } = choices;
  if (schedule.every === 'now') return <p>{words.preview.nextNow}</p>;
  const times = view?.next ?? [];
  return (
    <>
      <h3 id="next-times">{words.preview.next}</h3>
      <ol class="times" aria-labelledby="next-times">
        {times.map((time) => {
          const change = view?.clockChanges.find(({ at }) => at === time);
          return (
            <li key={time}>
              <time dateTime={time}>{dates.soon(Date.parse(time), Date.now(), schedule.timeZone)}</time>
              {change !== undefined && <ClockNote change={change} schedule={schedule} />}
            </li>
          );
        })}
      </ol>
      {urgentSeverity !== null && <p class="quiet">{words.preview.urgentToo}</p>}
    </>
  );
}

/** What daylight saving does to a time. */
function ClockNote({ change, schedule }: { change: ClockChange; schedule: TimedSchedule }) {
  const { words, dates } = useDesk();
  const { preview } = words;
  const at = Date.parse(change.at);
  const time = dates.time(at, schedule.timeZone);
  const day = dates.day(at, schedule.timeZone);
  if (change.isMoved && schedule.every !== 'hour') return <small>{preview.skippedTime(schedule.at, time)}</small>;
  const isForward = minutesOf(change.to) > minutesOf(change.from);
  return <small>{isForward ? preview.clocksForward(day, time) : preview.clocksBack(day, time)}</small>;
}

/** `+05:30` in minutes. */
function minutesOf(offset: string | null): number {
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)/.exec(offset ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}

/** The card, drawn by a script that is loaded when the first one is there. */
function CardPicture({ body, theme }: { body: string; theme: Theme }) {
  const { words } = useDesk();
  const frame = useRef<HTMLElement>(null);
  useEffect(() => {
    let gone = false;
    import('./card-picture.ts').then(({ drawCard }) => {
      if (!gone) frame.current?.replaceChildren(drawCard(body, theme));
    });
    return () => {
      gone = true;
    };
  }, [body, theme]);
  return <figure ref={frame} class="card-picture" aria-label={words.preview.cardName} dir="auto" />;
}
