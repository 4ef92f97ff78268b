/** Writes the samples of `infra/local/catalogue.json` anew: for each topic the first published payload of its type. */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { samplesByType } from './samples.ts';

const path = fileURLToPath(new URL('../catalogue.json', import.meta.url));
const catalogue: { topics: { type: string; sample: unknown }[] } = JSON.parse(await readFile(path, 'utf8'));
const samples = await samplesByType();
const topics = catalogue.topics.map((topic) => ({ ...topic, sample: samples.get(topic.type) }));
await writeFile(path, `${JSON.stringify({ ...catalogue, topics }, null, 2)}\n`);
