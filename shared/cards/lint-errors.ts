/** What makes a MessageCard wrong: a webhook or client would refuse it or cut it, or it is unsafe. Facts: docs/microsoft.md. */
import { INPUT_ID } from './card-actions.ts';
import { join, listIn, type Raw, textIn } from './lint-places.ts';
import { addressesOf, fields, isHttp, links, protocolOf, type Rule, rule } from './lint-rule.ts';

const HTML_TAG = /(?<!\\)<(?:\/?[a-z][a-z0-9]*(?:\s[^<>]*)?\/?>|!--)/i;
/** Of this service (`{{id.value}}`), and of the template languages that senders forget to run. */
const PLACEHOLDER = /\{\{[^{}]*\}\}|\$\{[^{}]*\}|<%[^%]*%>/;

/** The placeholders in a body that no input fills. */
function unfilled(body: string, inputs: readonly string[]): string | undefined {
  const known = new Set(inputs.map((id) => `{{${id}.value}}`.toLowerCase()));
  return [...body.matchAll(new RegExp(PLACEHOLDER, 'g'))]
    .map(([text]) => text)
    .find((text) => !known.has(text.toLowerCase()));
}

/** Rules at the level `error`, but the one on targets. */
export const ERRORS: readonly Rule[] = [
  rule('summary-or-text', 'error', 'card', ({ value }) =>
    [value['summary'], value['text']].some((text) => textIn(text ?? '').trim() !== '')
      ? undefined
      : 'has neither a summary nor a text: a webhook answers 400',
  ),
  rule('sections', 'error', 'card', ({ value, path }) => {
    const count = listIn(value, 'sections').length;
    return count <= 10
      ? undefined
      : [{ path: join(path, 'sections'), message: `has ${count} sections: clients show 10` }];
  }),
  rule('actions', 'error', 'actions', ({ value }) =>
    value.length <= 4 ? undefined : `has ${value.length} actions: at most 4 are shown everywhere`,
  ),
  rule('images', 'error', 'section', ({ value, path }) => {
    const count = listIn(value, 'images').length;
    return count <= 5 ? undefined : [{ path: join(path, 'images'), message: `has ${count} images: Teams shows 5` }];
  }),
  rule('html', 'error', 'text', ({ value }) => {
    const tag = HTML_TAG.exec(value)?.[0];
    return tag === undefined ? undefined : `has HTML (${tag.slice(0, 20)}): write Markdown, and escape < as \\<`;
  }),
  rule('link-http', 'error', 'text', (place) => {
    const bad = links(place).find((address) => !isHttp(address));
    return bad === undefined ? undefined : 'links to what is neither http nor https';
  }),
  rule('link-http', 'error', 'action', (place) =>
    addressesOf(place).flatMap(({ path, address }) =>
      isHttp(address) ? [] : [{ path, message: 'is neither http nor https: clients do not open it' }],
    ),
  ),
  rule('link-http', 'error', 'image', (place) =>
    fields(place, ['image'], (address) =>
      typeof address === 'string' && !isHttp(address) ? 'is neither http nor https' : undefined,
    ),
  ),
  rule('link-http', 'error', 'section', (place) =>
    fields(place, ['activityImage'], (address) =>
      typeof address === 'string' && !isHttp(address) ? 'is neither http nor https' : undefined,
    ),
  ),
  rule('body-string', 'error', 'action', (place) =>
    fields(place, ['body'], (body) =>
      typeof body === 'string' ? undefined : 'must be a string: an object is refused; use JSON in a string',
    ),
  ),
  rule('input-id', 'error', 'input', (place) =>
    fields(place, ['id'], (id) =>
      typeof id === 'string' && INPUT_ID.test(id)
        ? undefined
        : 'may have letters, digits, _, $ and @ only: others are never filled in',
    ),
  ),
  rule('nested-action', 'error', 'action', ({ value, nested }) =>
    nested && value['@type'] !== 'OpenUri' && value['@type'] !== 'HttpPOST'
      ? 'inside an ActionCard only OpenUri and HttpPOST are shown'
      : undefined,
  ),
  rule('placeholder', 'error', 'text', ({ value }) => {
    const left = PLACEHOLDER.exec(value)?.[0];
    return left === undefined ? undefined : `has a placeholder left over (${left.slice(0, 30)})`;
  }),
  rule('placeholder', 'error', 'action', ({ value, path, inputs }) => {
    const body = typeof value['body'] === 'string' ? unfilled(value['body'], inputs) : undefined;
    const others = [
      ['name', value['name']],
      ['target', value['target']],
    ] as const;
    const left = others.flatMap(([field, text]) =>
      typeof text === 'string' && PLACEHOLDER.test(text)
        ? [{ path: join(path, field), message: 'has a placeholder: inputs are filled into a body only' }]
        : [],
    );
    return [
      ...left,
      ...(body === undefined
        ? []
        : [{ path: join(path, 'body'), message: `has ${body.slice(0, 30)}, which no input fills` }]),
    ];
  }),
];

/**
 * Targets that Microsoft's servers would post to. In a card for e-mail (it has an `originator`) the provider's own
 * registration decides what they may be, so there it is a warning.
 */
export function targetRule(card: Raw): Rule {
  return rule('target-https', 'originator' in card ? 'warning' : 'error', 'action', ({ value, path }) =>
    value['@type'] !== 'HttpPOST' || protocolOf(textIn(value['target'])) === 'https:'
      ? undefined
      : [{ path: join(path, 'target'), message: 'is not https: it is never called' }],
  );
}
