/** How a channel that is set up does: one sentence, and what can be done. */
import { useEffect, useState } from 'preact/hooks';
import type { PreviewView, SubscriptionView, TimelineView } from './api.ts';
import { useDesk } from './desk.ts';
import { healthOf } from './health.ts';
import { Manage } from './manage.tsx';
import { Notice } from './ui.tsx';

/** What was sent, and what the saved settings lead to; looked at anew when the subscription has changed, and when asked to. */
export interface Standings extends TimelineView {
  readonly saved: PreviewView | undefined;
  readonly lookAgain: () => void;
}

const NOTHING: TimelineView = { deliveries: [] };

/** Reads them for a subscription; nothing for a new one. What cannot be had is left out: the form works without it. */
export function useStandings(subscription: SubscriptionView | undefined): Standings {
  const { api } = useDesk();
  const [timeline, setTimeline] = useState(NOTHING);
  const [saved, setSaved] = useState<PreviewView>();
  const [looked, setLooked] = useState(0);
  const id = subscription?.id;
  const revision = subscription?.revision;
  useEffect(() => {
    if (id === undefined) return;
    let gone = false;
    const ignore = () => {};
    api.deliveries(id).then((view) => gone || setTimeline(view), ignore);
    api.previewOf(id).then((view) => gone || setSaved(view), ignore);
    return () => {
      gone = true;
    };
  }, [api, id, revision, looked]);
  return { ...timeline, saved, lookAgain: () => setLooked((times) => times + 1) };
}

interface StandingProps {
  readonly subscription: SubscriptionView;
  readonly standings: Standings;
  readonly onChanged: (subscription: SubscriptionView) => void;
  readonly onRemoved: () => void;
}

/** The part above the form. */
export function Standing({ subscription, standings, onChanged, onRemoved }: StandingProps) {
  const { words, dates, host, zone } = useDesk();
  const { deliveries, test, saved, lookAgain } = standings;
  const next = saved?.next[0];
  const { tone, text } = healthOf(
    {
      subscription,
      deliveries,
      test,
      next: next === undefined ? undefined : Date.parse(next),
      now: Date.now(),
      inHost: host !== undefined,
    },
    { words, dates, zone },
  );
  return (
    <div class="standing">
      <Notice tone={tone}>{text}</Notice>
      <Manage
        subscription={subscription}
        waiting={
          saved === undefined ? undefined : { count: saved.waiting ?? 0, isAtLeast: saved.waitingIsAtLeast === true }
        }
        onChanged={onChanged}
        onWaitingSent={lookAgain}
        onRemoved={onRemoved}
      />
    </div>
  );
}
