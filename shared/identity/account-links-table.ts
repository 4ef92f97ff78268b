/** Which account a Microsoft person belongs to: table `accounts`. A link is one person's, or an admin made it for their whole tenant. */
import { odata, type TableClient } from '@azure/data-tables';
import { z } from 'zod';
import { encodeKey, newNonce, orUndefined, writeConfirmed } from '../platform/table-rows.ts';
import { TenantLinkedElsewhereError } from './errors.ts';

/** An Entra person. */
export interface EntraIds {
  readonly tid: string;
  readonly oid: string;
}

/** For whom an account is remembered. */
export type LinkFor = 'person' | 'tenant';

/** A link as found. `sub`: how the product names this very person, where it said so. `own`: this person made it. */
export interface AccountLink {
  readonly for: LinkFor;
  readonly account: string;
  readonly sub?: string | undefined;
  readonly own: boolean;
}

/** A link to be made, by the person themself. */
export interface NewLink extends EntraIds {
  readonly account: string;
  readonly sub: string;
}

const ROW_VERSION = 1;
const TENANT_ROW = 'tenant';

const linkSchema = z.object({
  account: z.string(),
  sub: z.string(),
  oid: z.string(),
  nonce: z.string().optional(),
  etag: z.string(),
});
const indexSchema = z.object({ tid: z.string(), linkRow: z.string(), rowKey: z.string() });

/** The store of links. */
export type AccountLinksTable = ReturnType<typeof createAccountLinksTable>;

/**
 * Links in `table`. The link lies where a sign-in finds it, by tenant; a second row, written before it and removed after it,
 * lies with the account, so that all links of an account can be listed and removed. Failures are the storage error itself.
 */
export function createAccountLinksTable(table: TableClient) {
  async function read(tid: string, linkRow: string) {
    const row = await orUndefined(table.getEntity(partitionOf(tid), linkRow));
    return row === undefined ? undefined : linkSchema.parse(row);
  }

  async function index(account: string, tid: string, linkRow: string): Promise<void> {
    const row = { partitionKey: encodeKey(account), rowKey: indexKey(tid, linkRow), v: ROW_VERSION, tid, linkRow };
    await table.upsertEntity(row, 'Replace');
  }

  async function remove(account: string, tid: string, linkRow: string): Promise<void> {
    await orUndefined(table.deleteEntity(partitionOf(tid), linkRow));
    await orUndefined(table.deleteEntity(encodeKey(account), indexKey(tid, linkRow)));
  }

  async function forget(tid: string, linkRow: string): Promise<boolean> {
    const link = await read(tid, linkRow);
    if (link !== undefined) await remove(link.account, tid, linkRow);
    return link !== undefined;
  }

  async function* notesOf(account: string): AsyncGenerator<z.infer<typeof indexSchema>> {
    const filter = odata`PartitionKey eq ${encodeKey(account)} and RowKey ge ${'link:'} and RowKey lt ${'link;'}`;
    for await (const row of table.listEntities({ queryOptions: { filter } })) yield indexSchema.parse(row);
  }

  return {
    /** Who is linked to an account, and by whom. */
    async listOfAccount(account: string): Promise<(Omit<NewLink, 'account'> & { readonly for: LinkFor })[]> {
      const found: (Omit<NewLink, 'account'> & { readonly for: LinkFor })[] = [];
      for await (const { tid, linkRow } of notesOf(account)) {
        const link = await read(tid, linkRow);
        if (link?.account !== account) continue; // it leads to another account by now
        found.push({ for: linkRow === TENANT_ROW ? 'tenant' : 'person', tid, oid: link.oid, sub: link.sub });
      }
      return found;
    },

    /** A person's own link, else their tenant's. */
    async find({ tid, oid }: EntraIds): Promise<AccountLink | undefined> {
      const [own, tenants] = await Promise.all([read(tid, personRow(oid)), read(tid, TENANT_ROW)]);
      if (own !== undefined) return { for: 'person', account: own.account, sub: own.sub, own: true };
      if (tenants === undefined) return undefined;
      const isOwn = tenants.oid === oid;
      return { for: 'tenant', account: tenants.account, ...(isOwn ? { sub: tenants.sub } : {}), own: isOwn };
    },

    /** Links one person, in the place of an earlier link of theirs. */
    async linkPerson(link: NewLink): Promise<void> {
      const linkRow = personRow(link.oid);
      const before = await read(link.tid, linkRow);
      await index(link.account, link.tid, linkRow);
      await table.upsertEntity(toRow(link, linkRow, newNonce()), 'Replace');
      if (before !== undefined && before.account !== link.account)
        await orUndefined(table.deleteEntity(encodeKey(before.account), indexKey(link.tid, linkRow)));
    },

    /** Links a whole tenant; an own link of this person goes. @throws TenantLinkedElsewhereError where somebody else linked it to another account. */
    async linkTenant(link: NewLink): Promise<void> {
      const { tid, oid, account } = link;
      for (;;) {
        const before = await read(tid, TENANT_ROW);
        if (before !== undefined && before.account !== account && before.oid !== oid)
          throw new TenantLinkedElsewhereError();
        await index(account, tid, TENANT_ROW);
        const nonce = newNonce();
        const row = toRow(link, TENANT_ROW, nonce);
        const write = () =>
          before === undefined ? table.createEntity(row) : table.updateEntity(row, 'Replace', { etag: before.etag });
        if (!(await writeConfirmed(nonce, write, () => read(tid, TENANT_ROW))).done) continue;
        if (before !== undefined && before.account !== account)
          await orUndefined(table.deleteEntity(encodeKey(before.account), indexKey(tid, TENANT_ROW)));
        await forget(tid, personRow(oid));
        return;
      }
    },

    /** Forgets; false when there was nothing. */
    forgetPerson: ({ tid, oid }: EntraIds): Promise<boolean> => forget(tid, personRow(oid)),
    forgetTenant: ({ tid }: EntraIds): Promise<boolean> => forget(tid, TENANT_ROW),

    /** Forgets every link to an account, when the product removes it. */
    async forgetAccount(account: string): Promise<void> {
      for await (const { tid, linkRow, rowKey } of notesOf(account)) {
        // The link may lead to another account by now: then only this account's note of it goes.
        if ((await read(tid, linkRow))?.account === account) await remove(account, tid, linkRow);
        else await orUndefined(table.deleteEntity(encodeKey(account), rowKey));
      }
    },
  };
}

function toRow({ tid, oid, account, sub }: NewLink, rowKey: string, nonce: string) {
  return { partitionKey: partitionOf(tid), rowKey, v: ROW_VERSION, nonce, oid, account, sub };
}

/** No account's partition is called so: `encodeKey` leaves no colon. */
function partitionOf(tid: string): string {
  return `link:${tid}`;
}

function personRow(oid: string): string {
  return `person:${oid}`;
}

function indexKey(tid: string, linkRow: string): string {
  return `link:${tid}:${linkRow}`;
}
