/** What must never be: each bad state has a name, and says of a state what is wrong with it. */
import type { DigestRecord } from '../../shared/digests/digest.ts';
import { digestIdOf } from '../../shared/digests/digest.ts';
import type { HeadState } from '../../shared/digests/head.ts';
import { nextDueAt } from '../../shared/schedules/due-row.ts';
import { dutyOf } from '../../shared/subscriptions/due-of-subscription.ts';
import { dueIn, headIn, type PageSeen, pagesIn, recordsIn, type SubscriptionSeen, subscriptionIn } from './decode.ts';
import { CHANNEL } from './edits.ts';
import { eventsIn, namesIn, type Scenario } from './scenario.ts';
import type { State } from './state.ts';

/** A bad state by its name, with what is bad about this one. */
export interface Bad {
  readonly name:
    | 'stuck'
    | 'two POSTs'
    | 'page of no digest'
    | 'shown twice'
    | 'lost'
    | 'broken'
    | 'late'
    | 'due rows'
    | 'too many jobs'
    | 'left under a tombstone';
  readonly why: string;
}

/** The first bad thing about a state; undefined when all is well. */
export function badnessOf(scenario: Scenario, state: State): Bad | undefined {
  const why = (name: Bad['name'], reason: string | undefined): Bad | undefined =>
    reason === undefined ? undefined : { name, why: reason };
  const records = recordsIn(state.rows);
  const pages = pagesIn(state.rows);
  const head = headIn(state.rows);
  const seen = { scenario, state, records, pages, head, subscription: subscriptionIn(state.rows) };
  return (
    why('broken', state.broken) ??
    why('two POSTs', twoPosts(state)) ??
    why('shown twice', shownTwice(state)) ??
    why('page of no digest', pageOfNoDigest(seen)) ??
    why('lost', lostEvent(seen)) ??
    why('too many jobs', storm(scenario, state)) ??
    (isQuiet(state) && !(scenario.editorsDie === true && isBeforeNet(scenario, state)) ? atRest(seen, why) : undefined)
  );
}

interface Seen {
  readonly scenario: Scenario;
  readonly state: State;
  readonly records: ReadonlyMap<string, DigestRecord>;
  readonly pages: readonly PageSeen[];
  readonly head: HeadState | undefined;
  readonly subscription: SubscriptionSeen | undefined;
}

/** Nobody does anything, and no message waits, shown or hidden. */
function isQuiet({ events, jobs, late, processes }: State): boolean {
  return (
    events.length === 0 &&
    jobs.length === 0 &&
    late.length === 0 &&
    processes.every(({ taken, moment }) => taken.length === 0 && (moment?.waits.length ?? 0) === 0)
  );
}

/** The net that mends what an owner's call left half-way has not run yet. */
function isBeforeNet({ happenings = [] }: Scenario, { happened }: State): boolean {
  return happenings.slice(happened).some((happening) => happening.do === 'reconcile');
}

function atRest(seen: Seen, why: (name: Bad['name'], reason: string | undefined) => Bad | undefined): Bad | undefined {
  return (
    why('stuck', stuck(seen)) ??
    why('late', late(seen)) ??
    why('due rows', dueRows(seen)) ??
    why('left under a tombstone', remains(seen))
  );
}

function twoPosts({ processes }: State): string | undefined {
  const open = processes.filter(({ post }) => post !== undefined).map(({ program }) => program.name);
  return open.length > 1 ? `${open.join(' and ')} are both posting` : undefined;
}

/** Promise 2: one repeat for each POST that nobody can be sure of. */
function shownTwice({ shown }: State): string | undefined {
  for (const [event, { times, uncertain }] of Object.entries(shown)) {
    if (times > 1 + uncertain) return `${event} was shown ${times} times, ${uncertain} of them uncertain`;
  }
  return undefined;
}

/** A page is open, or of the unfinished digest, or of one whose record says that it is out. */
function pageOfNoDigest({ pages, records, head }: Seen): string | undefined {
  const current = head?.digest === undefined ? undefined : digestIdOf(CHANNEL.subscriptionId, head.digest.sequence);
  const stray = pages.find(({ digestId }) => {
    if (digestId === undefined || digestId === current) return false;
    const state = records.get(digestId)?.state;
    return state !== 'delivered' && state !== 'accepted';
  });
  return stray === undefined ? undefined : `page ${stray.key} is of ${stray.digestId}`;
}

/** Promise 1: an event is on the queue, or was shown, or waits in a page that will show it. */
function lostEvent({ scenario, state, pages, head, subscription }: Seen): string | undefined {
  if (subscription === undefined) return undefined; // removed
  const current = head?.digest === undefined ? undefined : digestIdOf(CHANNEL.subscriptionId, head.digest.sequence);
  const coming = new Set<string>();
  for (const { text } of [...state.events, ...state.processes.flatMap(({ taken }) => taken)])
    if (text.startsWith('[')) for (const event of eventsIn(text)) coming.add(event);
  const waiting = new Set(
    pages.flatMap(({ digestId, events }) => (digestId === undefined || digestId === current ? events : [])),
  );
  const lost = emitted(scenario, state).find(
    (event) => !coming.has(event) && !waiting.has(event) && !wasShown(state, event),
  );
  if (lost === undefined || scenario.mayDrop === true) return undefined;
  return `${lost} is in no message, no page that will be shown, and nobody saw it`;
}

const eventsOfScenario = new WeakMap<Scenario, Map<number, string[]>>();

function emitted(scenario: Scenario, { happened }: State): string[] {
  const known = eventsOfScenario.get(scenario) ?? new Map<number, string[]>();
  eventsOfScenario.set(scenario, known);
  const there = known.get(happened);
  if (there !== undefined) return there;
  const later = (scenario.happenings ?? []).slice(0, happened);
  const messages = [...scenario.messages, ...later.flatMap((one) => (one.do === 'emit' ? [one.names] : []))];
  const events = [...new Set(messages.flatMap(namesIn))];
  known.set(happened, events);
  return events;
}

function storm({ mostJobs = 8 }: Scenario, { jobs, processes }: State): string | undefined {
  const count =
    jobs.length + processes.reduce((sum, { taken }) => sum + taken.filter(({ from }) => from === 'jobs').length, 0);
  return count > mostJobs ? `${count} jobs at a time` : undefined;
}

function wasShown({ shown }: State, event: string): boolean {
  return (shown[event]?.times ?? 0) > 0;
}

/** At rest nothing waits that only an accident would wake; `reconcile` is not counted on. */
function stuck({ state, pages, records, head, subscription }: Seen): string | undefined {
  if (subscription === undefined) return undefined;
  const { state: is, schedule, urgentSeverity, revision } = subscription;
  const due = dueIn(state.rows).filter((row) => row.revision === revision);
  if (is.is === 'paused' && is.until === undefined) return undefined;
  if (is.is !== 'active') return due.length > 0 ? undefined : `${is.is}, and no due row will end it`;
  if (head?.digest !== undefined) return `the digest ${head.digest.state} of ${head.digest.sequence} waits`;
  if (head?.asked?.now === true || head?.asked?.due?.revision === revision) return 'a wish waits in the head';
  const open = pages.filter(({ digestId }) => digestId === undefined);
  const unseen = open.filter(({ events }) => events.some((event) => !wasShown(state, event)));
  if (unseen.length === 0) return undefined;
  if (schedule.every === 'now') return `page ${unseen[0]?.key} waits`;
  if (due.length === 0) return `page ${unseen[0]?.key} waits, and no due row will come`;
  const wasReturned = [...records.values()].some((record) => record.state === 'returned');
  const urgent = unseen.find(({ urgency }) => urgency === 'urgent');
  return urgent === undefined || urgentSeverity === null || wasReturned ? undefined : `urgent page ${urgent.key} waits`;
}

/** What was due or wished for has gone out, unless the webhook did not take it. */
function late({ state, records, subscription }: Seen): string | undefined {
  if (subscription?.state.is !== 'active') return undefined;
  if ([...records.values()].some((record) => record.state === 'returned')) return undefined;
  const event = state.promised.find((promised) => !wasShown(state, promised));
  return event === undefined ? undefined : `${event} was due, and waits for another time`;
}

/** Rules 3 and 4: a channel that has a duty has its row; two of them become one, since the earlier one's next time is the later's. */
function dueRows({ state, subscription }: Seen): string | undefined {
  if (subscription === undefined) return undefined;
  const duty = dutyOf(subscription);
  const mine = dueIn(state.rows).filter(({ revision }) => revision === subscription.revision);
  if (duty === undefined) return mine.length > 0 ? 'a due row without a duty' : undefined;
  const [first, ...others] = mine;
  if (first === undefined) return 'no due row of the current revision';
  for (const other of others) {
    let at: number | undefined = first.dueAt;
    while (at !== undefined && at < other.dueAt) at = nextDueAt(first.duty, at);
    if (at !== other.dueAt) return `due rows at ${first.dueAt} and ${other.dueAt} never become one`;
  }
  return undefined;
}

/** Rule 18: once the net has run, nothing is left of a removed channel. */
function remains({ scenario, state, pages, head }: Seen): string | undefined {
  const isOver = scenario.happenings?.[state.happened - 1]?.do === 'reconcile';
  if (!isOver || state.removedAt === undefined) return undefined;
  if (pages.length > 0 || head !== undefined) return 'pages or head remain';
  // A timer that ticks while the net runs moves the row on; the next run finds it.
  const net = state.processes.find(({ program }) => program.kind === 'reconciler')?.since ?? 0;
  if (state.processes.some(({ program, since }) => program.kind === 'dispatcher' && since >= net)) return undefined;
  return dueIn(state.rows).length > 0 ? 'a due row remains' : undefined;
}
