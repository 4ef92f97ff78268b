/** `resend DIGEST` and `resend --failed --since`: makes digests arrive that did not. */
import { randomUUID } from 'node:crypto';
import { type Asked, createAskResend } from '../../shared/delivery/ask-resend.ts';
import { type DigestRecord, digestIdOf, parseDigestId } from '../../shared/digests/digest.ts';
import { OpsCallError } from './call-error.ts';
import { type ChannelStores, channelStores } from './channel-stores.ts';
import { confirm } from './confirm.ts';
import type { Ops } from './create-ops.ts';
import { findSubscription } from './find-subscription.ts';
import { jsonText, lineOf } from './print.ts';
import { createProgress } from './progress.ts';
import { readSince } from './read-time.ts';

interface Options {
  readonly account?: string;
  readonly failed?: boolean;
  readonly unclear?: boolean;
  readonly since?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

interface Chosen {
  readonly subscriptionId: string;
  readonly record: DigestRecord;
}

/** Adds it. */
export function addResend({ program, terminal, open, ended }: Ops): void {
  program
    .command('resend')
    .description(
      'makes a digest arrive that did not: one that waits is tried now, one that was returned is sent with what waits, and one that is out is posted a SECOND time, on purpose; exit 1 where nothing can be done',
    )
    .argument('[digest]', 'its id, as `deliveries` shows it')
    .option('--account <name>', 'its account: found faster with it')
    .option('--failed', 'every digest that waits for another attempt, or was returned')
    .option('--unclear', 'also those of which nobody knows whether they arrived: where they did, they are seen twice')
    .option('--since <time>', 'with --failed: those frozen since then: 24h, 7d, or a time in ISO 8601')
    .option('--yes', 'does not ask')
    .option('--json', 'prints what was asked for as one JSON array')
    .action(async (digest: string | undefined, options: Options) => {
      const stores = channelStores(await open());
      const chosen = digest === undefined ? await failed(stores, options) : [await one(stores, digest, options)];
      const repeats = chosen.filter(({ record }) => record.state === 'accepted').length;
      if (digest === undefined && repeats > 0)
        await confirm(terminal, {
          what: `${repeats} of ${chosen.length} digests may have arrived, and are then seen twice.`,
          yes: options.yes,
        });
      const askResend = createAskResend({ ...stores, newWish: randomUUID });
      const progress = createProgress(terminal, 'digests asked for');
      const asked: { readonly digest: string; readonly asked: Asked }[] = [];
      for (const { subscriptionId, record } of chosen) {
        const row = await stores.subscriptions.find(subscriptionId);
        progress.add();
        if (row?.is === 'present')
          asked.push({
            digest: digestIdOf(subscriptionId, record.sequence),
            asked: await askResend(row.subscription, record),
          });
      }
      progress.end();
      if (options.json === true) terminal.out(jsonText(asked));
      else for (const { digest: id, asked: what } of asked) terminal.out(`${id}: ${sentenceOf(what)}\n`);
      if (asked.length === 0 && options.json !== true) terminal.out('No digest failed.\n');
      ended(asked.some(({ asked: what }) => what === 'asleep' || what === 'kept no more') ? 1 : 0);
    });
}

async function one(
  stores: ChannelStores,
  id: string,
  { account, failed: all, since, unclear }: Options,
): Promise<Chosen> {
  if (all === true || since !== undefined || unclear === true)
    throw new OpsCallError('Give a digest, or --failed with --since: not both.');
  const { subscriptionId, sequence } = parseDigestId(id) ?? {};
  if (subscriptionId === undefined || sequence === undefined)
    throw new OpsCallError(`"${lineOf(id)}" is no digest’s id. See \`deliveries SUBSCRIPTION\`.`);
  await findSubscription(stores.subscriptions, subscriptionId, account);
  const stored = await stores.digests.read(subscriptionId, sequence);
  if (stored === undefined)
    throw new OpsCallError(
      `There is no record of ${lineOf(id)}: it is kept for 90 days, and made with the first attempt.`,
    );
  return { subscriptionId, record: stored.record };
}

/** Newest first in each channel: what was returned before a newer digest is in that one, or waits for the next. */
async function failed(stores: ChannelStores, { failed: all, unclear, since }: Options): Promise<Chosen[]> {
  if (all !== true || since === undefined)
    throw new OpsCallError('Which one? Give a digest’s id as `deliveries` shows it, or --failed with --since.');
  const chosen: Chosen[] = [];
  const newer = new Set<string>();
  for await (const { subscriptionId, record } of stores.digests.listSince(readSince(since, stores.clock.now()))) {
    const isUnclear = record.state === 'accepted' && record.attempts.at(-1)?.outcome === 'unclear';
    const hasFailed = record.state === 'frozen' || record.state === 'returned';
    if ((isUnclear && unclear === true) || (hasFailed && !newer.has(subscriptionId)))
      chosen.push({ subscriptionId, record });
    newer.add(subscriptionId);
  }
  return chosen;
}

function sentenceOf(asked: Asked): string {
  switch (asked) {
    case 'posted again':
      return 'is posted again; `deliveries` shows how that went';
    case 'tried now':
      return 'is tried now, and its retries begin anew';
    case 'sent with what waits':
      return 'was returned: its events go out now with all that waits';
    case 'asleep':
      return 'nothing was done: the channel is paused or disabled. Resume or enable it first';
    case 'kept no more':
      return 'nothing was done: its events are kept for 31 days, and are gone';
  }
}
