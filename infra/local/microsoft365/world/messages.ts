/** What is shown in a place: cards as they arrived or were replaced, and the lines that answers left under them. */
import type { Clock } from '../clock.ts';
import type { Posting } from '../webhooks/verdict.ts';
import type { Webhook } from '../webhooks/webhook.ts';

/** A line under a card: what a button's answer said, or that it failed. */
export interface StatusLine {
  readonly by: string;
  readonly at: string;
  readonly text: string;
  readonly is: 'done' | 'failed';
}

/** A message in a place. */
export interface Message {
  readonly id: string;
  readonly place: string;
  readonly at: string;
  readonly from: string;
  readonly webhook: string | null;
  readonly format: Posting['format'];
  /** Whether the host offers this card's buttons to Microsoft's action service: never for what a flow posted. */
  readonly actionable: boolean;
  readonly bytes: number;
  card: Record<string, unknown>;
  readonly status: StatusLine[];
  updates: number;
}

/** The messages of all places; each place keeps its newest `keep`. */
export function createMessages(clock: Clock, keep = 500) {
  const byPlace = new Map<string, Message[]>();
  const listeners = new Set<(message: Message) => void>();
  let next = 1;
  const tell = (message: Message) => {
    for (const listener of listeners) listener(message);
  };
  return {
    add(webhook: Pick<Webhook, 'id' | 'place' | 'name' | 'kind'>, posting: Posting): Message {
      const message: Message = {
        id: `message-${next++}`,
        place: webhook.place,
        at: new Date(clock.now()).toISOString(),
        from: webhook.name,
        webhook: webhook.id,
        format: posting.format,
        actionable: webhook.kind === 'connector',
        bytes: Buffer.byteLength(JSON.stringify(posting.content)),
        card: posting.content,
        status: [],
        updates: 0,
      };
      const list = byPlace.get(webhook.place) ?? [];
      list.push(message);
      if (list.length > keep) list.shift();
      byPlace.set(webhook.place, list);
      tell(message);
      return message;
    },
    addStatus(message: Message, line: Omit<StatusLine, 'at'>): void {
      message.status.push({ ...line, at: new Date(clock.now()).toISOString() });
      tell(message);
    },
    replaceCard(message: Message, card: Record<string, unknown>): void {
      message.card = card;
      message.updates += 1;
      tell(message);
    },
    of: (place: string): readonly Message[] => byPlace.get(place) ?? [],
    find: (id: string): Message | undefined => [...byPlace.values()].flat().find((message) => message.id === id),
    all: (): Message[] => [...byPlace.values()].flat(),
    /** The newest of each place: what is worth keeping. */
    newest: (count: number): Message[] => [...byPlace.values()].flatMap((list) => list.slice(-count)),
    /** Puts back what was kept from an earlier run. */
    restore(messages: readonly Message[]): void {
      for (const message of messages) byPlace.set(message.place, [...(byPlace.get(message.place) ?? []), message]);
      next = Math.max(0, ...messages.map(({ id }) => Number(id.slice('message-'.length)))) + 1;
    },
    /** Calls back for each message that comes or changes; the answer stops it. */
    listen(listener: (message: Message) => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    clear: () => byPlace.clear(),
  };
}

/** The messages of all places. */
export type Messages = ReturnType<typeof createMessages>;
