/** Faults that a test or a person switches on: rules looked through for every request, in order. */
import { z } from 'zod';

const fault = z.discriminatedUnion('is', [
  /** 429 with Retry-After, as a vault past its limit of operations. */
  z.object({ is: z.literal('throttled'), retryAfterSeconds: z.number().min(0) }),
  z.object({ is: z.literal('failing'), status: z.int().min(500).max(599) }),
  z.object({ is: z.literal('slow'), milliseconds: z.number().min(0) }),
  /** 403 as for a caller without a role, or from a network that is not let in. */
  z.object({ is: z.literal('forbidden'), because: z.enum(['ForbiddenByRbac', 'ForbiddenByConnection']) }),
  /** The connection ends without an answer, and nothing was done. */
  z.object({ is: z.literal('down') }),
  /** The operation is done, and the connection ends without an answer. */
  z.object({ is: z.literal('answer-lost') }),
]);

const rule = z.object({
  fault,
  /** Only requests of this method. */
  method: z.string().optional(),
  /** Only paths that begin so, e.g. `/secrets/webhook-`. */
  path: z.string().optional(),
  /** Requests it strikes; absent: until cleared. */
  times: z.int().min(1).optional(),
});

/** What goes wrong. */
export type Fault = z.infer<typeof fault>;
/** What goes wrong, where and how often. */
export type FaultRule = z.infer<typeof rule>;

/** The switches. */
export interface Faults {
  add(rule: FaultRule): void;
  clear(): void;
  list(): readonly FaultRule[];
  /** The first rule's fault that strikes this request; counts it. */
  strike(method: string, path: string): Fault | undefined;
}

/** Parses a rule that came over the control route. */
export function parseFaultRule(body: unknown): FaultRule | undefined {
  return rule.safeParse(body).data;
}

/** A vault without faults, yet. */
export function createFaults(): Faults {
  let rules: FaultRule[] = [];
  return {
    add: (added) => void rules.push(added),
    clear: () => {
      rules = [];
    },
    list: () => rules,
    strike(method, path) {
      const struck = rules.find((each) => (each.method ?? method) === method && path.startsWith(each.path ?? '/'));
      if (struck === undefined) return undefined;
      const left = struck.times === undefined ? undefined : struck.times - 1;
      rules = rules.flatMap((each) => (each !== struck ? [each] : left === 0 ? [] : [withTimes(each, left)]));
      return struck.fault;
    },
  };
}

function withTimes(each: FaultRule, times: number | undefined): FaultRule {
  return times === undefined ? each : { ...each, times };
}
