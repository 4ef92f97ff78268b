import { samplesByType } from '../../../infra/local/github-events/samples.ts';
import { type Catalogue, textFor } from '../../../shared/events/catalogue.ts';
import { readCatalogue } from '../../../shared/events/catalogue-client.ts';

const LANGUAGES = ['en', 'de', 'fr', 'es', 'ja'];

let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await readCatalogue('infra/local/catalogue.json');
});

it('has the event types that the mapper makes for its topics, no more and no fewer', async () => {
  const made = [...(await samplesByType()).keys()];

  expect(catalogue.topics.map(({ type }) => type).sort()).toEqual(made.sort());
});

it('shows samples that the mapper still makes', async () => {
  const made = await samplesByType();

  expect(catalogue.topics.map(({ sample }) => sample)).toEqual(catalogue.topics.map(({ type }) => made.get(type)));
});

it('says everything in its five languages', () => {
  const languages = catalogue.topics.flatMap(({ group, name, description }) =>
    [group, name, description].map(Object.keys),
  );

  expect(languages.filter((keys) => keys.join() !== LANGUAGES.join())).toEqual([]);
});

it.each(LANGUAGES)('gives no two topics of a group one name in %s', (language) => {
  const names = catalogue.topics.map(({ group, name }) => `${textFor(group, 'en')}: ${textFor(name, language)}`);

  expect(new Set(names).size).toBe(names.length);
});

it('recommends some topics of most groups, and fewer than half of all', () => {
  const recommended = catalogue.topics.filter((topic) => topic.recommended);

  expect(new Set(recommended.map(({ group }) => group['en'])).size).toBeGreaterThanOrEqual(8);
  expect(recommended.length).toBeLessThan(catalogue.topics.length / 2);
});
