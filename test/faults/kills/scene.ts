/** What a killed worker leaves behind and the next one finds: tables, queues and channels of a system of its own. */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDigestsTable } from '../../../shared/digests/digests-table.ts';
import { createHeadTable } from '../../../shared/digests/head-table.ts';
import type { Event } from '../../../shared/events/event.ts';
import { createInboxTable } from '../../../shared/events/inbox-table.ts';
import { systemClock } from '../../../shared/platform/clock.ts';
import { toQueueText } from '../../../shared/platform/queue-text.ts';
import { createDueTable } from '../../../shared/schedules/due-table.ts';
import { createSubscriptionsTable } from '../../../shared/subscriptions/subscriptions-table.ts';
import { createWebhookSeal } from '../../../shared/subscriptions/webhook-seal.ts';
import { anEvent, aSubscription } from '../../world/make.ts';
import { freshStorage, testStorage } from '../../world/storage.ts';
import type { Judged } from '../judge.ts';
import { seal } from '../sealing.ts';
import { type Card, titlesOf } from '../system.ts';
import { createWire } from '../wire.ts';
import { createWorker, type Operation } from './worker.ts';

const MINUTE = 60_000;

/** A scene, ready for one operation. */
export type Scene = Awaited<ReturnType<typeof aScene>>;

/** A message on the queue, an hourly channel that is due, and an immediate one; then whatever comes before the operation. */
export async function aScene(operation: Operation, webhook: Webhook) {
  const prefix = `t${randomBytes(6).toString('hex')}`;
  const storage = await freshStorage({ prefix });
  await Promise.all((['events', 'digests', 'connector-events'] as const).map((name) => storage.queue(name).create()));
  const subscriptions = createSubscriptionsTable(storage.table('subscriptions'));
  const due = createDueTable(storage.table('due'));
  const inbox = createInboxTable(storage.table('inbox'));
  const sent: Event[] = [];
  const lastMinute = Math.floor(Date.now() / MINUTE) * MINUTE - MINUTE;
  const schedule = { every: 'hour', minute: new Date(lastMinute).getUTCMinutes(), timeZone: 'UTC' } as const;
  const ids: string[] = [];

  async function subscribe(id: string, choices: Parameters<typeof aSubscription>[0]): Promise<void> {
    ids.push(id);
    webhook.take(id, inbox);
    const sealedWebhook = createWebhookSeal(seal).seal(id, `${webhook.origin}/${id}`);
    await subscriptions.create({ ...aSubscription(choices), id, sealedWebhook });
  }

  async function emit(...titles: string[]): Promise<void> {
    const events = titles.map((title) => anEvent({ title }));
    sent.push(...events);
    await storage.queue('events').sendMessage(toQueueText(events));
  }

  const options = (processId: string) => ({ connection: testStorage(), prefix, origin: webhook.origin, processId });
  const before = await createWorker(options('before'), createWire());
  const hourly = `sub_${prefix}-hourly`;
  // What reconcile finds without a due row is not due for an hour: no events for that one.
  await subscribe(hourly, { schedule, account: operation === 'reconcile' ? 'quiet' : 'acme' });
  const row = { account: 'acme', subscriptionId: hourly, dueAt: lastMinute, revision: 1 };
  await emit('one', 'two');
  switch (operation) {
    case 'receive':
      await subscribe(`sub_${prefix}-now`, { schedule: { every: 'now' } });
      break;
    case 'dispatch':
    case 'send':
      await before.operate('receive');
      break;
    case 'reconcile': // a channel whose wake was lost
      await subscribe(`sub_${prefix}-now`, { schedule: { every: 'now' } });
      await before.operate('receive');
      await storage.queue('digests').clearMessages();
  }
  if (operation !== 'reconcile') await due.put({ ...row, duty: { is: 'schedule', schedule } });
  if (operation === 'send') await before.operate('dispatch');

  const judged: Judged = {
    subscriptions,
    inbox,
    due,
    heads: createHeadTable(storage.table('inbox')),
    digests: createDigestsTable(storage.table('digests')),
    sent,
    get cards() {
      return ids.flatMap(webhook.cardsOf);
    },
    clock: systemClock,
    host: { messages: [] },
  };
  return { options, judged };
}

/** A webhook on this machine. */
export type Webhook = Awaited<ReturnType<typeof startWebhook>>;

/** Starts it; it takes every card, and looks at that moment what its pages hold. */
export async function startWebhook() {
  const channels = new Map<string, { readonly inbox: ReturnType<typeof createInboxTable>; readonly cards: Card[] }>();
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const subscriptionId = (request.url ?? '').slice(1);
    const channel = channels.get(subscriptionId);
    const { digestId, count, look } = JSON.parse(body);
    const shown: string[] = [];
    for await (const page of channel?.inbox.listPages({ subscriptionId, digestId, from: 0 }) ?? [])
      shown.push(...titlesOf(page));
    const at = Date.now();
    channel?.cards.push({ subscriptionId, webhook: origin, digestId, look, body, at, count, shown, taken: true });
    response.end('1');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    take: (id: string, inbox: ReturnType<typeof createInboxTable>) => void channels.set(id, { inbox, cards: [] }),
    cardsOf: (id: string): readonly Card[] => channels.get(id)?.cards ?? [],
    stop: () => server.closeAllConnections() ?? server.close(),
  };
}
