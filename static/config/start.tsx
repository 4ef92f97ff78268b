/** The owner's channels, and the form for another one below them. */
import type { ComponentChildren } from 'preact';
import type { SubscriptionView } from './api.ts';
import type { Session } from './client.ts';
import { useDesk } from './desk.ts';
import { reasonIn } from './health.ts';

interface StartProps {
  readonly session: Session;
  readonly list: readonly SubscriptionView[];
  readonly children: ComponentChildren;
}

/** The list, when there is something in it. */
export function Start({ list, children }: StartProps) {
  const { words } = useDesk();
  const { start } = words;
  return (
    <>
      {list.length > 0 && (
        <nav class="channels" aria-labelledby="channels-title">
          <h2 id="channels-title">{start.yours}</h2>
          <ul>
            {list.map((subscription) => (
              <li key={subscription.id}>
                <a href={`/config?subscription=${encodeURIComponent(subscription.id)}`}>
                  <b dir="auto">{subscription.target.name}</b> <span class="quiet">{stateOf(subscription)}</span>
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {children}
    </>
  );

  function stateOf({ state, health, reason }: SubscriptionView): string {
    if (state === 'disabled') return words.health.stopped(reasonIn(words, reason ?? health?.reason));
    if (state === 'paused') return words.actions.paused;
    return '';
  }
}
