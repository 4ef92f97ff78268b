/** Real input: the webhook payloads that GitHub's users published in the npm package `@octokit/webhooks-examples`. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Delivery } from './to-event.ts';

/** GitHub itself and the versions of its server edition that the package has payloads of. */
export const EDITIONS = ['api.github.com', 'ghes-31', 'ghes-32', 'ghes-33', 'ghes-34', 'ghes-35'] as const;

const definitions = z.array(z.object({ name: z.string(), examples: z.array(z.unknown()) }));

/** Every payload in the package, in its order. Each is a delivery of its own, also where two say the same. */
export async function readExamples(): Promise<Delivery[]> {
  const folder = dirname(createRequire(import.meta.url).resolve('@octokit/webhooks-examples/package.json'));
  const editions = await Promise.all(EDITIONS.map((edition) => readEdition(folder, edition)));
  return editions.flat();
}

async function readEdition(folder: string, edition: string): Promise<Delivery[]> {
  const text = await readFile(join(folder, edition, 'index.json'), 'utf8');
  return definitions
    .parse(JSON.parse(text))
    .flatMap(({ name, examples }) =>
      examples.map((payload, index) => ({ name, id: deliveryId(`${edition}/${name}/${index}`, payload), payload })),
    );
}

/** GitHub numbers deliveries with a UUID; the package does not say it, so this makes one that stays the same. */
function deliveryId(place: string, payload: unknown): string {
  const hash = createHash('sha256').update(place).update(JSON.stringify(payload)).digest('hex');
  return hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
