/** Builds elements: text is always text, never markup. */

type Child = Node | string | undefined | false;
type Listener = (event: Event) => void;

/** Attributes by name; `on` holds listeners; `false` and `undefined` leave an attribute out. */
export interface Attributes {
  readonly on?: Readonly<Record<string, Listener>>;
  readonly [name: string]: string | number | boolean | undefined | Readonly<Record<string, Listener>>;
}

/** An element with its attributes and children. */
export function el<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  const { on = {}, ...rest } = attributes;
  for (const [key, value] of Object.entries(rest)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(key, value === true ? '' : String(value));
  }
  for (const [event, listener] of Object.entries(on)) element.addEventListener(event, listener);
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

/** A list of choices that calls back with the chosen value. */
export function select(
  options: readonly (readonly [value: string, text: string])[],
  {
    value,
    label,
    onChange,
  }: { readonly value: string; readonly label: string; readonly onChange: (value: string) => void },
): HTMLLabelElement {
  const choices = options.map(([key, text]) => el('option', { value: key, selected: key === value }, text));
  const list = el('select', { on: { change: () => onChange(list.value) } }, ...choices);
  return el('label', { class: 'field' }, el('span', {}, label), list);
}

/** Makes these the children, and leaves those alone that stand where they should: they keep focus and selection. */
export function setChildren(parent: HTMLElement, children: readonly HTMLElement[]): void {
  for (const old of [...parent.children]) if (!children.some((child) => child === old)) old.remove();
  for (const [at, child] of children.entries()) {
    const there = parent.children[at] ?? null;
    if (there !== child) parent.insertBefore(child, there);
  }
}
