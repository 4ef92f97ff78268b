/** Renders the cards that are not digests: welcome, test, all quiet. */
import type { WebhookKind } from '../subscriptions/webhook.ts';
import { type Audience, voiceFor } from './card-input.ts';
import type { CardView } from './card-view.ts';
import { type Disabled, disabledView, quietView, testView, type Welcome, welcomeView } from './notice-views.ts';
import { NAME_LIMIT, toOneLine } from './plain-text.ts';
import { plainBodies } from './plain-view.ts';
import { drawBody } from './render-card.ts';

/** What is said. Times are milliseconds since 1970. */
export type Notice =
  | ({ readonly is: 'welcome' } & Welcome)
  /** The owner asked for it: proof that cards arrive. */
  | { readonly is: 'test'; readonly sentAt: number }
  /** Nothing was posted since: keeps a workflow switched on. */
  | { readonly is: 'quiet'; readonly since: number; readonly paused?: boolean }
  /** Another channel of the same owner gets no cards any more. */
  | ({ readonly is: 'disabled' } & Disabled);

/** What a notice is rendered from. Its only link is `links.settings`. */
export interface NoticeRequest extends Audience {
  readonly notice: Notice;
  readonly kind: WebhookKind;
  readonly budgetBytes: number;
  readonly style: 'normal' | 'plain';
}

/** The JSON body to post; the same request gives the same body. */
export function renderNotice(request: NoticeRequest): string {
  const { kind, budgetBytes, style } = request;
  const { view, plainText } = viewOf(request);
  const body = drawBody(view, kind);
  if (style === 'normal' && Buffer.byteLength(body) <= budgetBytes) return body;
  const bodies = plainBodies({ title: view.title, text: plainText, link: view.links[0] }, kind);
  return bodies.find((each) => Buffer.byteLength(each) <= budgetBytes) ?? bodies.at(-1) ?? '';
}

function viewOf(request: NoticeRequest): { view: CardView; plainText: string } {
  const voice = voiceFor(request);
  const { say } = voice;
  const { notice } = request;
  switch (notice.is) {
    case 'welcome':
      return { view: welcomeView(notice, voice), plainText: say.welcome.setUp };
    case 'test':
      return { view: testView(notice.sentAt, voice), plainText: say.test.text };
    case 'quiet':
      return { view: quietView(notice, voice), plainText: say.quiet.why };
    case 'disabled':
      return { view: disabledView(notice, voice), plainText: say.disabled.text(toOneLine(notice.name, NAME_LIMIT)) };
    default:
      return notice satisfies never;
  }
}
