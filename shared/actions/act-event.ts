/** What the product is told of an answer: the CloudEvent `tidings.action.invoked`. Shape: docs/for-products.md. */
import type { ConnectorEvent } from '../platform/connector-events-queue.ts';
import type { Act } from './act.ts';
import { actIdOf } from './act-key.ts';

const NO_EVENT = { title: '', traceparent: undefined, tracestate: undefined };

/** The event of an answer: the same however often it is made, so that a product can tell that it was told twice. */
export function toActionInvoked(key: string, act: Act, publicUrl: string): ConnectorEvent {
  const { subscriptionId, account, event, action, inputs, actor, via, digest, at } = act;
  const { title: _, traceparent, tracestate, ...about } = event ?? NO_EVENT;
  return {
    specversion: '1.0',
    id: actIdOf(key),
    source: publicUrl,
    type: 'tidings.action.invoked',
    subject: subscriptionId,
    time: new Date(at).toISOString(),
    datacontenttype: 'application/json',
    account,
    ...(traceparent === undefined ? {} : { traceparent }),
    ...(tracestate === undefined ? {} : { tracestate }),
    data: {
      event: about,
      action,
      inputs,
      actor: actor === null ? null : { tid: actor.tid, oid: actor.oid },
      via,
      digest,
      subscription: subscriptionId,
    },
  };
}
