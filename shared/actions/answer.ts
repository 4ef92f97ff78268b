/** The one way to act, whatever it came by: what was asked is found, what was filled in is checked, the answer is given once. */
import type { Clock } from '../platform/clock.ts';
import type { Act } from './act.ts';
import { type Answerable, actKey } from './act-key.ts';
import type { Asked, FindAsked } from './find-asked.ts';
import type { GiveAnswer, Given } from './give-answer.ts';
import { type GivenValues, readInputs } from './read-inputs.ts';

/** An answer on its way in. `admit` refuses who may not act on this subscription. */
export interface Answering {
  readonly answerable: Answerable;
  readonly values: GivenValues;
  readonly actor: Act['actor'];
  readonly via: Act['via'];
  readonly admit: (asked: Asked) => void;
}

/** What came of it, and where. */
export interface Answered extends Given {
  readonly asked: Asked;
}

/** What answering needs. */
export interface AnswerDeps {
  readonly findAsked: FindAsked;
  readonly giveAnswer: Pick<GiveAnswer, 'give'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** Answers. @throws one of `errors.ts`, in the order in which they stand here, or AnswerNotSentError. */
export function createAnswer({ findAsked, giveAnswer, clock }: AnswerDeps) {
  return async function answer({ answerable, values, actor, via, admit }: Answering): Promise<Answered> {
    const asked = await findAsked.find(answerable);
    admit(asked);
    const { event, action } = await findAsked.findEvent(asked);
    const { source, id, type, subject, scope, traceparent, data } = event;
    const act: Act = {
      account: answerable.account,
      subscriptionId: asked.subscription.id,
      digest: answerable.digest,
      event: { source, id, type, title: data.title, subject, scope, traceparent },
      action: { id: action.id, title: action.title },
      inputs: readInputs(action.inputs, values),
      actor,
      via,
      at: clock.now(),
    };
    return { ...(await giveAnswer.give(actKey(answerable), act)), asked };
  };
}

/** Gives one answer. */
export type Answer = ReturnType<typeof createAnswer>;
