/** What was sent, when, and what came of it; newest first. */
import { useState } from 'preact/hooks';
import type { DeliveryView, TestView, TimelineView } from './api.ts';
import { useDesk } from './desk.ts';
import { reasonIn } from './health.ts';

/** Shown before "more" is asked for. */
const FIRST = 5;

interface TimelineProps extends TimelineView {
  readonly timeZone: string;
}

/** The list. */
export function Timeline({ deliveries, test, timeZone }: TimelineProps) {
  const { words } = useDesk();
  const [all, setAll] = useState(false);
  const shown = all ? deliveries : deliveries.slice(0, FIRST);
  return (
    <section class="section" aria-labelledby="timeline-title">
      <h2 id="timeline-title">{words.timeline.title}</h2>
      {test != null && <LastTest test={test} timeZone={timeZone} />}
      {shown.length === 0 && <p class="quiet">{words.timeline.none}</p>}
      <ol class="timeline">
        {shown.map((delivery) => (
          <Delivery key={delivery.id} delivery={delivery} timeZone={timeZone} />
        ))}
      </ol>
      {shown.length < deliveries.length && (
        <button type="button" class="link" onClick={() => setAll(true)}>
          {words.timeline.more}
        </button>
      )}
    </section>
  );
}

/** The last test card: whether it was seen, once somebody has said so. */
function LastTest({ test: { at, outcome, reason, seen }, timeZone }: { test: TestView; timeZone: string }) {
  const { words, dates } = useDesk();
  const { test } = words.timeline;
  if (at === undefined) return null;
  const when = dates.soon(Date.parse(at), Date.now(), timeZone);
  const text = () => {
    if (seen != null) return seen ? test.seen(when) : test.unseen(when);
    if (outcome === 'delivered') return test.delivered(when);
    if (outcome === 'accepted' || outcome === 'unclear') return test.sent(when);
    return test.failed(when, reasonIn(words, reason ?? outcome));
  };
  return <p class="quiet">{text()}</p>;
}

const MARKS: Readonly<Record<string, string>> = {
  delivered: '✓',
  accepted: '✓',
  retrying: '⟳',
  sending: '→',
  returned: '↩',
  unclear: '?',
};

function Delivery({ delivery, timeZone }: { delivery: DeliveryView; timeZone: string }) {
  const { words, dates } = useDesk();
  const { timeline } = words;
  const { at, count, state, outcome, nextAttemptAt, page } = delivery;
  const why = delivery.reason ?? outcome;
  const now = Date.now();
  const when = dates.soon(Date.parse(at), now, timeZone);
  const outcomes: Readonly<Record<string, string>> = timeline.outcomes;
  return (
    <li class={state}>
      <span class="mark" aria-hidden="true">
        {MARKS[state] ?? '•'}
      </span>
      <div>
        <b>
          <time dateTime={at}>{when}</time>
        </b>
        {' · '}
        {timeline.events(count)}
        <br />
        <span class="quiet">
          {outcomes[state] ?? state}
          {(state === 'retrying' || state === 'returned') && why != null && ` (${reasonIn(words, why)})`}
          {nextAttemptAt != null && `, ${timeline.next(dates.soon(Date.parse(nextAttemptAt), now, timeZone))}`}
        </span>
      </div>
      {page != null && (
        <a href={page} target="_blank" rel="noreferrer">
          {timeline.view} <span class="unseen">{`(${when}) ${words.opensNewWindow}`}</span>
        </a>
      )}
    </li>
  );
}
