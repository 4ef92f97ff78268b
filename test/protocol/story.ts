/** What a search came to, told to a reader: nothing where all was well, else how the bad state comes about. */
import type { Bad } from './bad-states.ts';
import { programsOf, type Scenario, START } from './scenario.ts';

/** What a story is told of. */
export interface Ending {
  readonly bad: Bad | undefined;
  /** Each step with the seconds since the start. */
  readonly trace: readonly string[];
}

/** Empty when nothing bad was found; else what is bad, who acts, and every step that leads to it. Instants are seconds after the start. */
export function storyOf(scenario: Scenario, { bad, trace }: Ending): string {
  if (bad === undefined) return '';
  const startsAt = scenario.startsAt ?? START;
  const lines = [
    `${scenario.title}: ${bad.name}. ${bad.why}.`,
    `Who acts: ${programsOf(scenario)
      .map(({ kind, name, skewMs }) => `${name}, a ${kind}, clock ${skewMs < 0 ? '' : '+'}${skewMs / 1000} s`)
      .join('; ')}.`,
    ...trace,
  ];
  return lines.map((line) => readable(line, startsAt)).join('\n');
}

/** Instants count from the start, and names lose what they all have. */
function readable(line: string, startsAt: number): string {
  return line
    .replaceAll(/\bsub_1_(?=\d{13})/g, 'digest ')
    .replaceAll(/\b1[789]\d{11}\b/g, (instant) => `[${(Number(instant) - startsAt) / 1000} s]`);
}
