/** Every target. */
import type { Target } from '../target.ts';
import { cards } from './cards.ts';
import { headers } from './headers.ts';
import { httpBodies } from './http-bodies.ts';
import { queries } from './queries.ts';
import { queueMessages } from './queue-messages.ts';
import { tableRows } from './table-rows.ts';
import { teamsjsMessages } from './teamsjs-messages.ts';
import { tokens } from './tokens.ts';
import { webhookAnswers } from './webhook-answers.ts';

/** In the order in which they run. */
export async function allTargets(): Promise<readonly Target[]> {
  return [
    queueMessages,
    httpBodies,
    queries,
    headers,
    tokens,
    cards,
    webhookAnswers,
    await tableRows(),
    teamsjsMessages,
  ];
}
