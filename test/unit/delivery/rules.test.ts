import { type Answer, readOutcome } from '../../../shared/delivery/outcome.ts';
import { nextSlot, PACING, type Paced, withLastSlotAt, withSlot } from '../../../shared/delivery/pacing.ts';
import { isPublicAddress } from '../../../shared/delivery/public-address.ts';
import { RETRY_WAITS_MS, retryWaitMs } from '../../../shared/delivery/retry-schedule.ts';
import { verdictOf } from '../../../shared/delivery/verdict.ts';
import type { WebhookKind } from '../../../shared/subscriptions/webhook.ts';

const answered = (status: number, body = ''): Answer => ({ is: 'answered', status, body });
const hidden = (code: number) =>
  answered(
    200,
    `Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error ${code} with ContextId tcid=0`,
  );

describe('an answer', () => {
  it.each<[string, WebhookKind, Answer, string]>([
    ['200 and 1', 'connector', answered(200, '1'), 'delivered'],
    ['200 and 1 with white space', 'connector', answered(200, ' 1\n'), 'delivered'],
    ['200 hiding 429', 'connector', hidden(429), 'throttled'],
    ['200 hiding 413', 'connector', hidden(413), 'too-large'],
    ['200 hiding 400', 'connector', hidden(400), 'refused'],
    ['200 hiding 403', 'connector', hidden(403), 'forbidden'],
    ['200 hiding 404', 'connector', hidden(404), 'gone'],
    ['200 hiding 502', 'connector', hidden(502), 'failed'],
    [
      '200 hiding a lost contact',
      'connector',
      answered(200, 'Webhook message delivery failed with error: Error contacting Microsoft Teams endpoint'),
      'failed',
    ],
    ['200 and something else', 'connector', answered(200, '{"ok":true}'), 'unclear'],
    ['200 and nothing', 'connector', answered(200, ''), 'unclear'],
    ['400', 'connector', answered(400, 'Summary or Text is required.'), 'refused'],
    ['400', 'connector', answered(400, 'Bad payload received by generic incoming webhook.'), 'refused'],
    ['400', 'connector', answered(400, 'Invalid webhook request - GET not supported'), 'refused'],
    ['403', 'connector', answered(403), 'forbidden'],
    ['401', 'connector', answered(401), 'unauthorised'],
    ['200 hiding 500', 'connector', hidden(500), 'failed'],
    ['200 hiding 410', 'connector', hidden(410), 'gone'],
    ['200 hiding a failure of no number', 'connector', answered(200, 'Webhook message delivery failed.'), 'failed'],
    ['202 with a body', 'workflow', answered(202, '{"id":"08584"}'), 'accepted'],
    ['400', 'workflow', answered(400, '{"error":{"code":"InvalidRequestContent"}}'), 'refused'],
    ['403', 'workflow', answered(403), 'forbidden'],
    ['410', 'workflow', answered(410), 'gone'],
    ['500', 'workflow', answered(500), 'failed'],
    ['504', 'workflow', answered(504), 'failed'],
    ['a redirect', 'workflow', answered(307), 'failed'],
    ['nothing was sent', 'connector', { is: 'not-sent', reason: 'no' }, 'failed'],
    ['the answer was lost', 'workflow', { is: 'lost', reason: 'no' }, 'unclear'],
    ['404', 'connector', answered(404, 'Webhook Not Found'), 'gone'],
    ['410', 'connector', answered(410), 'gone'],
    ['413', 'connector', answered(413), 'too-large'],
    ['429', 'connector', answered(429), 'throttled'],
    ['500', 'connector', answered(500), 'failed'],
    ['a redirect', 'connector', answered(302), 'failed'],
    ['202', 'connector', answered(202), 'failed'],
    ['202', 'workflow', answered(202), 'accepted'],
    ['200', 'workflow', answered(200, '1'), 'unclear'],
    ['401', 'workflow', answered(401), 'unauthorised'],
    ['404', 'workflow', answered(404), 'gone'],
    ['429', 'workflow', answered(429), 'throttled'],
    ['413', 'workflow', answered(413), 'too-large'],
    ['a refusal of size by another status', 'workflow', answered(502, 'Request Entity too large'), 'too-large'],
    ['nothing was sent', 'workflow', { is: 'not-sent', reason: 'no' }, 'failed'],
    ['the answer was lost', 'connector', { is: 'lost', reason: 'no' }, 'unclear'],
  ])('%s from a %s is read for what it means', (_, kind, answer, expected) => {
    expect(readOutcome(kind, answer).is).toBe(expected);
  });
});

describe('a reason', () => {
  it('says how to mend a flow that wants a caller to sign in', () => {
    const { reason } = readOutcome('workflow', answered(401));

    expect(reason).toBe(
      'The flow wants a signed-in caller: set its trigger to "Anyone" in Power Automate, and paste its whole address again.',
    );
  });

  it.each([400, 401, 403, 404, 410, 413, 429, 500])('is a sentence for people, for a %d', (status) => {
    for (const kind of ['connector', 'workflow'] as const)
      expect(readOutcome(kind, answered(status)).reason).toMatch(/^[A-Z].*\.$/);
  });
});

describe('the retry schedule', () => {
  it('goes on for more than a day, then ends', () => {
    const waits = RETRY_WAITS_MS.map((_, index) => retryWaitMs(index + 1, {}, 0.5));

    expect(waits).toEqual([5e3, 60e3, 300e3, 1_800e3, 7_200e3, 18_000e3, 36_000e3, 36_000e3]);
    expect(retryWaitMs(9, {}, 0.5)).toBeUndefined();
  });

  it.each([
    [0, 48_000],
    [0.999_999_9, 72_000],
  ])('varies by a fifth (%s)', (random, expected) => {
    expect(retryWaitMs(2, {}, random)).toBe(expected);
  });

  it.each([
    ['longer than the schedule', 600_000, 600_000],
    ['shorter than the schedule', 1_000, 60_000],
    ['absurd', 1e12, 24 * 3_600_000],
  ])('obeys a Retry-After that is %s within bounds', (_, retryAfterMs, expected) => {
    expect(retryWaitMs(2, { retryAfterMs }, 0.5)).toBe(expected);
  });
});

describe('a verdict', () => {
  const card = { style: 'normal', budgetBytes: 18_000 } as const;

  it('draws a card that was too large smaller, down to the plain one, and then waits', () => {
    const first = verdictOf({ is: 'too-large' }, card, 1, 0.5);
    const small = verdictOf({ is: 'too-large' }, { style: 'normal', budgetBytes: 4_500 }, 1, 0.5);
    const plain = verdictOf({ is: 'too-large' }, { style: 'plain', budgetBytes: 4_500 }, 1, 0.5);

    expect(first).toEqual({ next: 'redraw', card: { style: 'normal', budgetBytes: 9_000 } });
    expect(small).toEqual({ next: 'redraw', card: { style: 'plain', budgetBytes: 4_500 } });
    expect(plain).toEqual({ next: 'retry', waitMs: 5_000 });
  });

  it('does not post again what was answered with a success of an unknown kind', () => {
    expect(verdictOf({ is: 'unclear', status: 200 }, card, 1, 0.5)).toEqual({ next: 'settled', as: 'accepted' });
  });

  it('posts again what got no answer', () => {
    expect(verdictOf({ is: 'unclear' }, card, 1, 0.5)).toEqual({ next: 'retry', waitMs: 5_000 });
  });

  it('returns what used up its schedule, and what has nowhere to go', () => {
    expect(verdictOf({ is: 'failed' }, card, 9, 0.5)).toEqual({ next: 'return', because: 'used-up' });
    expect(verdictOf({ is: 'gone' }, card, 1, 0.5)).toEqual({ next: 'return', because: 'gone' });
  });
});

describe('pacing', () => {
  it.each<[WebhookKind, number, number]>(
    (['connector', 'workflow'] as const).flatMap((kind) =>
      PACING[kind].map(({ posts, ms }): [WebhookKind, number, number] => [kind, posts, ms]),
    ),
  )('keeps a %s to %d posts in any %d ms', (kind, posts, ms) => {
    let paced: Paced = { slots: [] };
    let now = 1e12;
    const all: number[] = [];
    for (let post = 0; post < posts * 2 + 1; post++) {
      now = nextSlot(kind, paced, { now, process: 'a' });
      paced = withSlot(paced, { now, process: 'a' });
      all.push(now);
    }

    const tooMany = all.filter((at, index) => (all[index + posts] ?? Number.POSITIVE_INFINITY) - at < ms);

    expect(tooMany).toEqual([]);
  });

  it('writes no slot before the last one, by a clock that is behind', () => {
    const paced = { slots: [1_000_000], slotsBy: { process: 'a', count: 1 } };

    expect(withSlot(paced, { now: 940_000, process: 'b' })).toEqual({
      slots: [1_000_000, 1_000_000],
      slotsBy: { process: 'b', count: 1 },
    });
  });

  it('takes slots of another process for younger than they look, and its own for what they are', () => {
    const slots = [1e12, 1e12, 1e12, 1e12];

    expect(nextSlot('connector', { slots, slotsBy: { process: 'a', count: 4 } }, { now: 1e12, process: 'a' })).toBe(
      1e12 + 1_050,
    );
    expect(nextSlot('connector', { slots, slotsBy: { process: 'a', count: 3 } }, { now: 1e12, process: 'a' })).toBe(
      1e12 + 61_050,
    );
    expect(nextSlot('connector', { slots }, { now: 1e12, process: 'b' })).toBe(1e12 + 61_050);
  });

  it('counts a post from when it ended, since it may have arrived as late', () => {
    expect(withLastSlotAt({ slots: [1, 2] }, 30)).toEqual({ slots: [1, 30] });
    expect(withLastSlotAt({ slots: [1, 2] }, 0)).toEqual({ slots: [1, 2] });
  });
});

describe('a public address', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '168.63.129.16',
    '100.64.0.1',
    '0.0.0.0',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'ff02::1',
  ])('is not %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['52.96.0.1', '13.107.6.152', '2603:1036::1', '::ffff:52.96.0.1'])('is %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});
