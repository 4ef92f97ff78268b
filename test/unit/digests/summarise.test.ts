import type { DigestSummary } from '../../../shared/digests/digest-summary.ts';
import { createSummary } from '../../../shared/digests/summarise.ts';
import { briefOf } from '../../../shared/events/brief.ts';
import { type Event, eventSchema } from '../../../shared/events/event.ts';
import { SEVERITIES } from '../../../shared/subscriptions/severity.ts';

const NOW = Date.parse('2026-11-21T09:00:00Z');

function event(title: string, parts: object = {}): Event {
  const { data, ...rest } = { data: {}, ...parts };
  return eventSchema.parse({
    specversion: '1.0',
    id: title,
    source: 's',
    type: 'build.failed',
    account: 'acme',
    ...rest,
    data: { title, ...data },
  });
}

function summaryOf(events: Iterable<readonly [Event, number]>): DigestSummary {
  const summary = createSummary({ digestId: 'd', frozenAt: NOW });
  for (const [each, receivedAt] of events) summary.add(briefOf(each), receivedAt);
  return summary.finish();
}

const received = (events: readonly Event[]) => events.map((each, index) => [each, NOW + index] as const);
const counted = ({ groups, otherEvents }: DigestSummary) =>
  groups.reduce((sum, group) => sum + group.count, otherEvents);

describe('the summary of a digest', () => {
  it('counts every event once, by severity and by topic', () => {
    const events = [
      event('a', { severity: 'critical' }),
      event('b', { severity: 'error', type: 'deploy.failed' }),
      event('c', { severity: 'error' }),
    ];

    const summary = summaryOf(received(events));

    expect(summary).toMatchObject({ total: 3, bySeverity: { info: 0, warning: 0, error: 2, critical: 1 } });
    expect(summary.byTopic).toEqual([
      { topic: 'build.failed', count: 2 },
      { topic: 'deploy.failed', count: 1 },
    ]);
    expect(summary.otherEvents).toBe(0);
  });

  it('folds events alike by topic, scope, group and title, and shows the newest of them', () => {
    const events = [
      event('Build failed', { scope: 'api', time: '2026-11-21T07:00:00Z', data: { text: 'first' } }),
      event('Build failed', { scope: 'api', time: '2026-11-21T08:00:00Z', data: { text: 'newest' } }),
      event('Build failed', { scope: 'api', time: '2026-11-21T07:30:00Z', data: { text: 'late to arrive' } }),
    ];

    const [group] = summaryOf(received(events)).groups;

    expect(group?.items).toHaveLength(1);
    expect(group?.items[0]).toMatchObject({
      times: 3,
      lastAt: Date.parse('2026-11-21T08:00:00Z'),
      event: { data: { text: 'newest' } },
    });
  });

  it.each([
    ['topic', { type: 'deploy.failed' }],
    ['scope', { scope: 'web' }],
    ['group', { data: { group: 'main' } }],
    ['title', { data: { title: 'Build 2 failed' } }],
  ])('keeps events apart that differ by %s', (_, difference) => {
    const summary = summaryOf(received([event('Build failed'), event('Build failed', difference)]));

    const lines = summary.groups.flatMap((group) => group.items);

    expect(lines.map((line) => line.times)).toEqual([1, 1]);
  });

  it('puts the worst group first, then the one with most events, and a line’s worst then newest first', () => {
    const events = [
      event('one info', { type: 'a' }),
      event('two infos', { type: 'b' }),
      event('two infos', { type: 'b' }),
      event('older error', { type: 'c', severity: 'error', time: '2026-11-21T01:00:00Z' }),
      event('info in c', { type: 'c', time: '2026-11-21T08:00:00Z' }),
      event('newer error', { type: 'c', severity: 'error', time: '2026-11-21T02:00:00Z' }),
    ];

    const { groups } = summaryOf(received(events));

    expect(groups.map((group) => group.topic)).toEqual(['c', 'b', 'a']);
    expect(groups[0]?.items.map((item) => item.event.data.title)).toEqual(['newer error', 'older error', 'info in c']);
  });

  it('keeps the topics of one product group together', () => {
    const events = [
      event('main is broken', { type: 'build', severity: 'critical', data: { group: 'main' } }),
      event('elsewhere', { type: 'deploy', severity: 'error' }),
      event('pushed', { type: 'push', data: { group: 'main' } }),
    ];

    const { groups } = summaryOf(received(events));

    expect(groups.map((group) => `${group.group ?? '-'}/${group.topic}`)).toEqual([
      'main/build',
      'main/push',
      '-/deploy',
    ]);
  });

  it.each([
    ['no time', undefined],
    ['a time in the future', '2030-01-01T00:00:00Z'],
  ])('takes the time of arrival for an event with %s', (_, time) => {
    const summary = summaryOf([[event('a', { time }), NOW]]);

    expect(summary.period).toEqual({ from: NOW, to: NOW });
    expect(summary.groups[0]?.items[0]?.lastAt).toBe(NOW);
  });

  it('has no period and no groups when it is empty', () => {
    const summary = summaryOf([]);

    expect(summary).toMatchObject({ total: 0, groups: [], otherEvents: 0, period: undefined });
  });
});

describe('the bounds of a summary', () => {
  it('counts groups beyond the bound together, and every event still', () => {
    const events = Array.from({ length: 1_000 }, (_, n) => event(`e${n}`, { data: { group: `g${n}` } }));

    const summary = summaryOf(received(events));

    expect(summary.groups.length).toBeLessThan(100);
    expect(summary.otherEvents).toBe(1_000 - summary.groups.length);
    expect(counted(summary)).toBe(1_000);
  });

  it('shows a critical group though a thousand mild ones came before it', () => {
    const mild = Array.from({ length: 1_000 }, (_, n) => event(`e${n}`, { data: { group: `g${n}` } }));
    const bad = event('down', { severity: 'critical', data: { group: 'last' } });

    const summary = summaryOf(received([...mild, bad, ...mild]));

    expect(summary.groups[0]).toMatchObject({ group: 'last', severity: 'critical', count: 1 });
    expect(counted(summary)).toBe(2_001);
  });

  it('remembers how often a line came that newer lines pushed out meanwhile', () => {
    const failing = event('Build failed');
    const others = Array.from({ length: 500 }, (_, n) => event(`other ${n}`));

    const summary = summaryOf(received([failing, failing, ...others, failing]));

    const line = summary.groups[0]?.items.find((item) => item.event.data.title === 'Build failed');
    expect(line?.times).toBe(3);
  });

  it('counts a million events without keeping them', () => {
    const pool = Array.from({ length: 5_000 }, (_, n) =>
      event(`title ${n}`, { severity: SEVERITIES[n % 4], data: { group: `group ${n % 90}` } }),
    );
    const summary = createSummary({ digestId: 'd', frozenAt: NOW });

    for (let n = 0; n < 1_000_000; n += 1) summary.add(briefOf(pool[n % pool.length] ?? event('none')), NOW + n);

    const finished = summary.finish();
    expect(finished.total).toBe(1_000_000);
    expect(counted(finished)).toBe(1_000_000);
    expect(finished.groups.flatMap((group) => group.items).length).toBeLessThanOrEqual(800);
    expect(finished.timeline.bins.length).toBeLessThanOrEqual(1_500);
  });

  it('gives the same summary for the same events in the same order, byte for byte', () => {
    const events = received(
      Array.from({ length: 300 }, (_, n) =>
        event(`t${n % 70}`, { severity: SEVERITIES[n % 4], data: { group: `g${n % 50}` } }),
      ),
    );

    expect(JSON.stringify(summaryOf(events))).toBe(JSON.stringify(summaryOf(events)));
  });
});

describe('the timeline of a summary', () => {
  it('has a bin of a minute for a short digest', () => {
    const { timeline } = summaryOf([
      [event('a', { time: '2026-11-21T08:00:10Z', severity: 'error' }), NOW],
      [event('b', { time: '2026-11-21T08:00:50Z' }), NOW],
      [event('c', { time: '2026-11-21T08:05:00Z' }), NOW],
    ]);

    expect(timeline).toEqual({
      widthMs: 60_000,
      bins: [
        { from: Date.parse('2026-11-21T08:00:00Z'), bySeverity: { info: 1, warning: 0, error: 1, critical: 0 } },
        { from: Date.parse('2026-11-21T08:05:00Z'), bySeverity: { info: 1, warning: 0, error: 0, critical: 0 } },
      ],
    });
  });

  it('widens its bins for 45 days of minutes, and loses no event', () => {
    const summary = createSummary({ digestId: 'd', frozenAt: NOW });
    const minutes = 45 * 24 * 60;

    for (let n = 0; n < minutes; n += 1) summary.add(briefOf(event('tick')), NOW + n * 60_000);

    const { timeline } = summary.finish();
    const total = timeline.bins.reduce((sum, bin) => sum + bin.bySeverity.info, 0);
    expect(timeline.widthMs).toBe(3_600_000);
    expect(total).toBe(minutes);
  });
});
