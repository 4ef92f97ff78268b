/** Measurements that need a process of their own: a script of `workers/`, its input, its one answer. */
import { fileURLToPath } from 'node:url';
import { projectDir } from '../../infra/build-app.ts';
import { startChild } from '../../infra/local/child-process.ts';

/** What to run. */
export interface WorkerOptions {
  /** A file of `workers/`. */
  readonly script: string;
  readonly input?: object;
  readonly env?: Readonly<Record<string, string>>;
  /** Arguments of Node.js. */
  readonly node?: readonly string[];
}

/** Runs a script to its end; what it answered. @throws Error with what it wrote when it ends without an answer. */
export async function runWorker({ script, input = {}, env = {}, node = [] }: WorkerOptions): Promise<unknown> {
  let answer: { readonly value: unknown } | undefined;
  const said: string[] = [];
  const child = startChild({
    args: [...node, '--import', 'tsx', fileURLToPath(new URL(`./workers/${script}`, import.meta.url))],
    cwd: projectDir,
    env: { ...env, BENCH_INPUT: JSON.stringify(input) },
    onLine: (line) => said.push(line),
    onMessage: (value) => {
      answer = { value };
    },
  });
  await child.ended;
  if (answer === undefined) throw new Error(`${script} gave no answer. It said:\n${said.slice(-20).join('\n')}`);
  return answer.value;
}

/** In a worker: reads the input, gives the answer, and ends. */
export async function answering<Input>(work: (input: Input) => Promise<object>): Promise<void> {
  const input = JSON.parse(process.env['BENCH_INPUT'] ?? '{}') as Input;
  const answer = await work(input);
  process.send?.(answer, () => process.exit(0));
}
