/** The host's *Save*: one handler, registered once, which saves what the form says at that moment. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Choices } from '../../shared/subscriptions/subscription.ts';
import type { SubscriptionView } from './api.ts';
import { useDesk } from './desk.ts';
import type { Host } from './host.ts';
import { isConflict, sentenceFor } from './problem.ts';
import { saveFramed } from './save.ts';

interface HostSave {
  readonly host: Host | undefined;
  readonly subscription: SubscriptionView | undefined;
  readonly choices: Choices | undefined;
  readonly onSaved: (subscription: SubscriptionView) => void;
}

/** Listens for *Save*; a failure is told to the host in a sentence, and kept to be shown on the page too, until it is forgotten. */
export function useHostSave(of: HostSave): { error: unknown; forget: () => void } {
  const { api, words, brand } = useDeskWithBrand();
  const latest = useRef(of);
  latest.current = of;
  const [error, setError] = useState<unknown>();
  const { host } = of;
  useEffect(() => {
    if (host === undefined) return;
    host.onSave(async (webhookUrl) => {
      const { subscription, choices, onSaved } = latest.current;
      setError(undefined);
      try {
        if (choices === undefined) throw new Error(words.form.topicsNeeded);
        const config = await host.readConfig();
        const name = subscription?.target.name ?? host.place ?? brand;
        const saved = await saveFramed({ api, host }, { subscription, choices, webhookUrl, config, name });
        onSaved(saved.subscription);
      } catch (failure) {
        setError(failure);
        throw new Error(isConflict(failure) ? words.conflict.text : words.problems[sentenceFor(failure)]);
      }
    });
  }, [host, api, words, brand]);
  return { error, forget: () => setError(undefined) };
}

function useDeskWithBrand() {
  const { api, words, settings } = useDesk();
  return { api, words, brand: settings.brand.name };
}
