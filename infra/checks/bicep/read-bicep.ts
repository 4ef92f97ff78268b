/** A Bicep file as data: what it declares, with values as far as they are written out. */
import { type BicepNode, everyNode, parseBicep, syntaxFaults } from './parse-bicep.ts';

/** A value: written out, or an expression that only Azure can work out. */
export type Value =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'list'; readonly items: readonly Value[] }
  | { readonly is: 'object'; readonly fields: Readonly<Record<string, Value>> }
  | { readonly is: 'expression'; readonly source: string };

/** A parameter, variable or output. */
export interface Declaration {
  readonly name: string;
  readonly decorators: readonly string[];
  readonly value: Value | undefined;
}

/** A resource or module: `kind` is its type with API version, or its file. A nested resource has its parent's symbol. */
export interface Body {
  readonly name: string;
  readonly kind: string;
  readonly existing: boolean;
  readonly parent: string | undefined;
  readonly value: Value;
}

/** One file. */
export interface BicepFile {
  readonly root: BicepNode;
  readonly faults: readonly string[];
  readonly parameters: readonly Declaration[];
  readonly variables: readonly Declaration[];
  readonly outputs: readonly Declaration[];
  readonly resources: readonly Body[];
  readonly modules: readonly Body[];
}

/** Reads `source`; faults in its syntax are listed, and what surrounds them is read all the same. */
export async function readBicep(source: string): Promise<BicepFile> {
  const root = await parseBicep(source);
  const of = (type: string) => root.children.filter((node) => node.type === type);
  return {
    root,
    faults: syntaxFaults(root),
    parameters: of('parameter_declaration').map(readDeclaration),
    variables: of('variable_declaration').map(readDeclaration),
    outputs: of('output_declaration').map(readDeclaration),
    resources: everyNode(root)
      .filter((node) => node.type === 'resource_declaration')
      .map(readBody),
    modules: of('module_declaration').map(readBody),
  };
}

function readDeclaration(node: BicepNode): Declaration {
  const before = node.previousNamedSibling;
  const decorators = before?.type === 'decorators' ? before.namedChildren.map((child) => child?.text ?? '') : [];
  const equals = node.children.findIndex((child) => child.type === '=');
  const value = equals === -1 ? undefined : node.children[equals + 1];
  return { name: nameOf(node), decorators, value: value === undefined ? undefined : readValue(value) };
}

function readBody(node: BicepNode): Body {
  const kind = node.namedChildren.find((child) => child?.type === 'string');
  const body = node.children.at(-1);
  return {
    name: nameOf(node),
    kind: kind == null ? '' : textOf(kind),
    existing: node.children.some((child) => child.type === 'existing'),
    parent: parentOf(node),
    value: body === undefined ? { is: 'expression', source: '' } : readValue(unwrap(body)),
  };
}

/** The object inside `[for …: if (…) { … }]`. */
function unwrap(node: BicepNode): BicepNode {
  if (node.type !== 'for_statement' && node.type !== 'if_statement') return node;
  const inner = node.namedChildren.findLast((child) => /^(object|if_statement|for_statement)$/.test(child?.type ?? ''));
  return inner == null ? node : unwrap(inner);
}

function parentOf(node: BicepNode): string | undefined {
  for (let above = node.parent; above !== null; above = above.parent) {
    if (above.type === 'resource_declaration') return nameOf(above);
  }
  return undefined;
}

function nameOf(node: BicepNode): string {
  return node.namedChildren.find((child) => child?.type === 'identifier')?.text ?? '';
}

/** A node as a value. */
export function readValue(node: BicepNode): Value {
  if (node.type === 'string' && !everyNode(node).some(({ type }) => type === 'interpolation'))
    return { is: 'text', text: textOf(node) };
  if (node.type === 'array')
    return { is: 'list', items: node.namedChildren.flatMap((item) => (item ? [readValue(item)] : [])) };
  if (node.type !== 'object') return { is: 'expression', source: node.text };
  const properties = node.namedChildren.filter((child) => child?.type === 'object_property');
  const fields = properties.flatMap((property): [string, Value][] => {
    const [key, , value] = property?.children ?? [];
    if (key === undefined || value === undefined) return []; // a nested resource
    return [[key.type === 'string' ? textOf(key) : key.text, readValue(unwrap(value))]];
  });
  return { is: 'object', fields: Object.fromEntries(fields) };
}

function textOf(string: BicepNode): string {
  return string.namedChildren.map((part) => part?.text ?? '').join('');
}

/** What stands at a path of field names; undefined where there is nothing. */
export function at(value: Value | undefined, ...path: readonly string[]): Value | undefined {
  return path.reduce((inside, name) => (inside?.is === 'object' ? inside.fields[name] : undefined), value);
}

/** Every text of a list; what is none is left out. */
export function texts(value: Value | undefined): string[] {
  return value?.is === 'list' ? value.items.flatMap((item) => (item.is === 'text' ? [item.text] : [])) : [];
}

/** A value as one line of words. */
export function sourceOf(value: Value | undefined): string {
  if (value === undefined) return '';
  return value.is === 'text' ? value.text : value.is === 'expression' ? value.source : value.is;
}
