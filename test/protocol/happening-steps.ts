/** What happens to the channel from outside: events, its owner's wishes, the hourly net. */
import { describeMessage } from './describe.ts';
import { cameAgain, type Happening, messageOf, namesIn } from './scenario.ts';
import { begin } from './start-steps.ts';
import type { Shown, State } from './state.ts';
import type { Parts, Step } from './steps.ts';

const MINUTE = 60_000;
/** An event that came this long ago may count as another one (rule 9), by any clock and however late it was written. */
const MAY_BE_ANOTHER_MS = 24 * 60 * MINUTE - 12 * MINUTE;

/** The next happening, where it can come now. */
export async function happeningSteps(parts: Parts, state: State): Promise<Step[]> {
  const happening = nextHappening(parts, state);
  if (happening === undefined || happeningAt(parts, state) > state.t) return [];
  const counts = parts.scenario.happenings?.[state.happened + 1]?.laterByMinutes !== undefined;
  const next = { ...state, happened: state.happened + 1, happenedAt: counts ? state.t : 0 };
  if (happening.do === 'emit') {
    const text = messageOf(happening.names);
    const emitted = {
      events: [...state.events, { text, at: 0 }],
      shown: withDayAfter(state, namesIn(happening.names)),
      cameAt: cameAgain(parts.scenario, next.happened, state.cameAt, [happening.names], state.t),
    };
    return [{ label: () => `the product emits ${describeMessage(text)}`, next: { ...next, ...emitted } }];
  }
  const kind = happening.do === 'reconcile' ? 'reconciler' : 'editor';
  const index = state.processes.findIndex(({ program }) => program.kind === kind);
  if (state.processes[index]?.moment !== undefined) return []; // one wish at a time
  const { atMinute: _, laterByMinutes: __, ...text } = happening;
  const wish = JSON.stringify(text);
  return begin(parts, next, index, { from: 'nowhere', text: wish }, () =>
    kind === 'editor' ? `the owner wishes ${wish}` : 'the hourly net runs',
  );
}

function nextHappening({ scenario }: Parts, state: State): Happening | undefined {
  return scenario.happenings?.[state.happened];
}

/** The earliest true time of the next happening; never when there is none. */
export function happeningAt(parts: Parts, state: State): number {
  const happening = nextHappening(parts, state);
  if (happening === undefined) return Number.POSITIVE_INFINITY;
  const { atMinute, laterByMinutes } = happening;
  if (laterByMinutes !== undefined) return state.happenedAt + laterByMinutes * MINUTE;
  return atMinute === undefined ? 0 : parts.startsAt + atMinute * MINUTE;
}

/** Events that come again a day later may be shown once more. */
function withDayAfter({ shown, cameAt, t }: State, names: readonly string[]): State['shown'] {
  const others = names.filter((name) => t - (cameAt[name] ?? t) > MAY_BE_ANOTHER_MS);
  if (others.length === 0) return shown;
  const allowed = others.map((name): [string, Shown] => {
    const { times, uncertain } = shown[name] ?? { times: 0, uncertain: 0 };
    return [name, { times, uncertain: uncertain + 1 }];
  });
  return { ...shown, ...Object.fromEntries(allowed) };
}
