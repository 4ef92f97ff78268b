/** The floor of answering: the check of Microsoft's token and the storage calls of a press, bare, one press after another. */
import { odata, TableClient } from '@azure/data-tables';
import { QueueClient } from '@azure/storage-queue';
import { createLocalJWKSet, type JWK, jwtVerify } from 'jose';
import { answering } from '../worker.ts';

/** As large as what the product writes. */
const ACT = Buffer.alloc(700, 'x');
const TOLD = 'x'.repeat(1_000);

interface Press {
  readonly digest: string;
  readonly subscriptionId: string;
  readonly digestRow: string;
  readonly page: string;
  readonly key: string;
}

interface Input {
  readonly connectionString: string;
  readonly token: string;
  readonly keys: JWK[];
  readonly audience: string;
  readonly presses: readonly Press[];
  /** Presses that are not measured. */
  readonly warmUp: number;
}

await answering(async ({ connectionString, token, keys, audience, presses, warmUp }: Input) => {
  const table = (name: string) =>
    TableClient.fromConnectionString(connectionString, name, { allowInsecureConnection: true });
  const [subscriptions, digests, inbox, once] = ['subscriptions', 'digests', 'inbox', 'once'].map(table) as [
    TableClient,
    TableClient,
    TableClient,
    TableClient,
  ];
  const told = new QueueClient(connectionString, 'connector-events');
  const findKey = createLocalJWKSet({ keys });

  async function answer({ digest, subscriptionId, digestRow, page, key }: Press): Promise<void> {
    await jwtVerify(token, findKey, { algorithms: ['RS256'], audience });
    await Promise.all([
      subscriptions.getEntity('acme', subscriptionId),
      digests.getEntity(subscriptionId, digestRow, { queryOptions: { select: ['v', 'record', 'nonce'] } }),
    ]);
    const pages = odata`PartitionKey eq ${subscriptionId} and RowKey ge ${page} and digestId eq ${digest} and RowKey le ${page}`;
    await all(inbox, pages, ['RowKey', 'v', 'digestId', 'urgency', 'count', 'skip', 'identities']);
    await all(inbox, pages);
    const row = { partitionKey: 'action', rowKey: key, nonce: 'x'.repeat(16), state: 'pending', act: ACT };
    await once.createEntity(row);
    await told.sendMessage(TOLD);
    await once.updateEntity({ ...row, state: 'sent' }, 'Merge');
    await all(inbox, pages);
    const acts = odata`PartitionKey eq ${'action'} and RowKey ge ${`${digest}.`} and RowKey lt ${`${digest}/`}`;
    await all(once, acts);
    await all(once, acts);
  }

  const times: number[] = [];
  for (const [index, press] of presses.entries()) {
    const from = performance.now();
    await answer(press);
    if (index >= warmUp) times.push(performance.now() - from);
  }
  return { times };
});

async function all(table: TableClient, filter: string, select?: string[]): Promise<void> {
  const queryOptions = { filter, ...(select === undefined ? {} : { select }) };
  for await (const _ of table.listEntities({ queryOptions }).byPage({ maxPageSize: 99 }));
}
