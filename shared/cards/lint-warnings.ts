/** What makes a MessageCard unwise: it works, but is legacy, ignored, or reads badly somewhere. Facts: docs/microsoft.md. */
import { toHexColour } from './colour.ts';
import { isRaw, join, listIn, textIn } from './lint-places.ts';
import { addressesOf, fields, links, protocolOf, type Rule, rule } from './lint-rule.ts';

/** Rules at the level `warning`. */
export const WARNINGS: readonly Rule[] = [
  rule('type', 'warning', 'card', ({ value }) =>
    value['@type'] === undefined ? 'has no @type; write MessageCard' : undefined,
  ),
  rule('context', 'warning', 'card', ({ value }) => {
    if (value['@context'] === undefined) return 'has no @context; write https://schema.org/extensions';
    return value['@context'] === 'https://schema.org/extensions'
      ? undefined
      : 'has a @context that is not https://schema.org/extensions';
  }),
  rule('summary', 'warning', 'card', ({ value }) =>
    typeof value['summary'] === 'string' ? undefined : 'has no summary: notifications show nothing useful',
  ),
  rule('email-only', 'warning', 'card', (place) =>
    fields(
      place,
      ['originator', 'hideOriginalBody', 'expectedActors', 'correlationId'],
      () => 'is for e-mail; a connector ignores it',
    ),
  ),
  rule('colour', 'warning', 'card', (place) =>
    fields(place, ['themeColor'], (colour) =>
      typeof colour === 'string' && !colour.startsWith('#') && toHexColour(colour) !== undefined
        ? undefined
        : 'should be RRGGBB, without #',
    ),
  ),
  rule('title-link', 'warning', 'card', (place) =>
    fields(place, ['title'], (title) =>
      typeof title === 'string' && /\]\(|https?:\/\//.test(title) ? 'should not have a link' : undefined,
    ),
  ),
  rule('markdown-off', 'warning', 'section', (place) =>
    fields(place, ['markdown'], (markdown) =>
      markdown === false ? 'makes Teams read HTML; send Markdown' : undefined,
    ),
  ),
  rule('outlook-only', 'warning', 'section', (place) => fields(place, ['heroImage'], () => 'is not shown in Teams')),
  rule('outlook-only', 'warning', 'action', ({ value }) =>
    value['@type'] === 'InvokeAddInCommand' ? 'works in Outlook only' : undefined,
  ),
  rule('legacy-action', 'warning', 'action', ({ value }) =>
    value['@type'] === 'ViewAction' ? 'is legacy; write OpenUri' : undefined,
  ),
  rule('is-primary', 'warning', 'action', (place) => fields(place, ['isPrimary'], () => 'is in no reference')),
  rule('open-uri-last', 'warning', 'actions', ({ value }) => {
    const isLink = value.map((action) => isRaw(action) && /^(OpenUri|ViewAction)$/.test(textIn(action['@type'])));
    const after = isLink.indexOf(true);
    return after !== -1 && isLink.slice(after).includes(false)
      ? 'has links before its other actions; put them last'
      : undefined;
  }),
  rule('plain-http', 'warning', 'action', (place) =>
    addressesOf(place).flatMap(({ path, address }) =>
      protocolOf(address) === 'http:' ? [{ path, message: 'is plain http' }] : [],
    ),
  ),
  rule('plain-http', 'warning', 'text', (place) =>
    links(place).some((address) => protocolOf(address) === 'http:') ? 'has a link that is plain http' : undefined,
  ),
  rule('plain-http', 'warning', 'image', (place) =>
    fields(place, ['image'], (address) =>
      textIn(address).startsWith('http:') ? 'is plain http: hosts show https' : undefined,
    ),
  ),
  rule('plain-http', 'warning', 'section', (place) =>
    fields(place, ['activityImage'], (address) =>
      textIn(address).startsWith('http:') ? 'is plain http: hosts show https' : undefined,
    ),
  ),
  rule('string-boolean', 'warning', 'card', (place) => fields(place, ['hideOriginalBody'], stringBoolean)),
  rule('string-boolean', 'warning', 'section', (place) => fields(place, ['startGroup', 'markdown'], stringBoolean)),
  rule('string-boolean', 'warning', 'input', (place) =>
    fields(place, ['isRequired', 'isMultiline', 'includeTime', 'isMultiSelect'], stringBoolean),
  ),
  rule('number-as-text', 'warning', 'fact', (place) =>
    fields(place, ['name', 'value'], (value) =>
      typeof value === 'number' ? 'is a number; write a string' : undefined,
    ),
  ),
  rule('choice-value', 'warning', 'input', ({ value, path }) => {
    const values = listIn(value, 'choices').map((choice) => (isRaw(choice) ? choice['value'] : undefined));
    const isUnknown = value['@type'] === 'MultichoiceInput' && 'value' in value && !values.includes(value['value']);
    return isUnknown ? [{ path: join(path, 'value'), message: 'is none of the choices' }] : undefined;
  }),
  rule('line-break', 'warning', 'text', ({ value }) =>
    /[^\s][ \t]*\n[ \t]*(?![\s*+\-#>\d]|$)/.test(value.replace(/\n\s*\n/g, '\r\r'))
      ? 'has a single line break, which Teams does not show; leave an empty line'
      : undefined,
  ),
];

function stringBoolean(value: unknown): string | undefined {
  return typeof value === 'string' ? 'is a boolean in words; write true or false' : undefined;
}
