/** The scopes of an account, as the product published them: table `accounts`. */
import { odata, type TableClient } from '@azure/data-tables';
import { z } from 'zod';
import { encodeKey, orUndefined } from '../platform/table-rows.ts';

/** A part of an account that an owner can choose. */
export interface AccountScope {
  readonly id: string;
  readonly name: string;
}

const ROW_VERSION = 1;
const rowSchema = z.object({ rowKey: z.string(), id: z.string(), name: z.string() });

/** The store of scopes. */
export type AccountScopesTable = ReturnType<typeof createAccountScopesTable>;

/** Scopes in `table`; every failure is the storage error itself. */
export function createAccountScopesTable(table: TableClient) {
  async function rowsOf(account: string) {
    const filter = odata`PartitionKey eq ${encodeKey(account)} and RowKey ge ${'scope:'} and RowKey lt ${'scope;'}`;
    const rows: z.infer<typeof rowSchema>[] = [];
    for await (const row of table.listEntities({ queryOptions: { filter } })) rows.push(rowSchema.parse(row));
    return rows;
  }

  return {
    /** By name. */
    async list(account: string): Promise<AccountScope[]> {
      const scopes = (await rowsOf(account)).map(({ id, name }) => ({ id, name }));
      return scopes.sort((a, b) => a.name.localeCompare(b.name));
    },

    /** Puts these in the place of those that are there. Stopped half-way, doing it again goes on. */
    async replace(account: string, scopes: readonly AccountScope[]): Promise<void> {
      const partitionKey = encodeKey(account);
      const wanted = new Map(scopes.map(({ id, name }) => [`scope:${encodeKey(id)}`, { id, name }]));
      for (const [rowKey, scope] of wanted)
        await table.upsertEntity({ partitionKey, rowKey, v: ROW_VERSION, ...scope }, 'Replace');
      for (const { rowKey } of await rowsOf(account))
        if (!wanted.has(rowKey)) await orUndefined(table.deleteEntity(partitionKey, rowKey));
    },
  };
}
