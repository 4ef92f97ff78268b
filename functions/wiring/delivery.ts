/** Puts together what sends digests. */
import { renderNotice } from '../../shared/cards/render-notice.ts';
import type { DeliveryDeps } from '../../shared/delivery/delivery-deps.ts';
import { createPostNotice, type DrawNotice } from '../../shared/delivery/post-notice.ts';
import { createPostQuiet } from '../../shared/delivery/post-quiet.ts';
import { createPostResend } from '../../shared/delivery/post-resend.ts';
import { createPostWelcome } from '../../shared/delivery/post-welcome.ts';
import { createSendDigest } from '../../shared/delivery/send-digest.ts';
import { tracedPost } from '../../shared/delivery/traced-post.ts';
import { createPostCard } from '../../shared/delivery/webhook-client.ts';
import { topicNameIn } from '../../shared/events/catalogue.ts';
import type { Clock } from '../../shared/platform/clock.ts';
import { newNonce } from '../../shared/platform/table-rows.ts';
import { nextDelivery } from '../../shared/schedules/next-deliveries.ts';
import { describeSchedule } from '../../shared/subscriptions/describe.ts';
import { createOpenWebhook } from '../../shared/subscriptions/open-webhook.ts';
import type { Subscription } from '../../shared/subscriptions/subscription.ts';
import type { Webhook } from '../../shared/subscriptions/webhook.ts';
import { createSendDigestHandler } from '../send-digest.ts';
import { changeDeps } from './changing.ts';
import { drawDigest } from './draw-digest.ts';
import * as parts from './parts.ts';
import { webhookDeps } from './subscribing.ts';
import * as tables from './tables.ts';

/** The handler of queue `digests`. */
export async function sendDigestHandler() {
  const deps = await deliveryDeps();
  const drawNotice = await noticeDrawer();
  const drawWelcome = drawWelcomeWith(drawNotice, deps.clock);
  return createSendDigestHandler({
    send: createSendDigest(deps),
    welcome: createPostWelcome({ ...deps, drawWelcome }),
    notice: createPostNotice({ ...deps, drawNotice }),
    quiet: createPostQuiet({ ...deps, drawNotice }),
    resend: createPostResend(deps),
    deadLetters: await tables.deadLetters(),
    telemetry: deps.telemetry,
  });
}

/** What deliveries work with. */
export const deliveryDeps = parts.once(async (): Promise<DeliveryDeps> => {
  const config = await parts.config();
  const { subscriptions, due, jobs, tellProduct, clock } = await changeDeps();
  const { seal, webhookVault } = await webhookDeps();
  const draw = await drawDigest();
  const telemetry = await parts.telemetry();
  const localOrigins = config.WEBHOOK_HOSTS_EXTRA.map(({ origin }) => origin);
  return {
    subscriptions,
    due,
    jobs,
    tellProduct,
    heads: await tables.heads(),
    inbox: await tables.inbox(),
    dropped: await tables.dropped(),
    digests: await tables.digests(),
    openWebhook: createOpenWebhook({ seal, webhookVault, subscriptions }),
    drawCard: (summary, digest, subscription) => draw({ summary, subscription, digest, card: digest.card }),
    postCard: tracedPost(createPostCard({ localOrigins, now: clock.now }), telemetry),
    cardBudgetBytes: config.CARD_BUDGET_BYTES,
    clock,
    times: config.PROTOCOL_TIMES,
    newNonce,
    processId: parts.processId,
    random: Math.random,
    log: parts.log,
    telemetry,
  };
});

/** Draws cards that are no digests. */
async function noticeDrawer(): Promise<DrawNotice> {
  const [{ PUBLIC_URL, CARD_BUDGET_BYTES }, { topics }, brand] = await Promise.all([
    parts.config(),
    parts.catalogue(),
    parts.cardBrand(),
  ]);
  return (notice, { locale, schedule }, { kind }) =>
    renderNotice({
      notice,
      kind,
      locale,
      timeZone: schedule.every === 'now' ? 'UTC' : schedule.timeZone,
      brand,
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
