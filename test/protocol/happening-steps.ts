/** What happens to the channel from outside: events, its owner's wishes, the hourly net. */
import { describeMessage } from './describe.ts';
import { type Happening, messageOf } from './scenario.ts';
import { begin } from './start-steps.ts';
import type { State } from './state.ts';
import type { Parts, Step } from './steps.ts';

const MINUTE = 60_000;

/** The next happening, where it can come now. */
export async function happeningSteps(parts: Parts, state: State): Promise<Step[]> {
  const happening = nextHappening(parts, state);
  if (happening === undefined || happeningAt(parts, state) > state.t) return [];
  const counts = parts.scenario.happenings?.[state.happened + 1]?.laterByMinutes !== undefined;
  const next = { ...state, happened: state.happened + 1, happenedAt: counts ? state.t : 0 };
  if (happening.do === 'emit') {
    const text = messageOf(happening.names);
    const events = [...state.events, { text, at: 0 }];
    return [{ label: () => `the product emits ${describeMessage(text)}`, next: { ...next, events } }];
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
