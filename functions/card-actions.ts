/** `POST /actions`: Microsoft's servers tell that a button of a card was pressed. */
import type { HttpHandler, HttpResponseInit } from '@azure/functions';
import type { Answer } from '../shared/actions/answer.ts';
import type { AnswerTokens } from '../shared/actions/answer-tokens.ts';
import { parseAnswerBody, readBearer, requireTenant, statusOf } from '../shared/actions/card-answer.ts';
import type { RedrawCard } from '../shared/actions/redraw-card.ts';
import { toStatusLine } from '../shared/actions/status-line.ts';
import type { VerifyEntraToken } from '../shared/identity/entra-token.ts';
import { problem } from '../shared/platform/answering.ts';
import { ConnectorError } from '../shared/platform/errors.ts';
import type { Telemetry } from '../shared/platform/telemetry/telemetry.ts';

/** What answering a card needs. */
export interface CardActionsDeps {
  readonly verifyActor: VerifyEntraToken;
  readonly tokens: AnswerTokens;
  readonly answer: Answer;
  readonly redraw: RedrawCard;
  readonly brandName: string;
  readonly telemetry: Telemetry;
}

/** Handles presses: first Microsoft's token, then ours, then what was asked. A refusal says why in the line under the card too. */
export function createCardActionsHandler(deps: CardActionsDeps): HttpHandler {
  const { verifyActor, tokens, answer, redraw, brandName, telemetry } = deps;
  return async (request, context) => {
    try {
      const { person } = await verifyActor(readBearer(request.headers));
      const { token, values } = parseAnswerBody(request.headers.get('content-type'), await request.text());
      const answerable = await tokens.readButton(token);
      const admit = requireTenant(person.tid);
      const answered = await answer({ answerable, values, actor: person, via: 'card', admit });
      telemetry.count('tidings.answers', 1, { via: 'card', result: answered.is });
      context.info('a card was answered', { subscriptionId: answered.asked.subscription.id, was: answered.is });
      const card = await redraw(answered.asked).catch((error: unknown) => {
        context.warn('a card could not be shown anew', { error: error instanceof Error ? error.name : 'unknown' });
      });
      return done(statusOf(answered, answered.asked.digest.locale, brandName), card ?? undefined);
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      telemetry.count('tidings.answers', 1, { via: 'card', result: 'refused', code: error.code });
      context.info('a card’s answer was refused', { code: error.code, status: error.status });
      return withStatus(problem(error), error.message);
    }
  };
}

function done(status: string, card: string | undefined): HttpResponseInit {
  const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
  if (card === undefined) return withStatus({ status: 200, headers }, status);
  const shown = { ...headers, 'content-type': 'application/json', 'card-update-in-body': 'true' };
  return withStatus({ status: 200, headers: shown, body: card }, status);
}

function withStatus(answer: HttpResponseInit, status: string): HttpResponseInit {
  return { ...answer, headers: { ...answer.headers, 'card-action-status': toStatusLine(status) } };
}
