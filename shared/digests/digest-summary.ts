/** What a digest says, before any card is drawn: counts and bounded groups, made from a stream of events. */
import type { Event, EventAction } from '../events/event.ts';
import type { Severity } from '../subscriptions/severity.ts';

/** Events alike by topic, scope, group and title, shown as one line: "failed 14 times, last at 09:12". */
export interface DigestItem {
  /** The newest of them, whose text and links are shown. */
  readonly event: Event;
  /** When the newest happened, in milliseconds since 1970. */
  readonly lastAt: number;
  /** How many events this line stands for, at least 1. */
  readonly times: number;
  /** The worst of them. */
  readonly severity: Severity;
  readonly actions: readonly EventAction[];
}

/** Items that belong together: the product's `group`, then the topic. */
export interface DigestGroup {
  readonly topic: string;
  readonly group: string | undefined;
  readonly severity: Severity;
  /** Events in the group, shown or not. */
  readonly count: number;
  /** Most severe first, then newest; bounded. */
  readonly items: readonly DigestItem[];
}

/** How many events of a topic there were. */
export interface TopicCount {
  readonly topic: string;
  readonly count: number;
}

/** Events over time, for the chart: `bins` are in order, and those without events are left out. */
export interface Timeline {
  /** How long a bin is. Bins begin at multiples of it since 1970. */
  readonly widthMs: number;
  readonly bins: readonly TimelineBin[];
}

/** One stretch of time: when it begins, and how many events of each severity happened in it. */
export interface TimelineBin {
  readonly from: number;
  readonly bySeverity: Readonly<Record<Severity, number>>;
}

/** A digest's content as cards and the digest page draw it. */
export interface DigestSummary {
  readonly digestId: string;
  /** When its content was fixed, in milliseconds since 1970. */
  readonly frozenAt: number;
  /** Events in the digest: what every count on a card adds up to. */
  readonly total: number;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  /** Most events first; bounded, so it may add up to less than the total. */
  readonly byTopic: readonly TopicCount[];
  /** Those of one product `group` stand together; most severe first, then most events; bounded. */
  readonly groups: readonly DigestGroup[];
  /** What the bound on groups left out, counted together: `total` less every group's `count`. */
  readonly otherEvents: number;
  /** When its first and last event happened; undefined for an empty one. */
  readonly period: { readonly from: number; readonly to: number } | undefined;
  readonly timeline: Timeline;
}
