/** Promise 6, by the webhook's own log: two processes of the operating system, one storage, random bursts. */
import { startMicrosoft365 } from '../../../infra/local/microsoft365/server.ts';
import { createSubscriptionsTable } from '../../../shared/subscriptions/subscriptions-table.ts';
import type { WebhookKind } from '../../../shared/subscriptions/webhook.ts';
import { aSubscription } from '../../world/make.ts';
import { freshStorage, testStorage } from '../../world/storage.ts';
import { runTwoProcesses } from './pacing/two-processes.ts';

const HOUR = 3_600_000;
/** `PACING_HOURS=26` is the long form, in which the window of a day is filled too, by clocks that agree as well. */
const GIVEN_HOURS = process.env['PACING_HOURS'];
const HOURS = Number(GIVEN_HOURS ?? 1.05);
const SEED = 20_261_123;
/** What the window of an hour lets through; bursts come often enough to fill most of it, were it not for the clocks. */
const MOST_AN_HOUR = 100;
const KINDS = ['connector', 'workflow'] as const satisfies readonly WebhookKind[];

async function run(skewsMs: readonly [number, number]) {
  const time = { now: Date.parse('2026-11-23T09:00:00Z') };
  const microsoft365 = await startMicrosoft365({ clock: { now: () => time.now } });
  try {
    const prefix = `tp${Date.now().toString(36)}`;
    const storage = await freshStorage({ prefix });
    const channels = KINDS.map((kind) =>
      aSubscription({
        schedule: { every: 'now' },
        target: { appType: 'teams', name: 'Builds', kind, host: 'localhost' },
      }),
    );
    const webhooks: Record<string, string> = {};
    for (const subscription of channels) {
      const { kind } = subscription.target;
      webhooks[subscription.id] = microsoft365.api.createWebhook({ kind, name: kind }).url;
      await createSubscriptionsTable(storage.table('subscriptions')).create(subscription);
    }
    const settings = { connection: testStorage(), prefix, origin: microsoft365.origin, webhooks };
    await runTwoProcesses({ storage, settings, skewsMs, channels, time, lastsMs: HOURS * HOUR, seed: SEED });
    const requests = microsoft365.api.requests.list({});
    return {
      posts: KINDS.map((kind) => requests.filter((request) => request.kind === kind).length),
      violations: requests.flatMap(({ kind, violations }) => violations.map((window) => `${kind} ${window}`)),
    };
  } finally {
    await microsoft365.stop();
  }
}

const AGREEING: [string, readonly [number, number]] = ['agree', [0, 0]];

it.each<[string, readonly [number, number]]>([
  ['are a minute apart', [0, -60_000]],
  ...(GIVEN_HOURS === undefined ? [] : [AGREEING]),
])(
  'two processes whose clocks %s never post faster than the windows of either kind allow',
  async (_, skewsMs) => {
    const { posts, violations } = await run(skewsMs);

    expect(violations).toEqual([]);
    expect(Math.min(...posts)).toBeGreaterThan(MOST_AN_HOUR * 0.5);
  },
  1_800_000,
);
