/** What a reader of the digest page wants to see: a topic, a least severity, words. */
import { z } from 'zod';
import type { Event } from '../../events/event.ts';
import { isAtLeast, type Severity, severitySchema } from '../../subscriptions/severity.ts';

/** Absent parts choose nothing. */
export interface DigestFilter {
  readonly topic?: string | undefined;
  readonly severity?: Severity | undefined;
  readonly search?: string | undefined;
}

const MAX_SEARCH_CHARS = 100;

const querySchema = z.object({
  topic: z.string().max(200).optional().catch(undefined),
  severity: severitySchema.optional().catch(undefined),
  search: z
    .string()
    .optional()
    .transform((text) => text?.trim().slice(0, MAX_SEARCH_CHARS)),
});

/** Reads a filter from the page's query; what cannot be read chooses nothing, so that every address shows something. */
export function parseDigestFilter(query: URLSearchParams): DigestFilter {
  const { topic, severity, search } = querySchema.parse(Object.fromEntries(query));
  return { topic: topic === '' ? undefined : topic, severity, search: search === '' ? undefined : search };
}

/** True for an event that the reader wants to see. Every word must occur somewhere in its texts. */
export function isWanted({ topic, severity, search }: DigestFilter): (event: Event) => boolean {
  const words = fold(search ?? '')
    .split(/\s+/)
    .filter((word) => word !== '');
  return (event) => {
    if (topic !== undefined && event.type !== topic) return false;
    if (severity !== undefined && !isAtLeast(event.severity, severity)) return false;
    if (words.length === 0) return true;
    const { title, text = '', group = '', facts = [] } = event.data;
    const said = fold(
      [title, text, group, event.scope ?? '', ...facts.map(({ name, value }) => `${name} ${value}`)].join('\n'),
    );
    return words.every((word) => said.includes(word));
  };
}

/** Full and half width, accents apart and capitals read as one. */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
