/** Where a process spends its CPU: a profile of it, as the functions that take most. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const MOST = 25;

const profileSchema = z.object({
  nodes: z.array(
    z.object({
      id: z.number(),
      callFrame: z.object({ functionName: z.string(), url: z.string(), lineNumber: z.number() }),
    }),
  ),
  samples: z.array(z.number()),
});

/** Runs `work` with the environment that profiles a process started in it; the lines say what took most, of its own. */
export async function profiled(work: (env: Readonly<Record<string, string>>) => Promise<unknown>): Promise<string[]> {
  const dir = await mkdtemp(join(tmpdir(), 'tidings-profile-'));
  const file = join(dir, 'cpu.json');
  try {
    const preload = new URL('./profile-preload.mjs', import.meta.url).href;
    await work({ NODE_OPTIONS: `--import=${preload}`, BENCH_PROFILE: file });
    return topFunctions(JSON.parse(await readFile(file, 'utf8')));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** The functions of a V8 CPU profile that took most samples themselves. */
export function topFunctions(profile: unknown): string[] {
  const { nodes, samples } = profileSchema.parse(profile);
  const places = new Map(nodes.map(({ id, callFrame }) => [id, placeOf(callFrame)]));
  const own = new Map<string, number>();
  for (const id of samples) {
    const place = places.get(id) ?? '?';
    if (place !== '(idle)') own.set(place, (own.get(place) ?? 0) + 1);
  }
  const busy = [...own.values()].reduce((sum, count) => sum + count, 0);
  return [...own]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST)
    .map(([place, count]) => `${((100 * count) / busy).toFixed(1).padStart(6)} %  ${place}`);
}

interface Frame {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
}

function placeOf({ functionName, url, lineNumber }: Frame): string {
  const file = url.slice(url.lastIndexOf('/') + 1);
  return url === '' ? functionName : `${functionName || '(anonymous)'} ${file}:${lineNumber + 1}`;
}
