/** The one way to act, whatever it came by: what was asked is found, what was filled in is checked, the answer is given once. */

import type { Event } from '../events/event.ts';
import type { Clock } from '../platform/clock.ts';
import { type Telemetry, tracesOf, type Work } from '../platform/telemetry/telemetry.ts';
import type { Act, Inputs } from './act.ts';
import { type Answerable, actKey } from './act-key.ts';
import type { ActsTable } from './acts-table.ts';
import type { Asked, AskedAction, FindAsked } from './find-asked.ts';
import type { GiveAnswer, Given } from './give-answer.ts';
import { type OwnAction, ownActionId, ownChangeOf } from './own-action.ts';
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
  readonly acts: Pick<ActsTable, 'read'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly telemetry: Telemetry;
}

/** Answers. @throws one of `errors.ts`, in the order in which they stand here, or AnswerNotSentError. */
export function createAnswer({ findAsked, giveAnswer, acts, clock, telemetry }: AnswerDeps) {
  return async function answer(answering: Answering): Promise<Answered> {
    const asked = await findAsked.find(answering.answerable);
    answering.admit(asked);
    const found = await findAsked.findAction(asked);
    return telemetry.work(
      () => workOf(asked, found, telemetry),
      () => give(answering, asked, found),
    );
  };

  async function give(
    { answerable, values, actor, via }: Answering,
    asked: Asked,
    { event, own, action }: AskedAction,
  ): Promise<Answered> {
    const inputs = readInputs(action.inputs, values);
    const act: Act = {
      account: answerable.account,
      subscriptionId: asked.subscription.id,
      digest: answerable.digest,
      event: event === undefined ? undefined : { ...toActEvent(event), ...telemetry.trace() },
      action: { id: action.id, title: action.title },
      inputs,
      own: own === undefined ? undefined : await changeOf(asked, own, inputs),
      actor,
      via,
      at: clock.now(),
    };
    return { ...(await giveAnswer.give(actKey(answerable), act)), asked };
  }

  /** An undoing needs what it takes back. */
  async function changeOf({ answerable, subscription, digest }: Asked, own: OwnAction, inputs: Inputs) {
    const first = own.undo ? actKey({ ...answerable, action: ownActionId({ ...own, undo: false }) }) : undefined;
    const undone = first === undefined ? undefined : (await acts.read(first))?.act.own;
    return ownChangeOf(own, { subscription, inputs, undone, now: clock.now(), timeZone: digest.timeZone });
  }
}

function toActEvent({ source, id, type, subject, scope, traceparent, tracestate, data: { title } }: Event) {
  return { source, id, type, title, subject, scope, traceparent, tracestate };
}

/** In the event's own trace, which the product began; the card and the request led to it. */
function workOf({ subscription, digest }: Asked, { event, action }: AskedAction, { trace }: Telemetry): Work {
  const request = trace();
  return {
    name: 'answer',
    kind: 'internal',
    parent: event === undefined ? undefined : tracesOf([event])[0],
    links: [...tracesOf([digest]), ...(request === undefined ? [] : [request])],
    ids: { subscriptionId: subscription.id, sequence: digest.sequence, action: action.id },
  };
}

/** Gives one answer. */
export type Answer = ReturnType<typeof createAnswer>;
