/** Pressing a button: client → Microsoft's servers → the connector's makers, and back onto the card. Sources: README.md, "Buttons". */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Tokens } from '../entra/tokens.ts';
import { isRecord } from '../http/body.ts';
import type { RecordedAnswer } from '../webhooks/request-log.ts';
import type { Message, Messages } from '../world/messages.ts';
import type { User } from '../world/people.ts';
import type { World } from '../world/world.ts';
import type { ActionLog, PressedButton, PressResult } from './action-log.ts';
import { callTarget } from './call-target.ts';
import { findAction, type HttpPost } from './find-action.ts';
import { type InputValues, substitute } from './substitute.ts';
import { whyNotCalled } from './target.ts';

/** Who pressed which button, with what typed into the inputs beside it. */
export interface Press {
  readonly message: Message;
  readonly path: string;
  readonly inputs: InputValues;
  readonly user: User;
}

/** What pressing needs. */
export interface PressParts {
  readonly clock: Clock;
  readonly world: World;
  readonly messages: Messages;
  readonly tokens: Tokens;
  readonly actions: ActionLog;
  readonly timeoutMs: number;
}

/** What people see when anything at all went wrong and the makers said nothing. */
export const FAILED = 'There was a problem submitting your changes. Try again in a minute.';

/** Presses buttons. */
export function createPressButton(parts: PressParts) {
  return async function pressButton(press: Press): Promise<PressedButton> {
    const { message, user, path } = press;
    const action = findAction(message.card, path);
    const refused = typeof action === 'string' ? action : whyNotOffered(parts, press, action);
    const request = refused === undefined && typeof action !== 'string' ? await requestFor(parts, press, action) : null;
    const answer = request === null ? (refused ?? '') : await callTarget({ ...request, timeoutMs: parts.timeoutMs });
    const result = typeof answer === 'string' ? failed(answer) : readAnswer(answer, message, parts.messages);
    parts.messages.addStatus(message, { by: user.name, text: result.text, is: result.is });
    return parts.actions.add({
      at: new Date(parts.clock.now()).toISOString(),
      message: message.id,
      path,
      user: user.oid,
      request,
      answer: typeof answer === 'string' ? null : answer,
      result,
    });
  };
}

const failed = (reason: string, text = FAILED): PressResult => ({ is: 'failed', text, reason, replaced: false });

function whyNotOffered({ world }: PressParts, { message, user }: Press, { target }: HttpPost): string | undefined {
  const place = world.place(message.place);
  if (!message.actionable) return 'a flow does not support actionable messages';
  if (place.kind === 'group') return 'actionable messages are not supported in group mailboxes';
  if (place.tenant !== user.tenant) return 'the person does not belong to this tenant';
  return whyNotCalled(target, world.app.targetUrls);
}

async function requestFor({ world, tokens }: PressParts, { message, inputs, user }: Press, action: HttpPost) {
  const kind = world.app.actionTokens;
  const token = await tokens.issue({ kind, user, target: action.target });
  const own = Object.fromEntries(action.headers.map(({ name, value }) => [name.toLowerCase(), value]));
  // A card that asks for an empty Authorization gets the token elsewhere: some front ends refuse bearers they do not know.
  const aside = own['authorization'] === '';
  const correlation = world.place(message.place).kind === 'channel' ? undefined : message.card['correlationId'];
  const headers: Record<string, string> = {
    ...own,
    'content-type': action.contentType,
    'action-request-id': randomUUID(),
    ...(typeof correlation === 'string' ? { 'card-correlation-id': correlation } : {}),
    [aside ? 'action-authorization' : 'authorization']: `Bearer ${token}`,
  };
  if (aside) delete headers['authorization'];
  return { target: action.target, headers, body: substitute(action.body, action.inputs, inputs, action.contentType) };
}

/** 200 is success, the status header is the line under the card, and a whole card in the body takes the old one's place. */
function readAnswer(answer: RecordedAnswer, message: Message, messages: Messages): PressResult {
  const said = answer.headers['card-action-status'];
  if (answer.status < 200 || answer.status > 299) return failed(`the target answered ${answer.status}`, said ?? FAILED);
  const card = answer.headers['card-update-in-body']?.toLowerCase() === 'true' ? parse(answer.body) : undefined;
  if (card !== undefined) messages.replaceCard(message, card);
  return { is: 'done', text: said ?? 'Your response was sent.', reason: null, replaced: card !== undefined };
}

function parse(body: string): Record<string, unknown> | undefined {
  try {
    const card: unknown = JSON.parse(body);
    return isRecord(card) && (card['@type'] === 'MessageCard' || card['type'] === 'AdaptiveCard') ? card : undefined;
  } catch {
    return undefined;
  }
}
