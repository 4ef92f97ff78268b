/** Answers a card as a person does, and reads what the product is told of it. */
import { QueueClient } from '@azure/storage-queue';
import type { Microsoft365 } from '../microsoft365/server.ts';

/** Who presses: the owner of the inbox. */
const ADELE = '0b1ec700-0000-4000-8000-0000000000a1';
const TYPED = 'Seen, I look at it.';

interface Button {
  readonly '@type': string;
  readonly name: string;
  readonly inputs?: readonly { readonly id: string }[];
  readonly actions?: readonly Button[];
}

/** A press: what the person reads under the card. */
export interface Pressed {
  readonly button: string;
  readonly text: string;
  readonly is: 'done' | 'failed';
  /** The card was shown anew. */
  readonly replaced: boolean;
}

/** Presses the first button of the newest card that has one; undefined when no card has. */
export async function answerCard({ api }: Microsoft365): Promise<Pressed | undefined> {
  const messages = api.world.places.flatMap(({ id }) => api.messages.of(id));
  for (const message of messages.toReversed()) {
    const found = findButton(message.card);
    if (found === undefined) continue;
    const inputs = Object.fromEntries(found.inputs.map((id) => [id, TYPED]));
    const { result } = await api.pressButton({ message, path: found.path, inputs, user: api.world.user(ADELE) });
    return { button: found.name, text: result.text, is: result.is, replaced: result.replaced };
  }
  return undefined;
}

function findButton(card: Readonly<Record<string, unknown>>) {
  const sections = (card['sections'] ?? []) as readonly { readonly potentialAction?: readonly Button[] }[];
  for (const [section, { potentialAction = [] }] of sections.entries()) {
    for (const [index, button] of potentialAction.entries()) {
      const path = `sections/${section}/potentialAction/${index}`;
      const { name, inputs = [], actions } = button;
      if (button['@type'] === 'HttpPOST') return { name, path, inputs: [] };
      if (actions?.[0]?.['@type'] === 'HttpPOST')
        return { name, path: `${path}/actions/0`, inputs: inputs.map(({ id }) => id) };
    }
  }
  return undefined;
}

/** Reads the product's queue as the product does: each message once, then it is deleted. Gives the answers among them. */
export async function readAnswers(connectionString: string): Promise<Readonly<Record<string, unknown>>[]> {
  const queue = new QueueClient(connectionString, 'connector-events');
  const answers = new Map<string, Readonly<Record<string, unknown>>>();
  for (;;) {
    const { receivedMessageItems: items } = await queue.receiveMessages({ numberOfMessages: 32 });
    if (items.length === 0) return [...answers.values()];
    for (const { messageId, popReceipt, messageText } of items) {
      const event = JSON.parse(messageText) as Readonly<Record<string, unknown>>;
      if (event['type'] === 'tidings.action.invoked') answers.set(String(event['id']), event);
      await queue.deleteMessage(messageId, popReceipt);
    }
  }
}
