/** `accounts export|forget`: what is kept of a customer, and the end of it. */
import { writeFile } from 'node:fs/promises';
import { createActsTable } from '../../shared/actions/acts-table.ts';
import { createExportAccount } from '../../shared/actions/export-account.ts';
import { createForgetAccount } from '../../shared/actions/forget-account.ts';
import { createAccountLinksTable } from '../../shared/identity/account-links-table.ts';
import { createAccountScopesTable } from '../../shared/identity/account-scopes-table.ts';
import { createRemoveSubscription } from '../../shared/subscriptions/remove-subscription.ts';
import { OpsCallError } from './call-error.ts';
import { removeDeps } from './change-deps.ts';
import { channelStores } from './channel-stores.ts';
import { confirm } from './confirm.ts';
import type { Ops } from './create-ops.ts';
import { countText, jsonText, lineOf } from './print.ts';
import type { Stores } from './stores.ts';

/** Adds both. */
export function addAccounts({ program, terminal, open, ended }: Ops): void {
  const group = program.command('accounts').description('what is kept of a customer’s account');

  group
    .command('export')
    .description(
      'writes all that is kept of an account as one JSON object; holds personal data, and no webhook’s address',
    )
    .argument('<account>', 'its name')
    .option('--out <file>', 'writes it to a file that only you can read')
    .option('--json', 'is how it is written anyway')
    .action(async (account: string, { out }: { out?: string }) => {
      const stores = await open();
      const text = `${JSON.stringify(await createExportAccount({ ...accountStores(stores), now: stores.clock.now })(account), null, 2)}\n`;
      if (out === undefined) terminal.out(text);
      else {
        await writeFile(out, text, { mode: 0o600, flag: 'wx' }).catch((cause) => {
          throw new OpsCallError(`${out} cannot be written: is it there already?`, { cause });
        });
        terminal.out(`written to ${out}\n`);
      }
      ended(0);
    });

  group
    .command('forget')
    .description(
      'removes an account with all its channels, links, scopes and answers; reconcile then clears what is stored',
    )
    .argument('<account>', 'its name')
    .option('--yes', 'does not ask')
    .option('--json', 'prints how many channels went as one JSON object')
    .action(async (account: string, { yes, json }: { yes?: boolean; json?: boolean }) => {
      const stores = await open();
      const deps = removeDeps(stores);
      let channels = 0;
      for await (const row of deps.subscriptions.list(account)) if (row.is === 'present') channels += 1;
      const what = `This removes account ${lineOf(account)} with ${countText(channels, 'channel')} and all that waits for them, for good.`;
      await confirm(terminal, { what, yes });
      const kept = { ...accountStores(stores), ...deps };
      await createForgetAccount({ ...kept, remove: createRemoveSubscription(deps) })(account);
      terminal.out(
        json === true
          ? jsonText({ account, channels })
          : `account ${lineOf(account)}: ${countText(channels, 'channel')} removed; links, scopes and answers forgotten\n`,
      );
      ended(0);
    });
}

function accountStores(stores: Stores) {
  const { storage } = stores;
  return {
    ...channelStores(stores),
    acts: createActsTable(storage.table('once')),
    links: createAccountLinksTable(storage.table('accounts')),
    scopes: createAccountScopesTable(storage.table('accounts')),
  };
}
