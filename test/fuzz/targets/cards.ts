/** Cards: drawn from events as hostile as they come, and cards that a product draws itself. */
import fc from 'fast-check';
import { lintMessageCard } from '../../../shared/cards/lint-message-card.ts';
import { productCardBody } from '../../../shared/cards/product-card.ts';
import { renderCard } from '../../../shared/cards/render-card.ts';
import { createSummary } from '../../../shared/digests/summarise.ts';
import { briefOf } from '../../../shared/events/brief.ts';
import { type Event, eventSchema } from '../../../shared/events/event.ts';
import { fitEvent } from '../../../shared/events/fit-event.ts';
import { json, nearly, text } from '../inputs.ts';
import { must, type Target } from '../target.ts';
import { EVENT } from './right.ts';

const KINDS = ['connector', 'workflow'] as const;
const NOW = Date.parse('2026-11-21T09:00:00Z');
const MESSAGE_CARD = {
  '@type': 'MessageCard',
  '@context': 'https://schema.org/extensions',
  summary: 'Build 812 failed',
  sections: [{ activityTitle: 'A', facts: [{ name: 'b', value: 'c' }], markdown: true }],
  potentialAction: [{ '@type': 'OpenUri', name: 'Open', targets: [{ os: 'default', uri: 'https://a.example' }] }],
};
const ADAPTIVE_CARD = {
  type: 'AdaptiveCard',
  version: '1.4',
  body: [{ type: 'TextBlock', text: 'Build 812 failed', wrap: true }],
  actions: [{ type: 'Action.OpenUrl', title: 'Open', url: 'https://a.example' }],
};

const hostile = fc.record({
  ...{
    title: text,
    text,
    group: text,
    factName: text,
    factValue: text,
    url: text,
    buttonTitle: text,
    type: text,
    scope: text,
  },
  severity: fc.constantFrom('info', 'warning', 'error', 'critical'),
  card: fc.option(nearly(MESSAGE_CARD, ADAPTIVE_CARD), { freq: 6 }),
});

/** The target. */
export const cards: Target = {
  name: 'cards',
  inputs: fc.oneof(
    fc.record({
      what: fc.constant('drawn'),
      kind: fc.constantFrom(...KINDS),
      budget: fc.constantFrom(4_000, 18_000),
      style: fc.constantFrom('normal', 'normal', 'normal', 'plain'),
      locale: fc.constantFrom('en', 'de', 'ja'),
      events: fc.array(hostile, { maxLength: 3 }),
    }),
    fc.record({
      what: fc.constant('own'),
      kind: fc.constantFrom(...KINDS),
      card: fc.oneof(nearly(MESSAGE_CARD, ADAPTIVE_CARD), json),
    }),
  ),
  run(input) {
    const { what } = input as { what: 'drawn' | 'own' };
    return what === 'drawn' ? drawn(input as Drawn) : own(input as Own);
  },
};

interface Drawn {
  readonly kind: (typeof KINDS)[number];
  readonly budget: number;
  readonly style: 'normal' | 'plain';
  readonly locale: string;
  readonly events: readonly (Readonly<Record<string, string>> & { readonly card?: unknown })[];
}

interface Own {
  readonly kind: (typeof KINDS)[number];
  readonly card: unknown;
}

function drawn({ kind, budget, style, locale, events }: Drawn): string {
  const summary = createSummary({ digestId: 'sub_a_1', frozenAt: NOW });
  const taken = events.flatMap((fields, index) => {
    const parsed = eventSchema.safeParse(eventOf(fields, index));
    return parsed.success ? [fitEvent(parsed.data)] : [];
  });
  for (const event of taken) summary.add(briefOf(event), NOW);
  const body = renderCard({
    summary: summary.finish(),
    ...{ kind, locale, style, budgetBytes: budget, timeZone: 'UTC' },
    brand: { name: 'Acme', colour: '0a84ff' },
    topicName: (type) => type,
    links: {
      digest: 'https://t.example/digests/sub_a_1?t=x',
      answer: () => ({ page: 'https://t.example/links/x?t=y' }),
    },
  });
  must(Buffer.byteLength(body) <= budget, `a card over its budget: ${Buffer.byteLength(body)} of ${budget}`);
  const card = JSON.parse(body);
  must(kind === 'connector' ? card['@type'] === 'MessageCard' : card.type === 'message', 'a body that is no card');
  const faults = kind === 'connector' ? lintMessageCard(card).filter(({ level }) => level === 'error') : [];
  const isOurs = !taken.some(({ data }) => data.card !== undefined);
  must(!isOurs || faults.length === 0, `a card of ours with faults: ${faults.map(({ rule }) => rule).join(', ')}`);
  return `${kind} of ${Math.min(taken.length, 2)}, ${style}${isOurs ? '' : ', own card'}`;
}

function own({ kind, card }: Own): string {
  const event = eventSchema.safeParse({ ...EVENT, data: { ...EVENT.data, card } });
  const body = event.success ? productCardBody(event.data as Event, kind) : undefined;
  if (body !== undefined) JSON.parse(body);
  const rules = lintMessageCard(card).map(({ rule }) => rule);
  return `${kind}: ${event.success ? 'an event' : 'no event'}, ${body === undefined ? 'not posted' : 'posted'}, ${rules.length === 0 ? 'well' : rules[0]}`;
}

function eventOf(
  { title, text, group, factName, factValue, url, buttonTitle, type, scope, severity, card }: Drawn['events'][number],
  index: number,
) {
  const isAddress = URL.canParse(url ?? '');
  return {
    ...{
      specversion: '1.0',
      id: `e${index}`,
      source: 's',
      account: 'a',
      type: type || 't',
      scope: scope || undefined,
      severity,
    },
    data: {
      ...{ title: title || '.', text, group, url: isAddress ? url : undefined },
      facts: [{ name: factName, value: factValue }],
      actions: [{ id: 'a', title: buttonTitle || '.' }],
      ...(card === null || card === undefined ? {} : { card }),
    },
  };
}
