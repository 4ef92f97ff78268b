/** Summarises a digest as a stream of events: memory is bounded however many there are, and every event is counted. */
import { type EventBrief, wholeOf } from '../events/brief.ts';
import { SEVERITIES, type Severity } from '../subscriptions/severity.ts';
import type { DigestSummary, TopicCount } from './digest-summary.ts';
import { createGroupTally } from './group-tally.ts';
import { createTimelineTally } from './timeline-tally.ts';

/** Topics counted one by one. A catalogue has tens; more can only come from a product that invents types. */
const MAX_TOPICS = 200;

/** A summary in the making. `finish` may be called once every event was added. */
export interface SummaryInProgress {
  /** Counts one event. `receivedAt` stands in for a missing time, and caps one that lies in the future. */
  add(event: EventBrief, receivedAt: number): void;
  finish(): DigestSummary;
}

/** Begins the summary of one digest. The same events in the same order give the same summary, byte for byte. */
export function createSummary({ digestId, frozenAt }: { digestId: string; frozenAt: number }): SummaryInProgress {
  const bySeverity: Record<Severity, number> = { info: 0, warning: 0, error: 0, critical: 0 };
  const topics = new Map<string, number>();
  const groups = createGroupTally();
  const timeline = createTimelineTally();
  let total = 0;
  let page: object | undefined;
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;

  return {
    add(event, receivedAt) {
      if (event.origin !== page) groups.read(); // what a page's text is kept for, before the next one comes
      page = event.origin;
      const at = happenedAt(event, receivedAt);
      const rank = SEVERITIES.indexOf(event.severity);
      total += 1;
      bySeverity[event.severity] += 1;
      if (at < from) from = at;
      if (at > to) to = at;
      const known = topics.get(event.type);
      if (known !== undefined) topics.set(event.type, known + 1);
      else if (topics.size < MAX_TOPICS) topics.set(wholeOf(event).type, 1); // a brief's own would keep its page
      groups.add(event, at, rank);
      timeline.add(at, rank);
    },

    finish() {
      const { groups: kept, counted } = groups.finish();
      return {
        digestId,
        frozenAt,
        total,
        bySeverity: { ...bySeverity },
        byTopic: mostFirst(topics),
        groups: kept,
        otherEvents: total - counted,
        period: total === 0 ? undefined : { from, to },
        timeline: timeline.finish(),
      };
    },
  };
}

/** When an event happened: its own word for it, unless that is missing, unreadable or later than its arrival. */
function happenedAt(event: EventBrief, receivedAt: number): number {
  if (event.time === undefined) return receivedAt;
  const at = Date.parse(event.time);
  return Number.isNaN(at) ? receivedAt : Math.min(at, receivedAt);
}

function mostFirst(topics: ReadonlyMap<string, number>): TopicCount[] {
  return [...topics].map(([topic, count]) => ({ topic, count })).sort((a, b) => b.count - a.count);
}
