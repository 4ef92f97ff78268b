/** The product's catalogue: its brand, and the topics that an owner can choose. Written by the product, read once at start. */
import { z } from 'zod';
import { ConnectorError } from '../platform/errors.ts';
import { eventSchema } from './event.ts';

const locale = z.string().refine(isLocale, 'a language such as en or pt-BR');

/** A text in the product's languages; English is what everyone else reads. */
const texts = (longest: number) =>
  z
    .record(locale, z.string().trim().min(1).max(longest))
    .refine((byLocale) => byLocale['en'] !== undefined, 'needs a text in English (en)');

/** A text, alone or by language; alone it is English. */
const textOrTexts = (longest: number) => {
  const alone = z.string().trim().min(1).max(longest);
  return z.union([alone.transform((en): Record<string, string> => ({ en })), texts(longest)]);
};

const httpsAddress = z.string().refine((url) => URL.canParse(url) && new URL(url).protocol === 'https:', {
  error: 'an https address',
});
const logo = z.union([httpsAddress, z.string().regex(/^\/(?!\/)[\w./-]+$/)], {
  error: 'an https address, or a path of this app such as /static/logo.png',
});

const productSchema = z.object({
  name: z.string().trim().min(1).max(60),
  /** As written; `new URL(logo, PUBLIC_URL)` is where it is. */
  logo,
  colour: z.string().regex(/^#[0-9A-Fa-f]{6}$/, 'a colour such as #1f6feb'),
  supportUrl: httpsAddress,
  privacyUrl: httpsAddress,
  termsUrl: httpsAddress,
});

const topicSchema = z.object({
  type: z.string().min(1).max(200),
  group: textOrTexts(60),
  /** Chosen for a new subscription until its owner chooses otherwise. */
  recommended: z.boolean(),
  name: texts(100),
  description: texts(300),
  /** Shown in previews and sent by tests. */
  sample: eventSchema,
});

const catalogueSchema = z.object({ product: productSchema, topics: z.array(topicSchema).min(1).max(1_000) });

/** What must hold between fields, looked at even where fields have faults of their own. */
const relations = z.object({
  topics: z.array(
    z
      .object({ type: z.string(), sample: z.object({ type: z.string() }).optional().catch(undefined) })
      .catch({ type: '' }),
  ),
});

/** The catalogue, checked. */
export type Catalogue = z.infer<typeof catalogueSchema>;
/** The product's name and looks, and where its help and terms are. */
export type Product = Catalogue['product'];
/** An event type that an owner can choose. */
export type Topic = Catalogue['topics'][number];

/** The catalogue has faults; the message lists all of them, each with its place. */
export class InvalidCatalogueError extends ConnectorError {
  readonly code = 'unavailable';
  readonly status = 503;
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The catalogue is not usable:\n${faults.map((fault) => `  ${fault}`).join('\n')}\nSee docs/for-products.md.`);
    this.faults = faults;
  }
}

/**
 * Checks a catalogue.
 * @throws InvalidCatalogueError that names every fault at once.
 */
export function parseCatalogue(json: unknown): Catalogue {
  const parsed = catalogueSchema.safeParse(json);
  const faults = [...(parsed.error?.issues ?? []).map(faultOf), ...faultsBetween(json)];
  if (parsed.data === undefined || faults.length > 0) throw new InvalidCatalogueError(faults);
  return parsed.data;
}

/** A text for a reader: in the locale asked for, else its language, else English. */
export function textFor(byLocale: Readonly<Record<string, string>>, wanted: string): string {
  const found = Object.entries(byLocale).find(([given]) => given.toLowerCase() === wanted.toLowerCase());
  return found?.[1] ?? byLocale[wanted.split('-')[0]?.toLowerCase() ?? 'en'] ?? byLocale['en'] ?? '';
}

/** Names topics for a reader; a type that the catalogue does not have is its own name. */
export function topicNameIn(topics: readonly Topic[], wanted: string): (type: string) => string {
  const names = new Map(topics.map(({ type, name }) => [type, textFor(name, wanted)]));
  return (type) => names.get(type) ?? type;
}

function faultsBetween(json: unknown): string[] {
  const { topics } = relations.catch({ topics: [] }).parse(json);
  return topics.flatMap(({ type, sample }, index) => {
    const first = topics.findIndex((topic) => topic.type === type);
    const isRepeated = type !== '' && first !== index;
    const isMixedUp = sample !== undefined && sample.type !== type;
    return [
      ...(isRepeated ? [`topics[${index}].type: ${type} is there already, as topics[${first}]`] : []),
      ...(isMixedUp
        ? [`topics[${index}].sample.type: must be ${type}, the topic's own type; it is ${sample.type}`]
        : []),
    ];
  });
}

function faultOf(issue: z.core.$ZodIssue): string {
  const place = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return `${place.replace(/^\./, '') || 'the document'}: ${issue.message}`;
}

function isLocale(name: string): boolean {
  try {
    return Intl.getCanonicalLocales(name).length === 1;
  } catch {
    return false;
  }
}
