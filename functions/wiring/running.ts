/** What every run of a function has around it: it is counted, and where telemetry is on it is a piece of work, and what it says goes there. */
import type { HttpResponseInit, InvocationContext } from '@azure/functions';
import { silentTelemetry, type Work } from '../../shared/platform/telemetry/telemetry.ts';
import { log, telemetry } from './parts.ts';

/** A run. `handles`: its own work, where the function does not say what it is part of itself. */
export interface Run {
  readonly name: string;
  readonly handles?: Pick<Work, 'kind' | 'ids'>;
}

/** Runs it. */
export async function running<T>(
  { name, handles }: Run,
  context: InvocationContext,
  run: () => Promise<T>,
): Promise<T> {
  const to = await telemetry();
  if (to === silentTelemetry) return run();
  Object.assign(context, log); // what a handler says of itself: in its trace, with its fields
  const counted = async () => {
    try {
      const answer = await run();
      const status = statusOf(answer);
      if (status !== undefined) to.note({ 'http.response.status_code': status });
      to.count('tidings.runs', 1, { function: name, result: (status ?? 0) < 500 ? 'done' : 'failed', status });
      return answer;
    } catch (error) {
      to.count('tidings.runs', 1, { function: name, result: 'failed' });
      throw error;
    }
  };
  if (handles === undefined) return counted();
  const { traceParent, traceState } = context.traceContext ?? {};
  const parent = traceParent ? { traceparent: traceParent, tracestate: traceState } : undefined;
  const ids = { ...handles.ids, invocationId: context.invocationId };
  return to.work(() => ({ name, kind: handles.kind, parent, ids }), counted);
}

function statusOf(answer: unknown): number | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const { status } = answer as HttpResponseInit;
  return typeof status === 'number' ? status : 200;
}
