/** What reads our Adaptive Cards in tests: the published schema, and the official renderer on a headless DOM. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as Renderer from 'adaptivecards';
import Ajv from 'ajv';
import { parseHTML } from 'linkedom';
import MarkdownIt from 'markdown-it';

// The bundle: the package's main file is an ES module that jest would have to transform, styles and all.
const {
  AdaptiveCard,
  SerializationContext,
  Versions,
}: typeof Renderer = require('adaptivecards/dist/adaptivecards.js');

const FIXTURES = join(process.cwd(), 'test/fixtures');

/** Reads a JSON fixture. */
export function fixture(path: string): unknown {
  return JSON.parse(readFileSync(join(FIXTURES, path), 'utf8'));
}

const { id: _, ...schema } = fixture('adaptivecards/adaptive-card-1.4.json') as Record<string, unknown>;
const ajv = new Ajv({
  strict: false,
  formats: {
    'uri-reference': (text: string) => !/[\s<>"{}|\\^`]/.test(text),
    uri: (text: string) => URL.canParse(text),
  },
});
ajv.addMetaSchema(JSON.parse(readFileSync(require.resolve('ajv/dist/refs/json-schema-draft-06.json'), 'utf8')));
const validate = ajv.compile(schema);

/** What the published schema has against a card; empty when it is valid. `msteams` is Teams' own, outside the schema. */
export function schemaFaults({ msteams: _teams, ...card }: object & { readonly msteams?: unknown }): readonly string[] {
  return validate(card) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true });
AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdown.render(text);
  result.didProcess = true;
};

/** A card as drawn: what a reader sees and can follow, and what the renderer complained about. */
export interface Drawn {
  readonly complaints: readonly string[];
  /** Where links and buttons lead. */
  readonly links: readonly string[];
  readonly images: readonly string[];
  readonly buttons: readonly string[];
  readonly text: string;
}

/** Draws a card as a host of version 1.4 does. */
export function draw(json: unknown): Drawn {
  const { window } = parseHTML('<html><body></body></html>');
  Object.defineProperty(window.HTMLElement.prototype, 'innerText', { set: setText, configurable: true });
  Object.assign(globalThis, {
    window,
    document: window.document,
    HTMLElement: window.HTMLElement,
    HTMLButtonElement: window.HTMLButtonElement,
  });
  const card = new AdaptiveCard();
  const context = new SerializationContext(Versions.v1_4);
  card.parse(json, context);
  const element = card.render();
  if (element === undefined) throw new Error('the renderer drew nothing');
  // The renderer tests `lang` with a global pattern, which remembers where it stopped: every second card fails it.
  const complaints = Array.from(
    { length: context.eventCount },
    (_each, index) => context.getEventAt(index).message,
  ).filter((message) => !/^Invalid value "[a-z]{2}" for property "lang"/.test(message));
  const all = (selector: string, name: string) =>
    [...element.querySelectorAll(selector)].map((each) => each.getAttribute(name) ?? '');
  return {
    complaints: [...complaints, ...card.validateProperties().validationEvents.map(({ message }) => message)],
    links: all('a', 'href'),
    images: all('img', 'src'),
    buttons: [...element.querySelectorAll('button')].map((button) => button.textContent ?? ''),
    text: element.textContent ?? '',
  };
}

/** The renderer sets `innerText`, which this DOM only reads. */
function setText(this: { textContent: string }, text: string): void {
  this.textContent = text;
}
