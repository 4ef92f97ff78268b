/** What a run counts; the names are those of its last line. */

/** Sums over all rounds. */
export interface Result {
  /** Digests that ended as delivered or accepted. */
  readonly digests: number;
  /** Events that are in no such digest and do not wait in an inbox either. */
  readonly lost: number;
  /** Cards in which an event appears that the channel had been shown before, once for each card. */
  readonly repeated: number;
  /** Cards that were taken and whose answer did not arrive, by the webhooks' own count. */
  readonly lostAnswers: number;
  /** POSTs that a window of Microsoft's had no room for, by the webhooks' own count. */
  readonly windowViolations: number;
  /** Digests that are recorded as out, by an answer that was understood, and that no webhook took. */
  readonly falseSuccess: number;
  /** Cards larger than the budget. */
  readonly overBudget: number;
}

export const NOTHING: Result = {
  digests: 0,
  lost: 0,
  repeated: 0,
  lostAnswers: 0,
  windowViolations: 0,
  falseSuccess: 0,
  overBudget: 0,
};

/** Two results together. */
export function plus(a: Result, b: Result): Result {
  return {
    digests: a.digests + b.digests,
    lost: a.lost + b.lost,
    repeated: a.repeated + b.repeated,
    lostAnswers: a.lostAnswers + b.lostAnswers,
    windowViolations: a.windowViolations + b.windowViolations,
    falseSuccess: a.falseSuccess + b.falseSuccess,
    overBudget: a.overBudget + b.overBudget,
  };
}

/** True when the promises held. */
export function isWell({ lost, repeated, lostAnswers, windowViolations, falseSuccess, overBudget }: Result): boolean {
  return lost + windowViolations + falseSuccess + overBudget === 0 && repeated <= lostAnswers;
}
