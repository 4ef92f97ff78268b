import { alertQueries, panelQueries } from '../../../infra/checks/kql/queries.ts';
import { runKql } from '../../../infra/checks/kql/run-kql.ts';
import { answerCard, readAnswers } from '../../../infra/local/demo/answer-card.ts';
import type { InsightsRow } from '../../../infra/local/insights/tables.ts';
import { NINE, type ObservedSystem, startObservedSystem } from './observed-system.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PRODUCTS = `00-${TRACE}-00f067aa0ba902b7-01`;
const STATE = 'product=t61rcWkgMzE';
const SECRET_TITLE = 'canary-card-text-5d1f';

function anEvent(id: string, more: object = {}) {
  const data = { title: SECRET_TITLE, actions: [{ id: 'rerun', title: 'Run again' }] };
  return { specversion: '1.0', id, source: '/ci', type: 'github.pull_request.opened', account: 'acme', data, ...more };
}

function dimension(row: InsightsRow | undefined, name: string): string {
  return (row?.['customDimensions'] as Record<string, string> | undefined)?.[name] ?? '';
}

describe('telemetry of a day, from events to an answer', () => {
  let system: ObservedSystem;
  let answers: readonly Readonly<Record<string, unknown>>[];
  let webhook = '';

  beforeAll(async () => {
    system = await startObservedSystem();
    await system.put('events', anEvent('traced', { traceparent: PRODUCTS, tracestate: STATE }));
    await system.put('events', [anEvent('untraced', { data: { title: 'Two' } })]);
    await system.put('events', anEvent('foreign', { account: 'nobody' }));
    await system.tickAt(NINE + 61_000);
    await answerCard(system.azure.microsoft365);
    answers = await readAnswers(system.azure.connectionString);
    webhook = system.azure.microsoft365.api.requests.list({})[0]?.path ?? '';
    await system.azure.functions.runNow('reconcile');
    await system.health();
    await system.stop();
  }, 180_000);

  it('leads from the event to the card to the answer', () => {
    const { requests, dependencies } = system.collector.tables;
    const received = requests.find((row) => row['name'] === 'receive-events' && row['operation_Id'] === TRACE);
    const sent = requests.find((row) => dimension(row, '_MS.links').includes(TRACE));
    const posted = dependencies.find(
      (row) => row['name'] === 'post card' && row['operation_ParentId'] === sent?.['id'],
    );
    const answered = dependencies.find((row) => row['name'] === 'answer' && row['operation_Id'] === TRACE);

    expect(received).toMatchObject({ operation_ParentId: '00f067aa0ba902b7', success: 'True' });
    expect(sent).toMatchObject({ name: 'send-digest' });
    expect(posted).toMatchObject({ operation_Id: sent?.['operation_Id'], success: 'True' });
    expect(dimension(answered, '_MS.links')).toContain(String(sent?.['operation_Id']));
  });

  it('is carried on by what the product is told', () => {
    const [told] = answers;

    expect(told).toMatchObject({ traceparent: expect.stringContaining(TRACE), tracestate: STATE });
    expect(told?.['traceparent']).not.toBe(PRODUCTS);
  });

  it.each([
    ['tidings.events.received', {}, 3],
    ['tidings.events.matched', { urgency: 'ordinary' }, 2],
    ['tidings.events.unmatched', {}, 1],
    ['tidings.attempts', { card: 'digest', kind: 'connector', outcome: 'delivered', status: '200' }, 1],
    ['tidings.attempts', { card: 'welcome', outcome: 'delivered' }, 1],
    ['tidings.digest.events', { kind: 'connector' }, 2],
    ['tidings.answers', { via: 'card', result: 'done' }, 1],
    ['tidings.runs', { function: 'card-actions', result: 'done', status: '200' }, 1],
  ])('counts %s by %j', (name, by, sum) => {
    const rows = system.collector.tables.customMetrics.filter(
      (row) => row['name'] === name && Object.entries(by).every(([key, value]) => dimension(row, key) === value),
    );

    expect(rows.reduce((total, row) => total + Number(row['valueSum']), 0)).toBe(sum);
  });

  it('tells what the hourly net looked at and found', () => {
    const found = system.collector.tables.customMetrics.filter((row) => row['name'] === 'tidings.reconciled');

    expect(found.map((row) => dimension(row, 'finding'))).toEqual(
      expect.arrayContaining(['subscriptions', 'dueRowsMissing', 'channelsWoken', 'eventsDropped', 'failed']),
    );
  });

  it('measures how late the tick was and how long the digest took', () => {
    const of = (name: string) => system.collector.tables.customMetrics.find((row) => row['name'] === name);

    expect(Number(of('tidings.due.dispatched')?.['valueSum'])).toBeGreaterThanOrEqual(1); // the timer ticks too
    expect(Number(of('tidings.due.late')?.['valueMax'])).toBeGreaterThanOrEqual(61_000);
    expect(Number(of('tidings.delivery.time')?.['valueMax'])).toBeGreaterThanOrEqual(61_000);
  });

  it('has log entries with ids, in their traces', () => {
    const entry = system.collector.tables.traces.find((row) => row['message'] === 'attempt made');

    expect(entry).toMatchObject({ operation_Id: expect.stringMatching(/^[0-9a-f]{32}$/) });
    expect(dimension(entry, 'subscriptionId')).toBe(system.subscriptionId);
    expect(dimension(entry, 'outcome')).toBe('delivered');
  });

  it('has no webhook address, token, key or card text in it', () => {
    const everything = system.collector.bodies.join('\n');
    const path = new URL(webhook, 'http://127.0.0.1').pathname;

    expect(path.length).toBeGreaterThan(20);
    expect(everything).not.toContain(path);
    expect(everything).not.toContain(SECRET_TITLE);
    expect(everything).not.toContain(system.setupKey);
    expect(everything).not.toMatch(/eyJ[A-Za-z0-9_-]{10,}\./); // signed tokens of any kind
    expect(everything).not.toMatch(/[?&](t|code|state|sig)=/);
  });

  it('wakes nobody', async () => {
    const at = { tables: system.collector.tables, now: Date.now() };

    const fired = (await alertQueries()).filter(
      ({ query, windowMs = 0 }) => runKql(query, { ...at, windowMs }).length > 0,
    );

    expect(fired.map(({ name }) => name)).toEqual([]);
  });

  it('shows on every panel but those of what went wrong', () => {
    const at = { tables: system.collector.tables, now: Date.now() };

    const empty = panelQueries().filter(({ query }) => runKql(query.replaceAll('{trace}', TRACE), at).length === 0);

    expect(empty.map(({ name }) => name)).toEqual([
      'Dead letters by reason',
      'Events that nobody is shown',
      'Cards that had to wait',
      'Further attempts, by what went before',
      'Digests returned and webhooks given up',
      'Poison messages put back',
      'Newest warnings and errors',
    ]);
  });

  it('shows where one event went, in order, on the panel that takes a trace', () => {
    const { query = '' } = panelQueries().find(({ name }) => name === 'Where it went') ?? {};

    const rows = runKql(query.replaceAll('{trace}', TRACE), { tables: system.collector.tables, now: Date.now() });

    const names = rows.map(({ name }) => name);
    const steps = ['receive-events', 'message received', 'send-digest', 'answer'].map((name) => names.indexOf(name));
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(steps).not.toContain(-1);
  });
});
