/** Draws the inputs of an ActionCard and reads what was typed. */
import { el } from '../shared/dom.ts';
import { isTrue, recordsOf, textOf } from '../shared/json.ts';
import type { Card } from '../shared/shapes.ts';
import type { ActionHost } from './actions.ts';

/** Inputs on the page. */
export interface Inputs {
  readonly element: HTMLElement;
  values(): Record<string, string>;
}

interface Input {
  readonly id: string;
  readonly element: HTMLElement;
  read(): string;
}

/** The inputs of a card, in their order. */
export function drawInputs(value: unknown, host: ActionHost): Inputs {
  const inputs = recordsOf(value).map((input) => drawInput(input, host));
  const element = el('div', { class: 'inputs' }, ...inputs.map((input) => input.element));
  return { element, values: () => Object.fromEntries(inputs.map(({ id, read }) => [id, read()])) };
}

function drawInput(input: Card, host: ActionHost): Input {
  switch (input['@type']) {
    case 'DateInput':
      return single(input, el('input', { type: isTrue(input['includeTime']) ? 'datetime-local' : 'date' }));
    case 'MultichoiceInput':
      return choice(input, host);
    default:
      return single(input, isTrue(input['isMultiline']) ? el('textarea', { rows: 3 }) : el('input', { type: 'text' }));
  }
}

function single(input: Card, field: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement): Input {
  const title = textOf(input['title']);
  field.name = textOf(input['id']);
  field.required = isTrue(input['isRequired']);
  const most = Number(input['maxLength']);
  if (!(field instanceof HTMLSelectElement)) {
    field.value = textOf(input['value']);
    field.placeholder = title;
    if (most > 0) field.maxLength = most;
  }
  return {
    id: field.name,
    element: el('label', { class: 'field' }, el('span', {}, title), field),
    read: () => field.value,
  };
}

/** Normal (Teams says compact) or expanded; in Teams several choices are expanded unless the card says otherwise. */
function choice(input: Card, host: ActionHost): Input {
  const multiple = isTrue(input['isMultiSelect']);
  const style = textOf(input['style']);
  const expanded = style === 'expanded' || (style === '' && multiple && host.view === 'teams');
  const choices = recordsOf(input['choices']);
  const initial = textOf(input['value']);
  if (!expanded) {
    const options = choices.map(({ display, value }) =>
      el('option', { value: textOf(value), selected: textOf(value) === initial }, textOf(display)),
    );
    const list = el(
      'select',
      { multiple },
      ...(multiple || initial !== '' ? [] : [el('option', { value: '' })]),
      ...options,
    );
    const read = () => [...list.selectedOptions].map(({ value }) => value).join(host.separator);
    return { ...single(input, list), read };
  }
  const boxes = choices.map(({ display, value }) => ({
    text: textOf(display),
    box: el('input', {
      type: multiple ? 'checkbox' : 'radio',
      name: textOf(input['id']),
      value: textOf(value),
      checked: textOf(value) === initial,
      required: !multiple && isTrue(input['isRequired']),
    }),
  }));
  const element = el(
    'fieldset',
    {},
    el('legend', {}, textOf(input['title'])),
    ...boxes.map(({ box, text }) => el('label', { class: 'choice' }, box, text)),
  );
  const read = () => boxes.flatMap(({ box }) => (box.checked ? [box.value] : [])).join(host.separator);
  return { id: textOf(input['id']), element, read };
}
