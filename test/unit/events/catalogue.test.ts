import { InvalidCatalogueError, parseCatalogue, textFor, topicNameIn } from '../../../shared/events/catalogue.ts';

const product = {
  name: 'Octoforge',
  logo: 'https://octoforge.example/logo.png',
  colour: '#1f6feb',
  supportUrl: 'https://octoforge.example/support',
  privacyUrl: 'https://octoforge.example/privacy',
  termsUrl: 'https://octoforge.example/terms',
};

function aTopic(change: Record<string, unknown> = {}) {
  return {
    type: 'build.failed',
    group: 'Builds',
    recommended: true,
    name: { en: 'Build failed', de: 'Build fehlgeschlagen' },
    description: { en: 'A build did not succeed.' },
    sample: aSample('build.failed'),
    ...change,
  };
}

function aSample(type: string) {
  const data = { title: 'Build 812 failed' };
  return { specversion: '1.0', id: '1', source: 'https://builds.example', type, account: 'acme', data };
}

function aCatalogue(topic: Record<string, unknown>, change: Record<string, unknown> = {}) {
  return { product: { ...product, ...change }, topics: [aTopic(topic)] };
}

function faultsOf(json: unknown): readonly string[] {
  try {
    parseCatalogue(json);
    return [];
  } catch (error) {
    if (error instanceof InvalidCatalogueError) return error.faults;
    throw error;
  }
}

it('reads a catalogue, with what its samples leave out filled in', () => {
  const catalogue = parseCatalogue({ product, topics: [aTopic()] });

  expect(catalogue.product).toEqual(product);
  expect(catalogue.topics[0]?.sample.severity).toBe('info');
});

it('takes a group alone or by language, and gives it by language', () => {
  const topics = [aTopic(), aTopic({ type: 'b', sample: aSample('b'), group: { en: 'Builds', fr: 'Compilations' } })];

  const groups = parseCatalogue({ product, topics }).topics.map(({ group }) => group);

  expect(groups).toEqual([{ en: 'Builds' }, { en: 'Builds', fr: 'Compilations' }]);
});

it.each<[string, unknown, string]>([
  ['no topics', { product, topics: [] }, 'topics: '],
  ['no product', { topics: [aTopic()] }, 'product: '],
  ['something that is no catalogue', 'text', 'the document: '],
  ['a colour by name', aCatalogue({}, { colour: 'blue' }), 'product.colour: a colour such as'],
  ['a page over http', aCatalogue({}, { termsUrl: 'http://x.example' }), 'product.termsUrl: an https address'],
  ['a script for a logo', aCatalogue({}, { logo: 'javascript:1' }), 'product.logo: an https address, or'],
  ['another host for a logo', aCatalogue({}, { logo: '//x.example/l.png' }), 'product.logo: an https address, or'],
  ['a name without English', aCatalogue({ name: { de: 'x' } }), 'topics[0].name: needs a text in English'],
  ['an empty name', aCatalogue({ name: { en: ' ' } }), 'topics[0].name.en: '],
  ['a language that is none', aCatalogue({ name: { en: 'x', 'de_DE!': 'x' } }), 'topics[0].name.de_DE!: '],
  ['a sample that is no event', aCatalogue({ sample: {} }), 'topics[0].sample.specversion: '],
  ['a sample of another type', aCatalogue({ sample: aSample('x') }), 'topics[0].sample.type: must be build.failed'],
  [
    'a type twice',
    { product, topics: [aTopic(), aTopic()] },
    'topics[1].type: build.failed is there already, as topics[0]',
  ],
])('says where %s is wrong', (_fault, json, expected) => {
  const faults = faultsOf(json);

  expect(faults).toContainEqual(expect.stringContaining(expected));
});

it('lists every fault at once, those between topics beside those within', () => {
  const topics = [aTopic(), aTopic({ recommended: 'yes' }), aTopic({ type: 'other' }), 7];

  const faults = faultsOf({ product: { ...product, colour: 'blue', supportUrl: '' }, topics });

  expect(faults.map((fault) => fault.split(': ')[0])).toEqual([
    'product.colour',
    'product.supportUrl',
    'topics[1].recommended',
    'topics[3]',
    'topics[1].type',
    'topics[2].sample.type',
  ]);
});

it.each([
  ['de', 'Deutsch'],
  ['de-AT', 'Deutsch'],
  ['DE', 'Deutsch'],
  ['pt-BR', 'Brasil'],
  ['pt-br', 'Brasil'],
  ['pt', 'English'],
  ['', 'English'],
])('finds the text for a reader of %j', (locale, expected) => {
  const text = textFor({ en: 'English', de: 'Deutsch', 'pt-BR': 'Brasil' }, locale);

  expect(text).toBe(expected);
});

it('names topics for a reader, and a type it does not know by itself', () => {
  const nameOf = topicNameIn(parseCatalogue({ product, topics: [aTopic()] }).topics, 'de-CH');

  expect([nameOf('build.failed'), nameOf('build.mended')]).toEqual(['Build fehlgeschlagen', 'build.mended']);
});
