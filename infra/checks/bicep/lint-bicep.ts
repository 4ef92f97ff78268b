/** What the compiler would say of our Bicep, as far as it can be said without it: one line for each fault. */
import { dirname, join } from 'node:path/posix';
import { type BicepNode, everyNode } from './parse-bicep.ts';
import { at, type BicepFile, type Body, sourceOf, type Value } from './read-bicep.ts';

/** Files by their path. */
export type BicepFiles = ReadonlyMap<string, BicepFile>;

/** Every function that our files may call: a new one is added here after looking it up. */
const FUNCTIONS = new Set(
  'allowed concat description empty environment guid int items loadTextContent maxLength minLength split subscription subscriptionResourceId tenant toLower union uniqueString'.split(
    ' ',
  ),
);

/** Runs all rules over all files. */
export function lintBicep(files: BicepFiles): string[] {
  return [...files].flatMap(([path, file]) =>
    [
      ...file.faults,
      ...nameFaults(file),
      ...resourceFaults(file),
      ...file.modules.flatMap((module) => moduleFaults(files, path, module)),
      ...outputReferenceFaults(files, path, file),
      ...secretFaults(file),
    ].map((fault) => `${path}: ${fault}`),
  );
}

/** Every name used is declared, and every name declared is used. */
function nameFaults({ root, parameters, variables, resources, modules }: BicepFile): string[] {
  const used = everyNode(root).filter(isReference);
  const usedNames = new Set(used.map(({ text }) => text));
  const declared = [...parameters, ...variables, ...resources.filter(({ existing }) => existing)];
  const known = new Set([...parameters, ...variables, ...resources, ...modules].map(({ name }) => name));
  for (const node of everyNode(root)) if (isLoopVariable(node)) known.add(node.text);
  return [
    ...declared.filter(({ name }) => !usedNames.has(name)).map(({ name }) => `${name} is declared and never used`),
    ...used
      .filter((node) => !(isCalled(node) ? FUNCTIONS : known).has(node.text))
      .map((node) => `line ${node.startPosition.row + 1}: ${node.text} is not declared`),
  ];
}

function isLoopVariable(node: BicepNode): boolean {
  if (node.type === 'loop_variable' || node.type === 'loop_enumerator') return true;
  return node.type === 'identifier' && node.previousSibling?.type === 'for';
}

function isCalled(node: BicepNode): boolean {
  return node.parent?.type === 'call_expression' && node.previousSibling === null;
}

/** An identifier that stands for something declared elsewhere: no key, no name being declared, no type. */
function isReference(node: BicepNode): boolean {
  if (node.type !== 'identifier' || isLoopVariable(node)) return false;
  const { parent } = node;
  if (parent === null || parent.type === 'type') return false;
  if (/_declaration$/.test(parent.type)) return node.previousSibling !== null && node.previousSibling.type === '=';
  return !(parent.type === 'object_property' && node.previousSibling === null);
}

/** Plain resources with a pinned API version. */
function resourceFaults({ resources }: BicepFile): string[] {
  return resources
    .filter(({ kind, parent }) => parent === undefined && !/^Microsoft\.[\w./]+@\d{4}-\d\d-\d\d(-preview)?$/.test(kind))
    .map(({ name, kind }) => `${name}: "${kind}" is no resource type with an API version`);
}

function parametersOf(module: Body): ReadonlySet<string> {
  const given = at(module.value, 'params');
  return new Set(given?.is === 'object' ? Object.keys(given.fields) : []);
}

/** A module is a file of ours, given every parameter that it has no default for, and no other. */
function moduleFaults(files: BicepFiles, path: string, module: Body): string[] {
  const target = files.get(join(dirname(path), module.kind));
  if (target === undefined) return [`${module.name}: there is no file ${module.kind}`];
  const given = parametersOf(module);
  const needed = target.parameters.filter(({ value }) => value === undefined);
  const known = new Set(target.parameters.map(({ name }) => name));
  return [
    ...needed.filter(({ name }) => !given.has(name)).map(({ name }) => `${module.name} is not given ${name}`),
    ...[...given]
      .filter((name) => !known.has(name))
      .map((name) => `${module.name} is given ${name}, which it does not take`),
  ];
}

/** `module.outputs.name` names an output that is there. */
function outputReferenceFaults(files: BicepFiles, path: string, { root, modules }: BicepFile): string[] {
  return [...root.text.matchAll(/\b(\w+)!?\.outputs\.(\w+)/g)].flatMap(([whole, symbol, output]) => {
    const module = modules.find(({ name }) => name === symbol);
    const target = module && files.get(join(dirname(path), module.kind));
    return target?.outputs.some(({ name }) => name === output) ? [] : [`${whole} is not there`];
  });
}

/** Names of what holds a secret, and calls that give one. */
const SECRET_NAME =
  /(secret|password|pwd|sas|credential|accesskey|accountkey|apikey|functionkey|sealing|signing|setupkey)/i;
const SECRET_CALL = /\b(list\w*|getSecret)\s*\(|@secure\s*\(/;

/** No secret passes through a template: not in, not out, not into a setting. */
function secretFaults({ root, parameters, outputs }: BicepFile): string[] {
  const call = SECRET_CALL.exec(root.text.replaceAll(/\/\/.*|'''[\s\S]*?'''/g, ''));
  return [
    ...(call === null ? [] : [`${call[0]}…: a template handles no secret`]),
    ...parameters
      .filter(({ name }) => SECRET_NAME.test(name))
      .map(({ name }) => `parameter ${name} looks like a secret`),
    ...outputs
      .filter(({ name, value }) => SECRET_NAME.test(name) || isSecretValue(value))
      .map(({ name }) => `output ${name} looks like a secret`),
  ];
}

function isSecretValue(value: Value | undefined): boolean {
  return /ConnectionString|InstrumentationKey|listKeys|\.keys\b|primaryKey/i.test(sourceOf(value));
}
