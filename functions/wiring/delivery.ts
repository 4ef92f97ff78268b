/** Puts together what sends digests. */
import { renderNotice } from '../../shared/cards/render-notice.ts';
import type { DeliveryDeps } from '../../shared/delivery/delivery-deps.ts';
import { createPostNotice, type DrawNotice } from '../../shared/delivery/post-notice.ts';
import { createPostQuiet } from '../../shared/delivery/post-quiet.ts';
import { createPostWelcome } from '../../shared/delivery/post-welcome.ts';
import { createSendDigest } from '../../shared/delivery/send-digest.ts';
import { createPostCard } from '../../shared/delivery/webhook-client.ts';
import { createDigestsTable } from '../../shared/digests/digests-table.ts';
import { createHeadTable } from '../../shared/digests/head-table.ts';
import { type Catalogue, topicNameIn } from '../../shared/events/catalogue.ts';
import { createInboxTable } from '../../shared/events/inbox-table.ts';
import type { Clock } from '../../shared/platform/clock.ts';
import type { Config } from '../../shared/platform/config.ts';
import { createSeal } from '../../shared/platform/seal.ts';
import { newNonce } from '../../shared/platform/table-rows.ts';
import { nextDelivery } from '../../shared/schedules/next-deliveries.ts';
import { describeSchedule } from '../../shared/subscriptions/describe.ts';
import { createOpenWebhook } from '../../shared/subscriptions/open-webhook.ts';
import type { Subscription } from '../../shared/subscriptions/subscription.ts';
import type { Webhook } from '../../shared/subscriptions/webhook.ts';
import { createWebhookVault } from '../../shared/subscriptions/webhook-vault.ts';
import { createSendDigestHandler } from '../send-digest.ts';
import { drawDigest } from './draw-digest.ts';
import * as parts from './parts.ts';

/** The handler of queue `digests`. */
export async function sendDigestHandler() {
  const deps = await deliveryDeps();
  const drawNotice = drawNoticeWith(await parts.catalogue(), await parts.config());
  const drawWelcome = drawWelcomeWith(drawNotice, deps.clock);
  return createSendDigestHandler({
    send: createSendDigest(deps),
    welcome: createPostWelcome({ ...deps, drawWelcome }),
    notice: createPostNotice({ ...deps, drawNotice }),
    quiet: createPostQuiet({ ...deps, drawNotice }),
    deadLetters: await parts.deadLetters(),
    telemetry: deps.telemetry,
  });
}

/** What deliveries work with. */
export const deliveryDeps = parts.once(async (): Promise<DeliveryDeps> => {
  const [config, clock, storage, keys] = await Promise.all([
    parts.config(),
    parts.clock(),
    parts.storage(),
    parts.keys(),
  ]);
  const seal = createSeal(keys.ring('sealing-key'));
  const { subscriptions, due, jobs, tellProduct } = await parts.changeDeps();
  const draw = await drawDigest();
  return {
    subscriptions,
    due,
    jobs,
    tellProduct,
    heads: createHeadTable(storage.table('inbox')),
    inbox: createInboxTable(storage.table('inbox')),
    digests: createDigestsTable(storage.table('digests')),
    openWebhook: createOpenWebhook({ seal, webhookVault: createWebhookVault(await parts.vault()), subscriptions }),
    drawCard: (summary, digest, subscription) => draw({ summary, subscription, digest, card: digest.card }),
    postCard: createPostCard({ localOrigins: config.WEBHOOK_HOSTS_EXTRA.map(({ origin }) => origin), now: clock.now }),
    cardBudgetBytes: config.CARD_BUDGET_BYTES,
    clock,
    times: config.PROTOCOL_TIMES,
    newNonce,
    processId: parts.processId,
    random: Math.random,
    log: parts.log,
    telemetry: await parts.telemetry(),
  };
});

/** Draws cards that are no digests. */
function drawNoticeWith({ product, topics }: Catalogue, { PUBLIC_URL, CARD_BUDGET_BYTES }: Config): DrawNotice {
  return (notice, { locale, schedule }, { kind }) =>
    renderNotice({
      notice,
      kind,
      locale,
      timeZone: schedule.every === 'now' ? 'UTC' : schedule.timeZone,
      brand: { ...product, logo: new URL(product.logo, PUBLIC_URL).href },
      topicName: topicNameIn(topics, locale),
      links: { settings: `${PUBLIC_URL}/config` },
      budgetBytes: CARD_BUDGET_BYTES,
      style: 'normal',
    });
}

/** Draws the welcome. A person is named where the product's name for them is one that people know. */
function drawWelcomeWith(drawNotice: DrawNotice, clock: Clock) {
  return (subscription: Subscription, webhook: Webhook): string => {
    const { schedule, owners, topics } = subscription;
    const timed = schedule.every === 'now' ? undefined : schedule;
    const notice = {
      is: 'welcome',
      setUpBy: owners.map(({ sub }) => sub).find((sub) => sub !== undefined && /[\s@]/.test(sub)),
      topics,
      schedule: timed && describeSchedule(timed),
      firstAt: timed && nextDelivery(timed, clock.now()),
    } as const;
    return drawNotice(notice, subscription, webhook);
  };
}
