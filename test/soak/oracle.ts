/** Who gets an event, worked out a second time from what docs/for-products.md says: nothing of the product's own is used here. */

/** Least to worst. */
export const SEVERITIES = ['info', 'warning', 'error', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What of a channel decides. Topics or scopes empty: all of them. */
export interface Wish {
  readonly account: string;
  readonly topics: readonly string[];
  readonly scopes: readonly string[];
  readonly minSeverity: Severity;
}

/** What of an event decides. */
export interface Happening {
  readonly account: string;
  readonly type: string;
  readonly scope?: string | undefined;
  readonly severity: Severity;
}

/** True when the channel must be shown the event. */
export function isWanted(wish: Wish, happening: Happening): boolean {
  if (wish.account !== happening.account) return false;
  const bad = SEVERITIES.indexOf(happening.severity) < SEVERITIES.indexOf(wish.minSeverity);
  const otherTopic = wish.topics.length > 0 && wish.topics.every((topic) => topic !== happening.type);
  const otherScope = wish.scopes.length > 0 && wish.scopes.every((scope) => scope !== happening.scope);
  return !(bad || otherTopic || otherScope);
}
