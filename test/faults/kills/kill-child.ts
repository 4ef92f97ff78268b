/** Starts the process that is to die, waits until it stands at its call, and kills it: nothing of it runs after that. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { startChild } from '../../../infra/local/child-process.ts';
import type { Fault } from '../wire.ts';
import type { Operation, WorkerOptions } from './worker.ts';

/** What it is to do, and where it dies; without `plan` it lives. */
export interface Told {
  readonly worker: WorkerOptions;
  readonly operation: Operation;
  readonly plan?: { readonly at: number; readonly fault: Exclude<Fault, 'lost'> } | undefined;
}

const saidSchema = z.object({ came: z.enum(['done', 'died']), calls: z.array(z.string()) });

/** What it did until then, and its exit code: null where SIGKILL ended it. */
export type Killed = z.infer<typeof saidSchema> & { readonly code: number | null };

const PROJECT = join(__dirname, '../../..');
const TYPESCRIPT = pathToFileURL(join(PROJECT, 'node_modules/tsx/dist/loader.mjs')).href;

/** Runs it to its end. */
export async function killChild(told: Told): Promise<Killed> {
  const lines: string[] = [];
  const child = startChild({
    args: ['--import', TYPESCRIPT, join(__dirname, 'child.ts'), JSON.stringify(told)],
    cwd: PROJECT,
    onLine: (line) => lines.push(line),
    onMessage: () => void child.kill(), // it stands at its call
  });
  const code = await child.ended;
  const said = lines.find((line) => line.startsWith('{'));
  if (said === undefined) throw new Error(`the child said only:\n${lines.join('\n')}`);
  return { ...saidSchema.parse(JSON.parse(said)), code };
}
