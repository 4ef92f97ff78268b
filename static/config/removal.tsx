/** `/config?view=remove`: what removing the connector in Teams or Outlook does here. */
import { useEffect } from 'preact/hooks';
import type { SubscriptionView } from './api.ts';
import type { Session } from './client.ts';
import { useDesk } from './desk.ts';
import { Problem, sentenceFor } from './problem.ts';
import { Notice } from './ui.tsx';
import { WhoLine } from './who-line.tsx';

interface RemovalProps {
  readonly session: Session;
  readonly subscription: SubscriptionView | undefined;
}

/** The screen. The host's *Remove* is the one question that is asked. */
export function Removal({ session, subscription }: RemovalProps) {
  const { words, api, host, settings } = useDesk();
  const { removal } = words;
  useEffect(() => {
    host?.setValidity(true);
    host?.onRemove(async () => {
      if (subscription === undefined) return;
      try {
        // Read again: it is removed whatever was changed meanwhile.
        await api.remove(await api.read(subscription.id));
      } catch (error) {
        // Gone already is what was wanted.
        if (error instanceof Problem && error.status === 404) return;
        throw new Error(words.problems[sentenceFor(error)]);
      }
    });
  }, [host, api, subscription, words]);
  return (
    <main class="narrow">
      <h1 dir="auto">{removal.title(subscription?.target.name ?? settings.brand.name)}</h1>
      <WhoLine session={session} />
      <Notice tone="warning">{subscription === undefined ? removal.gone : removal.text}</Notice>
    </main>
  );
}
