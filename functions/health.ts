/** `GET /api/health`: whether everything that the app relies on is there, for who has a function key. */
import type { HttpHandler } from '@azure/functions';
import { failing, type Health, HealthFailingError } from '../shared/platform/health.ts';
import { jsonAnswer } from '../shared/platform/json-answer.ts';

/** Handles `GET /api/health`: 200 when all is there, else 503; both say what was looked at. */
export function createHealthHandler(look: () => Promise<Health>): HttpHandler {
  return async (_request, context) => {
    const health = await look();
    if (health.status === 'ok') return jsonAnswer(200, health);
    context.warn('health is failing', { failing: failing(health).join(' ') });
    throw new HealthFailingError(health);
  };
}
