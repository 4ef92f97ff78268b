/** Every figure that telemetry has: its unit, what it counts or measures, and by what it is told apart. docs/operations.md lists the same ones, which a test compares. */

/** Counters: each adds up over time. */
export const COUNTERS = {
  'tidings.runs': { unit: '{run}', says: 'runs of functions', by: ['function', 'result', 'status'] },
  'tidings.health': { unit: '{look}', says: 'looks at what the app relies on', by: ['state', 'failing'] },
  'tidings.events.received': { unit: '{event}', says: 'events read from messages', by: [] },
  'tidings.events.matched': {
    unit: '{event}',
    says: 'events put into an inbox, once for each channel',
    by: ['urgency'],
  },
  'tidings.events.unmatched': { unit: '{event}', says: 'events that no subscription wanted', by: [] },
  'tidings.events.dropped': { unit: '{event}', says: 'events that nobody will be shown', by: ['because'] },
  'tidings.dead-letters': { unit: '{message}', says: 'dead letters written', by: ['queue', 'reason', 'field'] },
  'tidings.messages.returned': { unit: '{message}', says: 'poison messages put back', by: ['queue'] },
  'tidings.due.dispatched': { unit: '{row}', says: 'due rows moved', by: [] },
  'tidings.attempts': { unit: '{attempt}', says: 'POSTs to webhooks', by: ['card', 'kind', 'outcome', 'status'] },
  'tidings.throttled': { unit: '{digest}', says: 'cards that had to wait', by: ['by', 'kind'] },
  'tidings.retries': { unit: '{attempt}', says: 'further attempts decided on', by: ['kind', 'outcome'] },
  'tidings.digests.returned': { unit: '{digest}', says: 'digests whose events wait again', by: ['because', 'kind'] },
  'tidings.subscriptions.disabled': { unit: '{subscription}', says: 'webhooks given up', by: ['kind'] },
  'tidings.answers': { unit: '{answer}', says: 'presses of buttons and links', by: ['via', 'result', 'code'] },
  'tidings.reconciled': { unit: '{finding}', says: 'what the hourly net found', by: ['finding'] },
} as const;

/** Distributions: count, sum, least and most. */
export const DISTRIBUTIONS = {
  'tidings.due.late': { unit: 'ms', says: 'how late the oldest due row of a tick was', by: [] },
  'tidings.digest.events': { unit: '{event}', says: 'events of a digest that is out', by: ['kind'] },
  'tidings.delivery.time': {
    unit: 'ms',
    says: 'from the due time, else from the first event’s arrival, until the digest is out',
    by: ['kind', 'told'],
  },
} as const;

/** The name of a counter. */
export type Counter = keyof typeof COUNTERS;
/** The name of a distribution. */
export type Distribution = keyof typeof DISTRIBUTIONS;
/** What a figure is told apart by. */
export type ReasonOf<F extends Counter | Distribution> = F extends Counter
  ? (typeof COUNTERS)[F]['by'][number]
  : F extends Distribution
    ? (typeof DISTRIBUTIONS)[F]['by'][number]
    : never;
