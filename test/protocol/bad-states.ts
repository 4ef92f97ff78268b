import { digestIdOf } from '../../shared/digests/digest.ts';
import { badAtRest, type Seen, wasShown } from './bad-at-rest.ts';
import { headIn, pagesIn, recordsIn, subscriptionIn } from './decode.ts';
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
    (isQuiet(state) && !(scenario.editorsDie === true && isBeforeNet(scenario, state))
      ? badAtRest(seen, why)
      : undefined)
  );
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
