/** The floor of delivering: the storage calls and the POST of a digest, bare, with as many under way as the host has. */
import { Agent, request } from 'node:http';
import { odata, TableClient } from '@azure/data-tables';
import { type DequeuedMessageItem, QueueClient } from '@azure/storage-queue';
import { answering } from '../worker.ts';

const IN_FLIGHT = 16;
const agent = new Agent({ keepAlive: true, maxSockets: 256 });
/** As large as what the product writes and posts. */
const STATE = 'x'.repeat(500);
const IDENTITIES = Buffer.alloc(20 * 16);
const CARD = 'x'.repeat(8_000);

interface Input {
  readonly connectionString: string;
  readonly queueName: string;
  readonly origin: string;
}

await answering(async ({ connectionString, queueName, origin }: Input) => {
  const queue = new QueueClient(connectionString, queueName);
  const table = (name: string) =>
    TableClient.fromConnectionString(connectionString, name, { allowInsecureConnection: true });
  const [subscriptions, inbox, digests] = [table('subscriptions'), table('inbox'), table('digests')];
  const running = new Set<Promise<void>>();

  async function deliver({ messageId, popReceipt, messageText: id }: DequeuedMessageItem): Promise<void> {
    await Promise.all([
      subscriptions.getEntity('acme', id),
      inbox.getEntity(id, '!head').catch(() => undefined), // a channel's first digest
    ]);
    const filter = odata`PartitionKey eq ${id} and RowKey ge '0' and RowKey lt ':' and digestId eq ''`;
    const pages = (await inbox.listEntities({ queryOptions: { filter } }).byPage({ maxPageSize: 99 }).next()).value;
    await digests
      .listEntities({ queryOptions: { filter: odata`PartitionKey eq ${id}` } })
      .byPage({ maxPageSize: 25 })
      .next();
    const head = { partitionKey: id, rowKey: '!head', state: STATE, nonce: 'x'.repeat(16) };
    await inbox.submitTransaction([
      ['create', head],
      ...pages.map(({ rowKey = '' }: { rowKey?: string }) => [
        'update',
        { partitionKey: id, rowKey, digestId: `${id}_1` },
        'Merge',
      ]),
    ]);
    await post(`${origin}/${id}`);
    await digests.createEntity({ partitionKey: id, rowKey: '1', record: STATE, i00: IDENTITIES });
    await inbox.updateEntity(head, 'Replace');
    await queue.deleteMessage(messageId, popReceipt);
  }

  for (;;) {
    const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: 32, visibilityTimeout: 600 });
    if (receivedMessageItems.length === 0) break;
    for (const message of receivedMessageItems) {
      const delivering = deliver(message).finally(() => running.delete(delivering));
      running.add(delivering);
    }
    while (running.size > IN_FLIGHT) await Promise.race(running);
  }
  await Promise.all(running);
  return {};
});

function post(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const posting = request(url, { method: 'POST', agent, headers: { 'content-type': 'application/json' } });
    posting.once('error', reject).once('response', (response) => response.resume().once('end', resolve));
    posting.end(CARD);
  });
}
