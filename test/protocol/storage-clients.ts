/** The SDK's clients as our code calls them, each call handed to the search. */
import type { TableClient } from '@azure/data-tables';
import type { QueueClient } from '@azure/storage-queue';
import type { Change, Entity, Row, StorageAnswer, StorageCall } from './storage-model.ts';

/** Gives a call to the search; settles when the search decides that it is done. */
export type CallStorage = (call: StorageCall) => Promise<StorageAnswer>;

/** A storage error as the SDK throws it, with its status. */
class StorageError extends Error {
  override readonly name = 'RestError';
  readonly statusCode: number;
  constructor(statusCode: number) {
    super(`storage answered ${statusCode}`);
    this.statusCode = statusCode;
  }
}

const ANY_NUMBER = 1_000;

/** A table. */
export function tableClient(table: string, call: CallStorage): TableClient {
  async function write(changes: readonly Change[]): Promise<readonly string[]> {
    const answer = await call({ op: 'write', table, changes });
    if (answer.is === 'failed') throw new StorageError(answer.status);
    return answer.is === 'written' ? answer.etags.map(String) : [];
  }

  async function writeOne(change: Change) {
    const [etag] = await write([change]);
    return { etag };
  }

  async function* pages(filter: string, most: number): AsyncGenerator<Entity[]> {
    let after = '';
    for (;;) {
      const answer = await call({ op: 'list', table, filter, most, after });
      if (answer.is !== 'rows') throw new Error('a listing answers with rows');
      if (answer.rows.length > 0) yield answer.rows.map(toEntity);
      if (!answer.more) return;
      after = answer.rows.at(-1)?.key ?? after;
    }
  }

  const client = {
    async getEntity(pk: string, rk: string) {
      const answer = await call({ op: 'get', table, pk, rk });
      if (answer.is !== 'row') throw new StorageError(404);
      return toEntity(answer.row);
    },
    createEntity: (entity: Entity) => writeOne({ do: 'create', entity }),
    upsertEntity: (entity: Entity) => writeOne({ do: 'upsert', entity }),
    updateEntity: (entity: Entity, mode: 'Merge' | 'Replace', { etag }: { etag?: string } = {}) =>
      writeOne({ do: 'update', entity, mode, etag }),
    deleteEntity: (pk: string, rk: string, { etag }: { etag?: string } = {}) =>
      writeOne({ do: 'delete', pk, rk, etag }),
    async submitTransaction(actions: readonly [string, Entity, ('Merge' | 'Replace')?, { etag?: string }?][]) {
      const etags = await write(
        actions.map(([kind, entity, mode = 'Merge', options]): Change => {
          switch (kind) {
            case 'create':
              return { do: 'create', entity };
            case 'update':
              return { do: 'update', entity, mode, etag: options?.etag };
            case 'delete':
              return { do: 'delete', pk: entity.partitionKey, rk: entity.rowKey, etag: undefined };
            default:
              throw new Error(`a transaction of the model cannot ${kind}`);
          }
        }),
      );
      return { subResponses: etags.map((etag) => ({ etag })) };
    },
    listEntities({ queryOptions }: { queryOptions?: { filter?: string } } = {}) {
      const filter = queryOptions?.filter ?? '';
      return {
        async *[Symbol.asyncIterator]() {
          for await (const rows of pages(filter, ANY_NUMBER)) yield* rows;
        },
        byPage: ({ maxPageSize }: { maxPageSize: number }) => pages(filter, maxPageSize),
      };
    },
  };
  return client as unknown as TableClient;
}

/** The queue of jobs. */
export function queueClient(call: CallStorage): QueueClient {
  const client = {
    async sendMessage(text: string, { visibilityTimeout }: { visibilityTimeout: number }) {
      await call({ op: 'put', text, hiddenForMs: visibilityTimeout * 1000 });
    },
  };
  return client as unknown as QueueClient;
}

function toEntity({ pk, rk, etag, values }: Row): Entity {
  return { partitionKey: pk, rowKey: rk, etag: String(etag), ...values };
}
