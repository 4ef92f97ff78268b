/** Walks a MessageCard as it came, whatever it holds, and names every place by its path. */

/** Any JSON object. */
export type Raw = Readonly<Record<string, unknown>>;

/** A part of a card that rules look at. */
export type Place =
  | { readonly is: 'card' | 'section' | 'input' | 'image' | 'fact'; readonly path: string; readonly value: Raw }
  /** `inputs`: the ids that the ActionCard around it asks for; `nested`: inside an ActionCard. */
  | {
      readonly is: 'action';
      readonly path: string;
      readonly value: Raw;
      readonly nested: boolean;
      readonly inputs: readonly string[];
    }
  | { readonly is: 'actions'; readonly path: string; readonly value: readonly unknown[] }
  /** Text that clients read as Markdown. */
  | { readonly is: 'text'; readonly path: string; readonly value: string };

const TEXT_FIELDS = {
  card: ['title', 'text', 'summary'],
  section: ['title', 'activityTitle', 'activitySubtitle', 'activityText', 'text'],
} as const;

/** Every place of a card, outermost first. What has the wrong shape is passed by: the schema reports it. */
export function* placesOf(card: Raw): Generator<Place> {
  yield { is: 'card', path: '', value: card };
  yield* textsOf(card, '', TEXT_FIELDS.card);
  yield* actionsOf(card, '');
  for (const [section, path] of objectsIn(card, 'sections', '')) {
    yield { is: 'section', path, value: section };
    yield* textsOf(section, path, TEXT_FIELDS.section);
    for (const [fact, at] of objectsIn(section, 'facts', path)) {
      yield { is: 'fact', path: at, value: fact };
      yield* textsOf(fact, at, ['name', 'value']);
    }
    for (const [image, at] of objectsIn(section, 'images', path)) yield { is: 'image', path: at, value: image };
    if (isRaw(section['heroImage'])) yield { is: 'image', path: join(path, 'heroImage'), value: section['heroImage'] };
    yield* actionsOf(section, path);
  }
}

/** An object, not an array and not null. */
export function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The items of a list, and none for what is no list. */
export function listIn(value: Raw, field: string): readonly unknown[] {
  const list = value[field];
  return Array.isArray(list) ? list : [];
}

function* actionsOf(owner: Raw, path: string): Generator<Place> {
  if (!Array.isArray(owner['potentialAction'])) return;
  yield { is: 'actions', path: join(path, 'potentialAction'), value: listIn(owner, 'potentialAction') };
  for (const [action, at] of objectsIn(owner, 'potentialAction', path)) {
    yield { is: 'action', path: at, value: action, nested: false, inputs: [] };
    const inputs = listIn(action, 'inputs').flatMap((input) =>
      isRaw(input) && typeof input['id'] === 'string' ? [input['id']] : [],
    );
    for (const [input, inputAt] of objectsIn(action, 'inputs', at)) yield { is: 'input', path: inputAt, value: input };
    for (const [inner, innerAt] of objectsIn(action, 'actions', at)) {
      yield { is: 'action', path: innerAt, value: inner, nested: true, inputs };
    }
  }
}

function* textsOf(owner: Raw, path: string, fields: readonly string[]): Generator<Place> {
  for (const field of fields) {
    const value = owner[field];
    if (typeof value === 'string') yield { is: 'text', path: join(path, field), value };
  }
}

function* objectsIn(owner: Raw, field: string, path: string): Generator<readonly [Raw, string]> {
  for (const [index, value] of listIn(owner, field).entries()) {
    if (isRaw(value)) yield [value, `${join(path, field)}[${index}]`];
  }
}

/** `sections[0]` + `text` = `sections[0].text`. */
export function join(path: string, field: string): string {
  return path === '' ? field : `${path}.${field}`;
}

/** What stands in a field, as text. Not `String`: it calls an object's own `toString`, which a card can hold as a field. */
export function textIn(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
