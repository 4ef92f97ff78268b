/** Choices that only the catalogue and the other subscriptions can judge. */
import type { Session } from '../identity/session.ts';
import { InvalidRequestError } from '../platform/request-body.ts';
import type { ReadOwnSubscription } from './own-subscription.ts';
import type { Choices } from './subscription.ts';
import { SubscriptionNotFoundError } from './subscription-errors.ts';

/** `topics`: the types that the catalogue has. */
export interface CheckChoicesDeps {
  readonly topics: () => ReadonlySet<string>;
  readonly readOwn: ReadOwnSubscription;
}

/** What is chosen, and what was before: a topic that has left the catalogue since may stay. */
export interface Chosen {
  readonly choices: { readonly topics?: readonly string[] | undefined; readonly noticeTo?: string | null | undefined };
  readonly before?: Choices | undefined;
}

/** Checks. @throws InvalidRequestError. */
export function createCheckChoices({ topics, readOwn }: CheckChoicesDeps) {
  return async function checkChoices(session: Session, { choices, before }: Chosen): Promise<void> {
    const known = topics();
    const unknown = choices.topics?.findIndex((topic) => !known.has(topic) && !before?.topics.includes(topic)) ?? -1;
    if (unknown >= 0) throw fault(`topics[${unknown}]`, 'is no topic of the catalogue');
    const { noticeTo } = choices;
    if (typeof noticeTo !== 'string' || noticeTo === before?.noticeTo) return;
    try {
      await readOwn(session, noticeTo);
    } catch (error) {
      throw error instanceof SubscriptionNotFoundError ? fault('noticeTo', 'is no subscription of yours') : error;
    }
  };
}

/** Checks choices. */
export type CheckChoices = ReturnType<typeof createCheckChoices>;

function fault(path: string, message: string): InvalidRequestError {
  return new InvalidRequestError([{ path, message }]);
}
