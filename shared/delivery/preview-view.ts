/** A preview as the API shows it. */
import type { Waiting } from '../events/count-waiting.ts';
import type { Preview } from './preview.ts';

/** Times are ISO 8601. */
export interface PreviewView {
  /** Hand it to a test, and that posts this very card. */
  readonly at: string;
  readonly next: readonly string[];
  /** What daylight saving does to those times, by their place among them. */
  readonly clockChanges: readonly ClockChange[];
  readonly from: 'events' | 'samples';
  readonly card: { readonly kind: 'connector' | 'workflow'; readonly body: string };
  readonly waiting?: number;
  readonly waitingIsAtLeast?: boolean;
}

/** The zone's clocks changed since the time before; `isMoved`: the chosen time is skipped on that day, and `local` is when it comes. */
export interface ClockChange {
  readonly at: string;
  readonly local: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly isMoved: boolean;
}

/** The view of a preview. */
export function previewView({ at, next, from, kind, body }: Preview, waiting?: Waiting): PreviewView {
  const changes = next.filter(({ clockChange, isMoved }) => clockChange !== undefined || isMoved);
  return {
    at: iso(at),
    next: next.map((each) => iso(each.at)),
    clockChanges: changes.map(({ at: then, local, clockChange, isMoved }) => ({
      at: iso(then),
      local,
      from: clockChange?.from ?? null,
      to: clockChange?.to ?? null,
      isMoved,
    })),
    from,
    card: { kind, body },
    ...(waiting === undefined ? {} : { waiting: waiting.events, waitingIsAtLeast: waiting.isAtLeast }),
  };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
