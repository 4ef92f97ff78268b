/** Everything the local Microsoft 365 can do to a card, at once: each fault meets some requests by chance, and channels have moods. */
import type { Control } from '../../../infra/local/microsoft365/control/control.ts';
import type { Effect } from '../../../infra/local/microsoft365/webhooks/faults.ts';
import type { Webhook, WebhookKind } from '../../../infra/local/microsoft365/webhooks/webhook.ts';
import type { Chances } from '../random.ts';

/** What a webhook does to some requests, by chance. */
export interface Quirk {
  readonly effect: Effect;
  readonly probability: number;
  readonly kind?: WebhookKind;
}

/** An error as an answer, in place of the card's or after it was taken. */
export const answer = (status: number, when: 'before' | 'after', headers: Record<string, string> = {}): Effect => ({
  do: 'answer',
  status,
  body: 'Something went wrong.',
  headers,
  when,
});

const QUIRKS: readonly Quirk[] = [
  { effect: answer(500, 'before'), probability: 0.02 },
  { effect: answer(503, 'before', { 'retry-after': '90' }), probability: 0.02 },
  { effect: answer(429, 'before', { 'retry-after': '20' }), probability: 0.02 },
  { effect: answer(400, 'before'), probability: 0.01 },
  { effect: answer(401, 'before'), probability: 0.005 },
  { effect: answer(413, 'before'), probability: 0.01 },
  { effect: answer(404, 'before'), probability: 0.002 },
  { effect: answer(410, 'before'), probability: 0.002 },
  { effect: answer(302, 'before', { location: 'http://localhost/elsewhere' }), probability: 0.005 },
  { effect: answer(500, 'after'), probability: 0.02 },
  ...[400, 403, 413, 429, 502].map(
    (code): Quirk => ({
      effect: { do: 'hidden-error', code },
      probability: 0.01,
      kind: 'connector',
    }),
  ),
  { effect: { do: 'contact-error' }, probability: 0.01, kind: 'connector' },
  { effect: { do: 'reset', when: 'before' }, probability: 0.01 },
  { effect: { do: 'reset', when: 'after' }, probability: 0.02 },
  { effect: { do: 'garbage', when: 'before' }, probability: 0.01 },
  { effect: { do: 'garbage', when: 'after' }, probability: 0.01 },
  { effect: { do: 'odd-body', when: 'before' }, probability: 0.002 },
  { effect: { do: 'odd-body', when: 'after' }, probability: 0.005 },
  { effect: { do: 'slow', ms: 30, when: 'before' }, probability: 0.05 },
  { effect: { do: 'slow', ms: 30, when: 'after' }, probability: 0.05 },
  { effect: { do: 'silence', when: 'before' }, probability: 0.000_5 },
  { effect: { do: 'silence', when: 'after' }, probability: 0.001 },
  { effect: { do: 'fail-run', code: 'BadGateway', message: 'It failed.' }, probability: 0.01, kind: 'workflow' },
];

/** Switches them on: everything, if not told what. */
export function addQuirks({ faults }: Control, chances: Chances, quirks: readonly Quirk[] = QUIRKS): void {
  for (const { effect, probability, kind } of quirks)
    faults.add({ effect, probability, kind, after: 0, times: Number.POSITIVE_INFINITY, seed: chances.below(2 ** 31) });
}

/** How a new webhook differs from most: a smaller limit, or refusals that are not hidden. */
export function quirksOf(kind: WebhookKind, chances: Chances): Record<string, unknown> {
  if (kind === 'workflow') return { acceptsText: chances.below(2) === 0 };
  return {
    ...(chances.below(5) === 0 ? { maxBytes: 6_000 } : {}),
    hidesErrors: chances.below(4) !== 0,
  };
}

const MOODS: Readonly<Record<WebhookKind, readonly [object, ...object[]]>> = {
  connector: [{ state: 'channel-deleted' }, { state: 'blocked' }],
  workflow: [{ state: 'off' }, { callers: 'tenant' }],
};

/** For an hour, one channel is deleted, blocked, switched off, or wants to know who calls; the others are as they should be. */
export function changeMoods(control: Control, webhooks: readonly Webhook[], chances: Chances): void {
  calm(control, webhooks);
  const webhook = webhooks[chances.below(webhooks.length)];
  if (webhook !== undefined) control.changeWebhook(webhook.id, { ...chances.pick(MOODS[webhook.kind]) });
}

/** All is well again. */
export function calm(control: Control, webhooks: readonly Webhook[]): void {
  for (const { id } of webhooks) control.changeWebhook(id, { state: 'active', callers: 'anyone' });
}
