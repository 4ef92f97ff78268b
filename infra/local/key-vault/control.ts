/** The route by which people and other processes switch faults: GET lists, POST adds one, DELETE clears. */
import { type Faults, parseFaultRule } from './faults.ts';

/** Outside the REST API's own paths. */
export const CONTROL_PATH = '/local/faults';

/** Answers a request to the control route. JSON only, so that no web page can send it without asking first. */
export function answerControl(method: string, body: unknown, faults: Faults): { status: number; body?: object } {
  if (method === 'GET') return { status: 200, body: { faults: faults.list() } };
  if (method === 'DELETE') {
    faults.clear();
    return { status: 204 };
  }
  const rule = parseFaultRule(body);
  if (method !== 'POST' || rule === undefined) {
    return {
      status: 400,
      body: { error: 'POST a rule such as {"fault":{"is":"throttled","retryAfterSeconds":1},"times":2}' },
    };
  }
  faults.add(rule);
  return { status: 204 };
}
