/** How long everything is kept: the one place. `npm run check` compares docs/operations.md, "Retention", with it. */

const DAY = 24 * 3_600_000;

/** Links, buttons, the pages they lead to, and the tombstones that both look at (ms): a month, so that a digest can be found again. */
export const LINKS_MS = 31 * DAY;
/** Events that waited longer than this are dropped (ms; design promise 1). */
export const WAITING_PAGES_MS = 45 * DAY;
/** Events that wait beyond this many in one channel are dropped, the oldest first (design promise 1). */
export const MAX_WAITING_EVENTS = 1_000_000;
/** Records of digests (ms). */
export const DIGESTS_MS = 90 * DAY;
/** Answers given on cards (ms): longer than any button or link is good for, so that none is taken twice. */
export const ANSWERS_MS = LINKS_MS + DAY;
/** Dead letters (ms). */
export const DEAD_LETTERS_MS = 90 * DAY;

/** What is kept where, and for how long; `kept` as operators read it. Every table is in it. */
export const RETENTION = [
  { table: 'subscriptions', what: 'subscriptions', kept: 'until removed' },
  { table: 'subscriptions', what: 'tombstones of removed ones', kept: days(LINKS_MS) },
  { table: 'inbox', what: 'heads: the state of each channel', kept: 'with the subscription' },
  { table: 'inbox', what: 'events of delivered digests, which their pages show', kept: days(LINKS_MS) },
  {
    table: 'inbox',
    what: 'events that wait',
    kept: `${days(WAITING_PAGES_MS)}, and at most ${MAX_WAITING_EVENTS.toLocaleString('en')} a channel: the oldest go first`,
  },
  { table: 'inbox', what: 'notes of events dropped on purpose, by identity only', kept: days(LINKS_MS) },
  { table: 'due', what: 'due rows', kept: 'until dispatched' },
  { table: 'digests', what: 'records of digests, with their attempts', kept: days(DIGESTS_MS) },
  { table: 'webhooks', what: 'which subscription has which webhook', kept: 'with the subscription' },
  { table: 'accounts', what: 'scopes, and who is linked', kept: 'until forgotten' },
  { table: 'once', what: 'answers', kept: days(ANSWERS_MS) },
  {
    table: 'once',
    what: 'tokens, codes and connections used, how often somebody did something',
    kept: 'until they expire: minutes to two days',
  },
  { table: 'deadletters', what: 'dead letters', kept: days(DEAD_LETTERS_MS) },
] as const;

function days(ms: number): string {
  return `${ms / DAY} days`;
}
