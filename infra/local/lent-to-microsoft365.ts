/** What the product lends the pages of the local Microsoft 365: its card linter, and a button that lets something happen. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { TableClient } from '@azure/data-tables';
import { QueueClient } from '@azure/storage-queue';
import { formatFinding, lintMessageCard } from '../../shared/cards/lint-message-card.ts';
import { parseCatalogue } from '../../shared/events/catalogue.ts';
import type { Event } from '../../shared/events/event.ts';
import { packMessages } from './emit/pack-messages.ts';
import type { Lint, Sample } from './microsoft365/views/view-routes.ts';

const SEEN = { id: 'seen', title: 'Mark as seen' };
/** Events sent at a press. */
const AT_A_PRESS = 8;

/** Says what is wrong with a card, by path and rule. */
export const lintText: Lint = (text) => {
  try {
    return lintMessageCard(JSON.parse(text)).map((finding) => ({
      level: finding.level,
      message: formatFinding(finding).replace(/^\w+\s+/, ''),
    }));
  } catch {
    return [{ level: 'error', message: 'is not JSON' }];
  }
};

/** Sends the catalogue's recommended samples, with fresh ids, for every account that has a channel. */
export function createSendSamples(connectionString: () => Promise<string>): Sample {
  return async () => {
    const connection = await connectionString();
    const accounts = await accountsIn(connection);
    if (accounts.size === 0) return 'Nobody is connected yet: connect a channel first.';
    const { topics } = parseCatalogue(JSON.parse(await readFile(new URL('./catalogue.json', import.meta.url), 'utf8')));
    const samples = topics.filter(({ recommended }) => recommended).slice(0, AT_A_PRESS);
    const queue = new QueueClient(connection, 'events');
    for (const account of accounts) {
      const time = new Date().toISOString();
      const events = samples.map(({ sample }) => ({ ...withAction(sample), id: randomUUID(), time, account }));
      for (const message of packMessages(events, AT_A_PRESS)) await queue.sendMessage(message);
    }
    return `Sent ${samples.length} events to ${[...accounts].join(', ')}.`;
  };
}

/** Every sample can be answered, so that pressing shows something on each. */
function withAction(sample: Event): Event {
  const { actions = [] } = sample.data;
  return actions.length > 0 ? sample : { ...sample, data: { ...sample.data, actions: [SEEN] } };
}

async function accountsIn(connectionString: string): Promise<Set<string>> {
  const table = TableClient.fromConnectionString(connectionString, 'subscriptions', { allowInsecureConnection: true });
  const accounts = new Set<string>();
  for await (const { account } of table.listEntities<{ account: string }>({ queryOptions: { select: ['account'] } }))
    accounts.add(account);
  return accounts;
}
