/** `subscriptions list|show|pause|resume|disable|enable|transfer|remove`: as an owner could, for whoever operates. */
import { type Command, Option } from 'commander';
import { personSchema } from '../../shared/identity/person.ts';
import { createAddOwner } from '../../shared/subscriptions/add-owner.ts';
import { cleanName } from '../../shared/subscriptions/clean-name.ts';
import { createDisableByOperator } from '../../shared/subscriptions/disable-by-operator.ts';
import { createPauseSubscription } from '../../shared/subscriptions/pause-subscription.ts';
import { createRemoveSubscription } from '../../shared/subscriptions/remove-subscription.ts';
import { createResumeSubscription } from '../../shared/subscriptions/resume-subscription.ts';
import type { Subscription } from '../../shared/subscriptions/subscription.ts';
import { viewOf } from '../../shared/subscriptions/subscription-view.ts';
import type { SubscriptionRow } from '../../shared/subscriptions/subscriptions-table.ts';
import { createTransferSubscription } from '../../shared/subscriptions/transfer-subscription.ts';
import { OpsCallError } from './call-error.ts';
import { changeDeps, removeDeps } from './change-deps.ts';
import { channelText, channelView, readChannelStatus } from './channel-status.ts';
import { channelStores } from './channel-stores.ts';
import { confirm } from './confirm.ts';
import type { Ops } from './create-ops.ts';
import { findSubscription } from './find-subscription.ts';
import { jsonText, lineOf } from './print.ts';
import { createProgress } from './progress.ts';
import { readUntil } from './read-time.ts';
import type { Stores } from './stores.ts';
import { ownerText, stateText, subscriptionsText } from './subscription-text.ts';

interface Options {
  readonly account?: string;
  readonly state?: string;
  readonly json?: boolean;
  readonly yes?: boolean;
  readonly drop?: boolean;
  readonly until?: string;
  readonly reason?: string;
  readonly probe?: string;
  readonly to?: string;
  readonly keep?: boolean;
}

const STATES = ['active', 'paused', 'disabled', 'removed'];

/** Adds them. */
export function addSubscriptions(ops: Ops): void {
  const { program, terminal, open, ended } = ops;
  const group = program
    .command('subscriptions')
    .description('looks at channels and changes them, as their owners could');

  group
    .command('list')
    .description('lists them, removed ones too for 31 days')
    .option('--account <name>', 'those of one account')
    .addOption(new Option('--state <state>', 'those in one state').choices(STATES))
    .option('--json', 'prints them as one JSON array')
    .action(async ({ account, state, json }: Options) => {
      const rows: SubscriptionRow[] = [];
      const progress = createProgress(terminal, 'subscriptions read');
      for await (const row of channelStores(await open()).subscriptions.list(account)) {
        progress.add();
        if (state === undefined || state === stateOf(row)) rows.push(row);
      }
      progress.end();
      terminal.out(json === true ? jsonText(rows.map(rowView)) : subscriptionsText(rows));
      ended(0);
    });

  ofOne(group.command('show'))
    .description('shows one: choices, state, what waits, what is next, how deliveries go')
    .option('--json', 'prints it as one JSON object')
    .action(async (id: string, { account, json }: Options) => {
      const stores = channelStores(await open());
      const status = await readChannelStatus(stores, await findSubscription(stores.subscriptions, id, account));
      terminal.out(json === true ? jsonText(channelView(status)) : channelText(status));
      ended(0);
    });

  changing(ops, group.command('pause'), 'pauses one: nothing is posted; what came and comes waits', {
    add: (command) =>
      command
        .option('--until <time>', 'ends by itself then: 7d, or a time in ISO 8601')
        .option('--drop', 'what comes meanwhile is dropped, and counted'),
    change: async (stores, subscription, { until, drop }) => {
      const end = until === undefined ? undefined : readUntil(until, stores.clock.now());
      const pause = { arriving: drop === true ? 'drop' : 'keep', until: end } as const;
      return createPauseSubscription(changeDeps(stores))(subscription, pause);
    },
  });

  changing(ops, group.command('resume'), 'ends a pause: what waits goes out', {
    change: async (stores, subscription) => {
      if (subscription.state.is === 'disabled')
        throw new OpsCallError(
          `${subscription.id} is disabled, not paused. Use \`subscriptions enable\` once its webhook works.`,
        );
      return createResumeSubscription(changeDeps(stores))(subscription);
    },
  });

  changing(
    ops,
    group.command('disable'),
    'stops one until it is enabled: nothing is posted; what came and comes waits. Its owner is told why, and can resume it',
    {
      add: (command) =>
        command
          .requiredOption('--reason <text>', 'why, for its owner and the product to read')
          .option('--probe <time>', 'posts the oldest waiting events then, and enables it when that succeeds'),
      change: async (stores, subscription, { reason = '', probe }) => {
        const probeAt = probe === undefined ? undefined : readUntil(probe, stores.clock.now());
        return createDisableByOperator(changeDeps(stores))(subscription, { reason: cleanName(reason), probeAt });
      },
    },
  );

  changing(ops, group.command('enable'), 'makes a disabled one active again: what waits goes out', {
    change: async (stores, subscription) => {
      if (subscription.state.is === 'paused')
        throw new OpsCallError(`${subscription.id} is paused, not disabled. Use \`subscriptions resume\`.`);
      return createResumeSubscription(changeDeps(stores))(subscription);
    },
  });

  changing(ops, group.command('transfer'), 'gives one to another owner, in the place of those who have it', {
    add: (command) =>
      command
        .requiredOption('--to <owner>', 'sub:NAME as the product names them, or TENANT-ID/OBJECT-ID of Entra')
        .option('--keep', 'those who have it keep it')
        .option('--yes', 'does not ask'),
    change: async (stores, subscription, { to = '', keep, yes }) => {
      const person = readOwner(to);
      if (keep === true) return createAddOwner(changeDeps(stores))(subscription, person);
      const owners = subscription.owners.map(ownerText).join(', ');
      await confirm(terminal, { what: `${owners || 'Nobody'} will not have ${subscription.id} any more.`, yes });
      return createTransferSubscription(changeDeps(stores))(subscription, person);
    },
  });

  ofOne(group.command('remove'))
    .description('removes one for good: its webhook is forgotten, what waits goes')
    .option('--yes', 'does not ask')
    .option('--json', 'prints what was removed as one JSON object')
    .action(async (id: string, { account, yes, json }: Options) => {
      const stores = await open();
      const deps = removeDeps(stores);
      const subscription = await findSubscription(deps.subscriptions, id, account);
      const { name } = subscription.target;
      await confirm(terminal, { what: `This removes ${id} (${lineOf(name)}) and what waits for it, for good.`, yes });
      await createRemoveSubscription(deps)(subscription);
      terminal.out(
        json === true ? jsonText({ id, account: subscription.account, state: 'removed' }) : `${id} removed\n`,
      );
      ended(0);
    });
}

interface Changing {
  readonly add?: (command: Command) => Command;
  readonly change: (stores: Stores, subscription: Subscription, options: Options) => Promise<Subscription>;
}

function changing(
  { terminal, open, ended }: Ops,
  command: Command,
  description: string,
  { add, change }: Changing,
): void {
  const named = ofOne(command).description(description).option('--json', 'prints it afterwards as one JSON object');
  (add?.(named) ?? named).action(async (id: string, options: Options) => {
    const stores = await open();
    const subscription = await findSubscription(channelStores(stores).subscriptions, id, options.account);
    const changed = await change(stores, subscription, options);
    const view = {
      id,
      account: changed.account,
      revision: changed.revision,
      ...stateView(changed),
      owners: changed.owners,
    };
    terminal.out(
      options.json === true
        ? jsonText(view)
        : `${id}: ${stateText(changed)}; owners: ${changed.owners.map(ownerText).join(', ') || 'none'}\n`,
    );
    ended(0);
  });
}

function ofOne(command: Command): Command {
  return command.argument('<id>', 'sub_…').option('--account <name>', 'its account: found faster with it');
}

function stateOf(row: SubscriptionRow): string {
  return row.is === 'removed' ? 'removed' : row.subscription.state.is;
}

function stateView(subscription: Subscription) {
  const { state, until, keep, reason, since, nextProbe } = viewOf(subscription, {});
  return { state, until, keep, reason, since, nextProbe };
}

function rowView(row: SubscriptionRow) {
  if (row.is === 'present') return viewOf(row.subscription, {});
  const { id, account, removedAt } = row.tombstone;
  return { id, account, state: 'removed', removedAt: new Date(removedAt).toISOString() };
}

function readOwner(text: string) {
  const [, tid, oid] = /^([^/]+)\/([^/]+)$/.exec(text) ?? [];
  const person = personSchema.safeParse(
    text.startsWith('sub:') && text.length > 4 ? { sub: text.slice(4) } : { tid, oid },
  );
  if (!person.success || (person.data.oid === undefined && person.data.sub === undefined))
    throw new OpsCallError(
      `"${lineOf(text)}" names nobody. Give sub:NAME as the product names them, or TENANT-ID/OBJECT-ID of Entra.`,
    );
  return person.data;
}
