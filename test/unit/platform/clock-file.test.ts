import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileClock } from '../../../shared/platform/clock-file.ts';

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tidings-clock-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

async function aClock(content: string | undefined) {
  const path = join(dir, `${Math.random()}.json`);
  if (content !== undefined) await writeFile(path, content);
  return createFileClock(path);
}

describe('the clock of a file', () => {
  it('shows what the file says, and goes as fast', async () => {
    const wall = Date.parse('2026-11-23T09:00:00Z');
    const clock = await aClock(JSON.stringify({ real: Date.now() - 1_000, wall, rate: 60 }));

    const ahead = clock.now() - wall;

    expect(ahead).toBeGreaterThanOrEqual(60_000);
    expect(ahead).toBeLessThan(600_000);
    expect(clock.rate()).toBe(60);
  });

  it.each([
    ['missing', undefined],
    ['half written', '{"real":'],
    ['of another shape', '{"real":1}'],
    ['set to stand still', '{"real":0,"wall":0,"rate":0}'],
  ])('is the machine’s own while the file is %s', async (_, content) => {
    const clock = await aClock(content);

    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1_000);
    expect(clock.rate()).toBe(1);
  });

  it('leaves the real clock alone', async () => {
    const clock = await aClock(JSON.stringify({ real: 0, wall: 0, rate: 100 }));

    expect(Math.abs(clock.realNow() - Date.now())).toBeLessThan(1_000);
  });
});
