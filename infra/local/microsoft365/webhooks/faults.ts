/** Faults that are switched on by the API or a page: which requests they meet, and what they do to them. */
import type { WebhookKind } from './webhook.ts';

/** Before Microsoft has taken the request, or after: then a card is shown, and only the answer suffers. */
export type When = 'before' | 'after';

/** What a fault does. All but `hidden-error`, `contact-error` and `fail-run` may come before or after the request is taken. */
export type Effect =
  | {
      readonly do: 'answer';
      readonly status: number;
      readonly body: string;
      readonly headers: Record<string, string>;
      readonly when: When;
    }
  /** A 200 whose text says that Teams answered `code`. */
  | { readonly do: 'hidden-error'; readonly code: number }
  /** A 200 whose text says that Teams could not be reached. */
  | { readonly do: 'contact-error' }
  /** The connection is reset. */
  | { readonly do: 'reset'; readonly when: When }
  /** Bytes that are no HTTP. */
  | { readonly do: 'garbage'; readonly when: When }
  /** A 200 with a body that nobody has documented. */
  | { readonly do: 'odd-body'; readonly when: When }
  /** The answer takes so long. */
  | { readonly do: 'slow'; readonly ms: number; readonly when: When }
  /** No answer at all. */
  | { readonly do: 'silence'; readonly when: When }
  /** A flow takes the request (202) and fails afterwards. */
  | { readonly do: 'fail-run'; readonly code: string; readonly message: string };

/** Which requests: of one webhook or kind, past the first `after`, at most `times`, each with `probability` by `seed`. */
export interface FaultRule {
  readonly webhook?: string | undefined;
  readonly kind?: WebhookKind | undefined;
  readonly after: number;
  readonly times: number;
  readonly probability: number;
  readonly seed: number;
  readonly effect: Effect;
}

/** A fault that is on, with how often it was offered and used. */
export interface Fault extends FaultRule {
  readonly id: string;
  seen: number;
  used: number;
}

/** The faults that are on. */
export function createFaults() {
  let faults: (Fault & { readonly random: () => number })[] = [];
  let next = 1;
  return {
    add(rule: FaultRule): Fault {
      const fault = { ...rule, id: `fault-${next++}`, seen: 0, used: 0, random: randomFrom(rule.seed) };
      faults.push(fault);
      return fault;
    },
    /** Takes one away, or all of them. */
    remove(id?: string): void {
      faults = id === undefined ? [] : faults.filter((fault) => fault.id !== id);
    },
    list: (): Fault[] => faults.map(({ random: _, ...fault }) => fault),
    /** The faults that meet a request of this webhook now; each is counted as used. */
    meet({ id, kind }: { readonly id: string; readonly kind: WebhookKind }): Fault[] {
      return faults.filter((fault) => {
        if ((fault.webhook ?? id) !== id || (fault.kind ?? kind) !== kind) return false;
        fault.seen += 1;
        if (fault.seen <= fault.after || fault.used >= fault.times) return false;
        if (fault.probability < 1 && fault.random() >= fault.probability) return false;
        fault.used += 1;
        return true;
      });
    },
  };
}

/** The faults of one Microsoft 365. */
export type Faults = ReturnType<typeof createFaults>;

/** Mulberry32: the same numbers from the same seed, so that a run with faults can be repeated. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
