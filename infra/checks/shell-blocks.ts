/** Commands in documents: each block of them is one that a shell reads, and each name in it is there. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectDir } from '../build-app.ts';

/** Languages of blocks that hold commands; a block without one does, unless it draws. */
const SHELLS = ['', 'sh', 'bash', 'shell', 'console'];
/** What a block of commands begins with; others without a language are drawings or answers. */
const COMMANDS = /^(npm|npx|node|git|az|azd|azcopy|func|docker|kubectl|export|curl|cd)\b/;

/** The blocks of commands on a page, with the line that each begins on. */
function blocksOf(markdown: string): { readonly line: number; readonly text: string }[] {
  return [...markdown.matchAll(/^```(\w*)\n([\s\S]*?)^```/gm)].flatMap(({ 1: language = '', 2: text = '', index }) => {
    const isShell = SHELLS.includes(language) && (language !== '' || COMMANDS.test(text.trimStart()));
    return isShell ? [{ line: markdown.slice(0, index).split('\n').length + 1, text }] : [];
  });
}

/** True where there is a shell to ask: on Windows there may be none. */
const hasBash = spawnSync('bash', ['-c', 'true']).status === 0;

/** A line for each fault on a page. */
export function shellFaults(page: string, markdown: string): string[] {
  return blocksOf(markdown).flatMap(({ line, text }) => {
    const where = `${page}, line ${line}`;
    const parsed = hasBash ? spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' }) : undefined;
    const files = [...text.matchAll(/\b(?:node|tsx|bash) (?:--\S+ )*([\w./-]+\.(?:ts|mjs|js|sh))/g)].map(
      ([, file = '']) => file,
    );
    return [
      ...(parsed === undefined || parsed.status === 0
        ? []
        : [`${where}: no shell reads this: ${parsed.stderr.trim()}`]),
      ...files.filter((file) => !existsSync(join(projectDir, file))).map((file) => `${where}: there is no ${file}`),
    ];
  });
}
