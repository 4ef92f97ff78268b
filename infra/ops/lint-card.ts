/** `lint-card FILE`: what is wrong with a MessageCard. */
import { readFile } from 'node:fs/promises';
import { formatFinding, lintMessageCard } from '../../shared/cards/lint-message-card.ts';
import type { Terminal } from './create-ops.ts';

/** Prints the findings; 1 when one is an error, 2 when the file is none that can be read. */
export async function lintCard(terminal: Terminal, file: string, format: 'json' | 'lines'): Promise<0 | 1 | 2> {
  const read = await readJson(terminal, file);
  if ('fault' in read) {
    terminal.err(`${file}: ${read.fault}\n`);
    return 2;
  }
  const findings = lintMessageCard(read.json);
  if (format === 'json') terminal.out(`${JSON.stringify(findings)}\n`);
  else for (const finding of findings) terminal.out(`${formatFinding(finding)}\n`);
  return findings.some(({ level }) => level === 'error') ? 1 : 0;
}

async function readJson({ stdin }: Terminal, file: string): Promise<{ json: unknown } | { fault: string }> {
  let text = '';
  try {
    if (file === '-') for await (const part of stdin) text += part.toString();
    else text = await readFile(file, 'utf8');
  } catch {
    return { fault: 'cannot be read. Give the path of a file with the card’s JSON, or - for standard input.' };
  }
  try {
    return { json: JSON.parse(text) };
  } catch {
    return { fault: 'is not JSON.' };
  }
}
