/** Parses Bicep with the grammar that editors use (tree-sitter-bicep, as WebAssembly): no compiler of Microsoft's is on npm. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Language, type Node, Parser } from 'web-tree-sitter';
import { projectDir } from '../../build-app.ts';

const require = createRequire(join(projectDir, 'package.json'));

/** A parsed file's tree; its nodes stay usable for as long as the process runs. */
export type BicepNode = Node;

/** What the parser is, as a report names it. */
export function parserName(): string {
  const versionOf = (name: string) => (require(`${name}/package.json`) as { version: string }).version;
  return `tree-sitter-bicep ${versionOf('tree-sitter-bicep')}`;
}

let parser: Promise<Parser> | undefined;

/** The tree of `source`. Faults in it are nodes of the tree: see `syntaxFaults`. */
export async function parseBicep(source: string): Promise<BicepNode> {
  parser ??= loadParser();
  const tree = (await parser).parse(source);
  if (tree === null) throw new Error('The parser gave no tree.');
  return tree.rootNode;
}

async function loadParser(): Promise<Parser> {
  await Parser.init();
  const grammar = require.resolve('tree-sitter-bicep/tree-sitter-bicep.wasm');
  const made = new Parser();
  made.setLanguage(await Language.load(await readFile(grammar)));
  return made;
}

/** Where the text is no Bicep: a line of words for each place. */
export function syntaxFaults(root: BicepNode): string[] {
  return everyNode(root)
    .filter((node) => node.isError || node.isMissing)
    .map((node) => `line ${node.startPosition.row + 1}: not Bicep: ${JSON.stringify(node.text.slice(0, 60))}`);
}

/** A node and all below it, in the order of the text. */
export function everyNode(node: BicepNode): BicepNode[] {
  return [node, ...node.children.flatMap((child) => everyNode(child))];
}
