import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { projectDir } from '../../../infra/build-app.ts';
import { createOps } from '../../../infra/ops/create-ops.ts';

const DOCS = join(projectDir, 'docs');
const pages = readdirSync(DOCS).filter((name) => name.endsWith('.md'));
const named = pages.flatMap((page) =>
  [...readFileSync(join(DOCS, page), 'utf8').matchAll(/npm run ops -- ([a-z][a-z-]{2,}(?: [a-z][a-z-]{2,})?)/g)].map(
    ([, words = '']) => words,
  ),
);

/** What a command's help begins with: that of all commands for one that is not there. */
async function usageOf(words: readonly string[]): Promise<string> {
  let said = '';
  const say = (text: string) => {
    said += text;
  };
  await createOps({ out: say, err: say, stdin: Readable.from([]) })([...words, '--help']).catch(() => {});
  return said.split('\n')[0] ?? '';
}

it.each([...new Set(named)].map((words) => [words]))(
  '"npm run ops -- %s" of the documents is a command',
  async (words) => {
    const [command = '', more] = words.split(' ');

    const [alone, both] = [await usageOf([command]), more === undefined ? '' : await usageOf([command, more])];

    const isGroup = alone.includes('[command]');
    expect(alone).toContain(`npm run ops -- ${command}`);
    expect(both).toContain(more === undefined ? '' : `npm run ops -- ${command}${isGroup ? ` ${more}` : ''}`);
  },
);

it('has runbooks that name commands', () => {
  expect(new Set(named).size).toBeGreaterThan(8);
});
