/** Runs commands word for word in a real shell, in which `az`, `azd`, `npm` and others act on a test's own system. */
import { execFile } from 'node:child_process';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';

/** What a tool does; gives what it prints. @throws Error for a call that it does not know. */
export type Tool = (args: readonly string[]) => Promise<string>;

/** A shell with tools. */
export interface Shell {
  /** Runs the lines one after the other until one fails; gives the environment at the end. */
  run(
    lines: readonly string[],
    environment: Readonly<Record<string, string | undefined>>,
  ): Promise<Record<string, string>>;
  stop(): Promise<void>;
}

const FORWARD = `
const [url, tool, ...args] = process.argv.slice(2);
const answer = await fetch(url, { method: 'POST', body: JSON.stringify({ tool, args }) });
const said = await answer.text();
if (answer.ok) process.stdout.write(said); else { process.stderr.write(said); process.exitCode = 1; }
`;
const OURS = /^(PATH|PWD|OLDPWD|SHLVL|_|HOME)$/;

/** The tools, and whole calls of them that always answer the same. */
export interface Tools {
  readonly tools: Readonly<Record<string, Tool>>;
  readonly known: Readonly<Record<string, string>>;
}

/** Puts the tools on the path of shells that run in `dir`. */
export async function aShell(dir: string, { tools, known }: Tools): Promise<Shell> {
  const server: Server = createServer(async (request, response) => {
    const { tool, args } = JSON.parse(await text(request)) as { tool: string; args: string[] };
    try {
      response.end(await tools[tool]?.(args));
    } catch (error) {
      response.writeHead(500).end(error instanceof Error ? error.message : 'failed');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const forward = join(dir, 'forward.mjs');
  await writeFile(forward, FORWARD);
  for (const tool of Object.keys(tools)) {
    const path = join(dir, tool);
    const answers = Object.entries(known).map(([call, said]) => `  '${call}') echo '${said}'; exit;;\n`);
    const answer = `case "${tool} $*" in\n${answers.join('')}esac\n`;
    await writeFile(path, `#!/bin/sh\n${answer}exec '${process.execPath}' '${forward}' '${url}' ${tool} "$@"\n`);
    await chmod(path, 0o755);
  }
  return {
    async run(lines, environment) {
      const after = join(dir, 'environment');
      const script = ['set -e', ...lines, `env -0 > '${after}'`].join('\n');
      const env = { ...environment, PATH: `${dir}:${process.env['PATH']}`, HOME: dir };
      await promisify(execFile)('sh', ['-c', script], { cwd: dir, env, timeout: 30_000 });
      const entries = (await readFile(after, 'utf8')).split('\0').filter(Boolean);
      return Object.fromEntries(
        entries
          .map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)] as const)
          .filter(([name]) => !OURS.test(name)),
      );
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
