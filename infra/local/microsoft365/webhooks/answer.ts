/** Sends a webhook's answer, or what a fault makes of it, and finds out whether it arrived. */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { CONTACT_ERROR, hiddenError } from './connector-webhook.ts';
import type { Effect, Fault, When } from './faults.ts';
import type { RecordedAnswer } from './request-log.ts';
import { text } from './verdict.ts';

const whenOf = (effect: Effect): When => ('when' in effect ? effect.when : 'before');

/** Waits as the faults of this moment say; false when the sender has gone meanwhile. */
export async function delay(response: ServerResponse, faults: readonly Fault[], when: When): Promise<boolean> {
  for (const { effect } of faults) {
    if (effect.do !== 'slow' || effect.when !== when) continue;
    const gone = new AbortController();
    const onClose = () => gone.abort();
    response.once('close', onClose);
    await sleep(effect.ms, undefined, { signal: gone.signal }).catch(() => undefined);
    response.off('close', onClose);
  }
  return !response.destroyed;
}

/** The first fault of this moment that takes the place of the answer. */
export function interruption(faults: readonly Fault[], when: When): Effect | undefined {
  return faults
    .map(({ effect }) => effect)
    .find((effect) => {
      return effect.do !== 'slow' && effect.do !== 'fail-run' && whenOf(effect) === when;
    });
}

/** Carries out a fault on the wire. Answers what was sent, null when nothing was. */
export async function interrupt(response: ServerResponse, effect: Effect): Promise<RecordedAnswer | null> {
  switch (effect.do) {
    case 'reset':
      response.socket?.resetAndDestroy();
      return null;
    case 'silence':
      // Held until the sender gives up or this Microsoft 365 stops.
      if (!response.destroyed) await once(response, 'close');
      return null;
    case 'garbage':
      response.socket?.end('\u0000\u0001 this is no HTTP \r\n\r\n');
      return null;
    case 'odd-body':
      return await send(response, text(200, '<html><body>Service is being updated</body></html>'));
    case 'hidden-error':
      return await send(response, text(200, hiddenError(effect.code)));
    case 'contact-error':
      return await send(response, text(200, CONTACT_ERROR));
    case 'answer':
      return await send(response, { status: effect.status, headers: effect.headers, body: effect.body });
    case 'slow':
    case 'fail-run':
      return null;
  }
}

/** Sends an answer; null when the sender had gone before it could take it. */
export async function send(response: ServerResponse, answer: RecordedAnswer): Promise<RecordedAnswer | null> {
  if (response.destroyed) return null;
  response.writeHead(answer.status, { ...answer.headers });
  return await new Promise((resolve) => {
    response.once('finish', () => resolve(answer));
    response.once('close', () => resolve(response.writableFinished ? answer : null));
    response.end(answer.body);
  });
}
