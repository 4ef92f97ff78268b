/** How a channel that is set up does: one sentence, what can be done, what was sent. */
import { useEffect, useState } from 'preact/hooks';
import type { DeliveryView, PreviewView, SubscriptionView } from './api.ts';
import { useDesk } from './desk.ts';
import { healthOf } from './health.ts';
import { Manage } from './manage.tsx';
import { Timeline } from './timeline.tsx';
import { Notice } from './ui.tsx';

interface StandingProps {
  readonly subscription: SubscriptionView;
  readonly preview: PreviewView | undefined;
  readonly onChanged: (subscription: SubscriptionView) => void;
  readonly onRemoved: () => void;
}

/** The part above the form. */
export function Standing({ subscription, onChanged, onRemoved }: StandingProps) {
  const { words, dates, api, host, zone } = useDesk();
  const { id, revision, schedule } = subscription;
  const [deliveries, setDeliveries] = useState<readonly DeliveryView[]>([]);
  const [saved, setSaved] = useState<PreviewView>();
  const [looked, setLooked] = useState(0);
  // It looks again when the subscription has changed, and when asked to.
  useEffect(() => {
    let gone = false;
    // What cannot be had is left out: the form works without it.
    api.deliveries(id).then(
      (list) => gone || setDeliveries(list),
      () => {},
    );
    api.previewOf(id).then(
      (view) => gone || setSaved(view),
      () => {},
    );
    return () => {
      gone = true;
    };
  }, [api, id, revision, looked]);
  const next = saved?.next[0];
  const { tone, text } = healthOf(
    {
      subscription,
      deliveries,
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
        waiting={saved?.waiting}
        onChanged={onChanged}
        onWaitingSent={() => setLooked((times) => times + 1)}
        onRemoved={onRemoved}
      />
      <Timeline deliveries={deliveries} timeZone={schedule.every === 'now' ? zone : schedule.timeZone} />
    </div>
  );
}
