/** Gathers what is to be sent: from files, from the catalogue's samples, from the published GitHub webhooks. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readCatalogue } from '../../../shared/events/catalogue-client.ts';
import { readExamples } from '../github-events/examples.ts';
import { toEvent } from '../github-events/to-event.ts';
import { EmitInputError, type EmitOptions } from './options.ts';
import { readEvents, type WrittenEvent } from './read-events.ts';

/** What gathering needs from outside. */
export interface GatherFrom {
  readonly stdin: AsyncIterable<Uint8Array | string>;
  now(): number;
  newId(): string;
}

const DEMONSTRATION = fileURLToPath(new URL('../catalogue.json', import.meta.url));

/**
 * All events of a run, copies included.
 * @throws EmitInputError for what cannot be read or is no event.
 */
export async function gatherEvents(options: EmitOptions, from: GatherFrom): Promise<WrittenEvent[]> {
  const written: WrittenEvent[] = [];
  for (const file of options.files)
    written.push(...readEvents(await readText(file, from.stdin), { from: nameOf(file), account: options.account }));
  const samples = [...(await readSamples(options)), ...(await readGithub(options, from))];
  const now = new Date(from.now()).toISOString();
  const ready = options.ids === 'kept' ? samples : samples.map((event) => ({ ...event, id: from.newId(), time: now }));
  return [...written, ...ready].flatMap((event) => copies(event, options.count));
}

/** A file's text, or that of standard input. */
export async function readText(file: string, stdin: GatherFrom['stdin']): Promise<string> {
  try {
    if (file !== '-') return await readFile(file, 'utf8');
    const parts: Uint8Array[] = [];
    for await (const part of stdin) parts.push(Buffer.from(part));
    return Buffer.concat(parts).toString('utf8');
  } catch (error) {
    throw new EmitInputError(`${nameOf(file)} cannot be read: is the name right?`, { cause: error });
  }
}

function nameOf(file: string): string {
  return file === '-' ? 'Standard input' : file;
}

async function readSamples({ samples, catalogue, account }: EmitOptions): Promise<WrittenEvent[]> {
  if (samples.length === 0) return [];
  const { topics } = await readCatalogue(catalogue ?? DEMONSTRATION);
  return samples.map((type) => {
    const topic = topics.find((known) => known.type === type);
    if (topic === undefined) {
      const known = topics.map((other) => `  ${other.type}`).join('\n');
      throw new EmitInputError(`The catalogue has no topic ${type}. It has:\n${known}`);
    }
    return { ...topic.sample, ...(account === undefined ? {} : { account }) };
  });
}

async function readGithub({ github, account = 'acme' }: EmitOptions, { now }: GatherFrom): Promise<WrittenEvent[]> {
  if (github === 0) return [];
  const deliveries = (await readExamples()).slice(0, github);
  return deliveries.map((delivery) => toEvent(delivery, { account, receivedAt: now() }));
}

/** The event and its copies; a copy is another event, so it has another id. */
function copies(event: WrittenEvent, count: number): WrittenEvent[] {
  return Array.from({ length: count }, (_, index) =>
    index === 0 ? event : { ...event, id: `${event['id']}-${index + 1}` },
  );
}
