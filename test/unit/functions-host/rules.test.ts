/** Rules of the function host that need no host. */
import { connectionStringOf, resolveSettings } from '../../../infra/local/functions-host/app-settings.ts';
import { parseHostJson } from '../../../infra/local/functions-host/host-json.ts';
import { createPollingDelay } from '../../../infra/local/functions-host/polling-delay.ts';
import { decodeMessage } from '../../../infra/local/functions-host/queue-message.ts';
import { parseRoute } from '../../../infra/local/functions-host/route-template.ts';

describe('polling', () => {
  it('waits longer each time nothing is found, up to the most, and starts again after a message', () => {
    const nextDelayMs = createPollingDelay({ maxMs: 1_000, random: () => 0.5 });

    const delays = [true, false, false, false, false, false, true].map(nextDelayMs);

    expect(delays).toEqual([100, 200, 300, 500, 900, 1_000, 100]);
  });

  it.each([
    [0, 180],
    [1, 220],
  ])('varies a wait by a fifth: chance %d gives %d ms', (chance, expected) => {
    const nextDelayMs = createPollingDelay({ maxMs: 1_000, random: () => chance });

    nextDelayMs(true);

    expect(Math.round(nextDelayMs(false))).toBe(expected);
  });

  it('never waits longer than the most, however short that is', () => {
    expect(createPollingDelay({ maxMs: 50 })(true)).toBe(50);
  });
});

describe('host.json', () => {
  it("has Azure's defaults", () => {
    expect(parseHostJson('{"version":"2.0"}')).toEqual({
      routePrefix: 'api',
      logLevel: 'Information',
      queues: {
        batchSize: 16,
        newBatchThreshold: 8,
        maxPollingInterval: 60_000,
        visibilityTimeout: 0,
        maxDequeueCount: 5,
        messageEncoding: 'base64',
      },
    });
  });

  it.each([
    ['00:00:01', 1_000],
    ['01:02:03', 3_723_000],
    ['1.00:00:00', 86_400_000],
    ['00:00:00.2000000', 200],
  ])('reads the time span %s', (text, expected) => {
    const json = JSON.stringify({ version: '2.0', extensions: { queues: { maxPollingInterval: text } } });

    expect(parseHostJson(json).queues.maxPollingInterval).toBe(expected);
  });

  it('names every fault at once', () => {
    const json = JSON.stringify({
      version: '2.0',
      extensions: { queues: { batchSize: 33, visibilityTimeout: '30s' } },
    });

    expect(() => parseHostJson(json)).toThrow(/batchSize[\s\S]*visibilityTimeout|visibilityTimeout[\s\S]*batchSize/);
  });
});

describe('routes', () => {
  it.each([
    ['{id:guid}', '/4bf92f35-77b3-4da6-a3ce-929d0e0e4736', true],
    ['{id:guid}', '/4bf92f35', false],
    ['{n:min(3)}', '/2', false],
    ['{n:max(3)}', '/3', true],
    ['{code:length(2)}', '/abc', false],
    ['{word:alpha}', '/a1', false],
    ['{ignored:maxlength(0)?}', '/', true],
    ['{ignored:maxlength(0)?}', '/x', false],
    ['a/{*rest}', '/a', true],
    ['a/{b}', '/a//', false],
    ['a/{b}/c', '/a/x/c/', true],
  ])('%s and %s: %s', (route, path, matches) => {
    expect(parseRoute(route).match(path) !== undefined).toBe(matches);
  });

  it('orders more specific routes first', () => {
    const routes = ['{*all}', 'a/{b}', '{a}/b', 'a/{b:int}', 'a/b', '', '{*all:alpha}'];

    const ordered = [...routes].sort((a, b) => (parseRoute(a).precedence < parseRoute(b).precedence ? -1 : 1));

    expect(ordered).toEqual(['', 'a/b', 'a/{b:int}', 'a/{b}', '{a}/b', '{*all:alpha}', '{*all}']);
  });

  it.each(['{a?}/b', '{*a}/b', 'x{a}', '{a=1}', '{a:hex}'])('refuses %s, naming the route', (route) => {
    expect(() => parseRoute(route)).toThrow(`Route "${route}"`);
  });
});

describe('messages', () => {
  it.each([
    ['{"a":1}', 'none', '{"a":1}'],
    ['eyJhIjoxfQ==', 'none', 'eyJhIjoxfQ=='],
    ['eyJhIjoxfQ==', 'base64', '{"a":1}'],
    ['', 'base64', ''],
    ['{"a":1}', 'base64', undefined],
    ['eyJhIjoxfQ', 'base64', undefined],
  ] as const)('reads %j with encoding %s as %j', (text, encoding, expected) => {
    expect(decodeMessage(text, encoding)).toBe(expected);
  });
});

describe('settings', () => {
  it('replaces names between percent signs', () => {
    expect(resolveSettings('%A%-x-%B%', { A: 'one', B: 'two' })).toBe('one-x-two');
    expect(() => resolveSettings('%GONE%', {})).toThrow('needs the setting GONE');
  });

  it.each([
    [undefined, 'plain'],
    ['', 'plain'],
    ['AzureWebJobsStorage', 'plain'],
    ['Other', 'prefixed'],
  ])('finds the connection %j', (name, expected) => {
    const settings = { AzureWebJobsStorage: 'plain', AzureWebJobsOther: 'prefixed', Other: 'bare' };

    expect(connectionStringOf(name, settings)).toBe(expected);
  });

  it('says which connection is missing', () => {
    expect(() => connectionStringOf('Other', { Other: '' })).toThrow('setting Other must hold a connection string');
  });
});
