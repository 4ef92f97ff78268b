import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildAppIfStale, projectDir } from '../../../infra/build-app.ts';
import { silentTelemetry } from '../../../shared/platform/telemetry/telemetry.ts';

const dir = join(projectDir, 'dist', 'functions');
/** Words that stand in the code of OpenTelemetry's packages and of the exporter, and in no other. */
const MARKS = [/AsyncLocalStorageContextManager/, /PeriodicExportingMetricReader/, /AzureMonitorTraceExporter/];

/** Files of the bundle that are read when `start` is, with what those load later but for `without`. */
function loadedFrom(start: string, without: RegExp, later: 'with what is loaded later' | 'at once'): Set<string> {
  const imports =
    later === 'at once' ? /(?:from|import)\s*"\.\/([^"]+\.mjs)"/g : /(?:from|import)\s*\(?"\.\/([^"]+\.mjs)"/g;
  const loaded = new Set<string>();
  const waiting = [start];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (loaded.has(name) || without.test(name)) continue;
    loaded.add(name);
    waiting.push(...[...readFileSync(join(dir, name), 'utf8').matchAll(imports)].map(([, to = '']) => to));
  }
  return loaded;
}

function marksIn(names: Iterable<string>): RegExp[] {
  const code = [...names].map((name) => readFileSync(join(dir, name), 'utf8')).join('\n');
  return MARKS.filter((mark) => mark.test(code));
}

describe('telemetry that is off', () => {
  beforeAll(async () => {
    await buildAppIfStale();
  }, 60_000);

  it('loads no module of OpenTelemetry, whatever is triggered', () => {
    const all = loadedFrom('index.mjs', /^$/, 'with what is loaded later');
    const without = loadedFrom('index.mjs', /^telemetry-/, 'with what is loaded later');

    expect(marksIn(all)).toEqual(MARKS);
    expect(marksIn(without)).toEqual([]);
  });

  it('leaves a cold start with what it had: settings, cards and clients come later', () => {
    const atOnce = loadedFrom('index.mjs', /^$/, 'at once');
    const later = readdirSync(dir).filter((name) => name.endsWith('.mjs') && !atOnce.has(name));

    expect(marksIn(atOnce)).toEqual([]);
    for (const part of ['telemetry-', 'config-', 'receiving-', 'delivery-', 'storage-client-'])
      expect(later.filter((name) => name.startsWith(part))).toHaveLength(1);
  });

  it('does the work without a word about it', async () => {
    const describe = jest.fn();
    const links = jest.fn();

    const done = await silentTelemetry.work(describe, async () => 'done');
    silentTelemetry.link(links);

    expect(done).toBe('done');
    expect(describe).not.toHaveBeenCalled();
    expect(links).not.toHaveBeenCalled();
    expect(silentTelemetry.trace()).toBeUndefined();
  });
});
