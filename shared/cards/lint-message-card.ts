/** Names everything that is wrong with a MessageCard, by path and rule. */
import { ERRORS, targetRule } from './lint-errors.ts';
import { isRaw, placesOf, type Raw, textIn } from './lint-places.ts';
import type { Level } from './lint-rule.ts';
import { WARNINGS } from './lint-warnings.ts';
import { messageCardSchema } from './message-card.ts';

/** Webhooks take 28 KB (docs/microsoft.md, "Limits"). */
const MAX_BYTES = 28 * 1024;
/** Text has been seen cut off from about here on. */
const WISE_BYTES = 20 * 1024;

/** One thing that is wrong. */
export interface Finding {
  readonly level: Level;
  /** Where, as `sections[2].facts[0].value`; empty for the card itself. */
  readonly path: string;
  /** Stable name of the rule that was broken. */
  readonly rule: string;
  readonly message: string;
}

/** All findings, errors first; none for a card that is right. */
export function lintMessageCard(card: unknown): readonly Finding[] {
  const foreign = notACard(card);
  if (foreign !== undefined) return [error('not-a-card', foreign)];
  if (!isRaw(card)) return [];
  const rules = [...ERRORS, targetRule(card), ...WARNINGS];
  const found = [...placesOf(card)].flatMap((place) =>
    rules.flatMap(({ name, level, check }) =>
      check(place).map(({ path, message }): Finding => ({ level, path, rule: name, message })),
    ),
  );
  const all = [...shapeFindings(card, found), ...found, ...sizeFindings(card), ...unknownFields(card)];
  return all.sort((a, b) => a.level.localeCompare(b.level)); // stable: "error" before "warning", paths in order
}

/** One line for each finding, as the command prints them. */
export function formatFinding({ level, path, rule, message }: Finding): string {
  return `${level}  ${path === '' ? 'card' : path}: ${message} [${rule}]`;
}

function error(rule: string, message: string, path = ''): Finding {
  return { level: 'error', path, rule, message };
}

/** What it is instead, when it is no MessageCard at all. */
function notACard(card: unknown): string | undefined {
  if (!isRaw(card)) return 'is not a JSON object';
  if ('attachments' in card) return 'is a message envelope for a Workflows webhook, not a MessageCard';
  if (card['type'] === 'AdaptiveCard') return 'is an Adaptive Card, not a MessageCard';
  const type = card['@type'];
  return type === undefined || type === 'MessageCard'
    ? undefined
    : `is a part of a card (${textIn(type)}), not a whole one`;
}

/** What no reading makes sense of. A place that a rule has an error for is not reported twice. */
function shapeFindings(card: Raw, found: readonly Finding[]): Finding[] {
  const known = new Set(found.filter(({ level }) => level === 'error').map(({ path }) => path));
  const issues = messageCardSchema.safeParse(card).error?.issues ?? [];
  return issues
    .map(({ path, message }) => error('shape', message, toPath(path)))
    .filter(({ path }) => ![...known].some((place) => place === path || place.startsWith(`${path}.`)));
}

function toPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}

function sizeFindings(card: Raw): Finding[] {
  const bytes = Buffer.byteLength(JSON.stringify(card));
  if (bytes > MAX_BYTES) return [error('size', `has ${bytes} bytes of UTF-8: webhooks take ${MAX_BYTES}`)];
  if (bytes <= WISE_BYTES) return [];
  return [
    { level: 'warning', path: '', rule: 'size', message: `has ${bytes} bytes: clients have cut text from 20 KB on` },
  ];
}

function unknownFields(card: Raw): Finding[] {
  const known = new Set(Object.keys(messageCardSchema.shape));
  return Object.keys(card)
    .filter((field) => !known.has(field))
    .map((field) => ({
      level: 'warning',
      path: field,
      rule: 'unknown-field',
      message: 'is no field of a MessageCard',
    }));
}
