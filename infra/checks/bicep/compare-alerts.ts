/** Alerts against the code: what a query looks for is what the app writes, and each alert has its paragraph for who is woken. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectDir } from '../../build-app.ts';
import { at, type BicepFile, sourceOf } from './read-bicep.ts';

/** An alert as declared. */
export interface Alert {
  readonly name: string;
  readonly description: string;
  readonly query: string;
}

/** The alerts of the file, in its order. */
export function alertsOf(file: BicepFile): Alert[] {
  const list = file.variables.find(({ name }) => name === 'alerts')?.value;
  return (list?.is === 'list' ? list.items : []).map((item) => ({
    name: sourceOf(at(item, 'name')),
    description: sourceOf(at(item, 'description')),
    query: sourceOf(at(item, 'query')).trim(),
  }));
}

/** One line for each fault. */
export function compareAlerts(file: BicepFile): string[] {
  const code = sources('functions') + sources('shared');
  const operations = readFileSync(join(projectDir, 'docs/operations.md'), 'utf8');
  return alertsOf(file).flatMap(({ name, query }) => {
    const sentences = [...query.matchAll(/message has '([^']+)'/g)].map(([, sentence = '']) => sentence);
    const functions = [...query.matchAll(/name == '([^']+)'/g)].map(([, fn = '']) => fn);
    return [
      ...sentences.filter((said) => !code.includes(`'${said}'`)).map((said) => `alert ${name}: nothing logs "${said}"`),
      ...functions.filter((fn) => !code.includes(`'${fn}'`)).map((fn) => `alert ${name}: there is no function ${fn}`),
      ...(operations.includes(`\`${name}\``) ? [] : [`docs/operations.md does not say what to do about alert ${name}`]),
    ];
  });
}

function sources(folder: string): string {
  const dir = join(projectDir, folder);
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(dir, name), 'utf8'))
    .join('\n');
}
