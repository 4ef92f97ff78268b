import { TableClient } from '@azure/data-tables';
import { QueueClient } from '@azure/storage-queue';
import { alertQueries, panelQueries } from '../../../infra/checks/kql/queries.ts';
import { runKql } from '../../../infra/checks/kql/run-kql.ts';
import { eventSchema } from '../../../shared/events/event.ts';
import { createInboxTable } from '../../../shared/events/inbox-table.ts';
import { packEvent } from '../../../shared/events/pack-event.ts';
import { pageKey } from '../../../shared/events/page.ts';
import { MONDAY, NINE, type ObservedSystem, startObservedSystem, until } from './observed-system.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const event = {
  specversion: '1.0',
  id: 'one',
  source: '/ci',
  type: 'github.pull_request.opened',
  account: 'acme',
  traceparent: `00-${TRACE}-00f067aa0ba902b7-01`,
  data: { title: 'canary-title-77c2' },
};
/** Channels whose webhook takes no card of any size: four attempts each. */
const CHOKING = 6;
const ALWAYS = { after: 0, times: 1_000, probability: 1, seed: 1 };

describe('a bad day', () => {
  let system: ObservedSystem;
  let addresses: readonly string[];

  beforeAll(async () => {
    system = await startObservedSystem();
    const { azure } = system;
    const { api } = azure.microsoft365;
    const table = (name: string) =>
      TableClient.fromConnectionString(azure.connectionString, name, { allowInsecureConnection: true });

    // Webhooks that are gone, throttled, and that choke on every card.
    for (let more = 0; more < CHOKING + 1; more += 1) await system.connect();
    await until('the welcomes', async () => api.requests.list({}).length > CHOKING + 1);
    const [gone, throttled, ...choking] = api.webhooks();
    addresses = api.webhooks().map(({ url }) => new URL(url).pathname);
    api.changeWebhook(gone?.id ?? '', { state: 'removed' });
    api.faults.add({ ...ALWAYS, webhook: throttled?.id, effect: { do: 'hidden-error', code: 429 } });
    for (const { id } of choking) api.faults.add({ ...ALWAYS, webhook: id, effect: { do: 'hidden-error', code: 413 } });
    await system.put('events', event);
    await azure.setClock({ wall: NINE + 10 * 60_000 });
    await until('the clock', async () => true);
    await azure.functions.runNow('dispatch-due');
    const attempts = 2 * (CHOKING + 2) + 3 * CHOKING;
    await until('every attempt', async () => api.requests.list({}).length >= attempts);

    // What cannot be read, what failed five times, a press that nobody of Microsoft's made.
    await system.put('events', { not: 'an event' });
    await new QueueClient(azure.connectionString, 'events-poison').sendMessage(JSON.stringify(event));
    await fetch(`${azure.functions.url}/actions`, { method: 'POST', body: 'nothing' });

    // An event that waited for too long, and channels that lost their due rows.
    const old = [packEvent(eventSchema.parse({ ...event, id: 'old' }))];
    const key = pageKey(MONDAY - 50 * 86_400_000, 'ffffffff', 1);
    await createInboxTable(table('inbox')).insertPage(system.subscriptionId, key, 'ordinary', old);
    for await (const row of table('due').listEntities())
      await table('due').deleteEntity(String(row.partitionKey), String(row.rowKey));
    await azure.functions.runNow('reconcile');

    azure.keyVault.faults.add({ fault: { is: 'down' } });
    for (let asked = 0; asked < 2; asked += 1) expect(await system.health()).toBe(503);
    await until('the poison message', async () => {
      const { approximateMessagesCount } = await new QueueClient(
        azure.connectionString,
        'events-poison',
      ).getProperties();
      return approximateMessagesCount === 0;
    });
    await system.stop();
  }, 240_000);

  it('has no webhook address, card text or key in what went wrong either', () => {
    const everything = system.collector.bodies.join('\n');

    expect(addresses).toHaveLength(CHOKING + 2);
    expect(addresses.filter((path) => everything.includes(path))).toEqual([]);
    expect(everything).not.toContain(event.data.title);
    expect(everything).not.toContain(system.setupKey);
    expect(everything).not.toMatch(/eyJ[A-Za-z0-9_-]{10,}\./);
  });

  it('wakes somebody by every alert', async () => {
    const at = { tables: system.collector.tables, now: Date.now() };

    const silent = (await alertQueries()).filter(({ query, windowMs = 0 }) => {
      const rows = runKql(query, { ...at, windowMs });
      return rows.length !== 1 || Number(rows[0]?.['figure']) <= 0;
    });

    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it('wakes somebody when nothing is heard any more', async () => {
    const anHourLater = { tables: system.collector.tables, now: Date.now() + 3_600_000 };

    const fired = (await alertQueries()).filter(
      ({ query, windowMs = 0 }) => runKql(query, { ...anHourLater, windowMs }).length > 0,
    );

    expect(fired.map(({ name }) => name)).toEqual(['health-failing']);
  });

  it('shows on every panel but those of what went well', () => {
    const at = { tables: system.collector.tables, now: Date.now() };

    const empty = panelQueries().filter(({ query }) => runKql(query.replaceAll('{trace}', TRACE), at).length === 0);

    expect(empty.map(({ name }) => name)).toEqual(['Time to deliver, in seconds', 'Digests by their size']);
  });

  it.each([
    ['Dead letters by reason', { queue: 'events', reason: 'invalid', field: 'specversion', messages: 1 }],
    ['Events that nobody is shown', { because: 'waited', events: 1 }],
    [
      'Attempts by card, webhook, outcome and status',
      { shown: 'digest', webhook: 'connector', outcome: 'too-large', attempts: 4 * CHOKING },
    ],
    ['Cards that had to wait', { throttled: 'webhook', webhook: 'connector', cards: 1 }],
    ['Further attempts, by what went before', { webhook: 'connector', outcome: 'too-large', attempts: CHOKING }],
    [
      'Digests returned and webhooks given up',
      { name: 'tidings.subscriptions.disabled', webhook: 'connector', times: 1 },
    ],
    ['Digests returned and webhooks given up', { name: 'tidings.digests.returned', because: 'gone', times: 1 }],
    ['Answers by what happened', { via: 'card', result: 'refused', code: 'actor-token-missing', answers: 1 }],
    ['Health', { state: 'failing', failing: 'vault' }],
    ['Poison messages put back', { queue: 'events', messages: 1 }],
    ['What the hourly net found', { finding: 'dueRowsMissing', found: 1 }],
  ])('says on %s at least %j', (panel, expected) => {
    const { query = '' } = panelQueries().find(({ name }) => name === panel) ?? {};

    const rows = runKql(query, { tables: system.collector.tables, now: Date.now() });

    const holds = rows.some((row) =>
      Object.entries(expected).every(([column, value]) =>
        // A retry that came meanwhile, and the timers, add to what is counted.
        typeof value === 'number' ? Number(row[column]) >= value : row[column] === value,
      ),
    );
    expect({ holds, rows }).toMatchObject({ holds: true });
  });
});
