/** Every scenario. */
import type { Scenario } from '../die-at.ts';
import { FAILING } from './failing.ts';
import { MENDING } from './mending.ts';
import { OWNING } from './owning.ts';
import { RECEIVING } from './receiving.ts';
import { SENDING } from './sending.ts';
import { TAKING_OVER } from './taking-over.ts';
import { TELLING } from './telling.ts';

export const SCENARIOS: readonly Scenario[] = [
  ...RECEIVING,
  ...SENDING,
  ...FAILING,
  ...TAKING_OVER,
  ...OWNING,
  ...TELLING,
  ...MENDING,
];
