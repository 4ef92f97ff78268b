/** One round: a plan carried out on a clock of its own, by two workers, against webhooks with every quirk on. */
import { type Microsoft365, startMicrosoft365 } from '../../../infra/local/microsoft365/server.ts';
import type { DigestJob } from '../../../shared/schedules/digest-job.ts';
import type { DueRow } from '../../../shared/schedules/due-row.ts';
import { dueRowOf } from '../../../shared/subscriptions/due-of-subscription.ts';
import { createResumeSubscription } from '../../../shared/subscriptions/resume-subscription.ts';
import type { Webhook } from '../../../shared/subscriptions/webhook.ts';
import { createManualClock } from '../../world/manual-clock.ts';
import { freshStorage } from '../../world/storage.ts';
import type { Chances } from '../random.ts';
import { countRound } from './count.ts';
import { type Plan, START } from './plan.ts';
import { createProduct, type Product } from './product.ts';
import { addQuirks, calm, changeMoods, quirksOf } from './quirks.ts';
import type { Result } from './result.ts';

const HOUR = 3_600_000;
/** By then every retry schedule and every daily probe has come round; a round that is not quiet by then is stuck. */
const PATIENCE_MS = 9 * 24 * HOUR;
/** Jobs at a time, as a host would run. */
const AT_ONCE = 12;
/** The host hides a message that failed for this long (host.json). */
const AFTER_FAILURE_MS = 30_000;

/** Carries a plan out, and counts. */
export async function runRound(plan: Plan, chances: Chances): Promise<Result> {
  const clock = createManualClock(new Date(START).toISOString());
  const microsoft365 = await startMicrosoft365({ clock: { now: clock.realNow } });
  try {
    return await inWorld(plan, chances, clock, microsoft365);
  } finally {
    await microsoft365.stop();
  }
}

async function inWorld(
  plan: Plan,
  chances: Chances,
  clock: ReturnType<typeof createManualClock>,
  { api, origin }: Microsoft365,
): Promise<Result> {
  const storage = await freshStorage();
  const targets = new Map<string, Webhook>();
  const drawn = new Map<string, { readonly digestId: string; readonly titles: readonly string[] }>();
  const waiting: { readonly job: DigestJob; showsAt: number }[] = [];
  const queue = {
    async put(job: DigestJob, hiddenForMs = 0) {
      waiting.push({ job, showsAt: clock.elapsed() + Math.ceil(Math.max(0, hiddenForMs) / 1000) * 1000 });
    },
  };
  const around = {
    storage,
    clock,
    queue,
    origin,
    webhooks: targets,
    drawn: (body: string, digestId: string, titles: readonly string[]) => void drawn.set(body, { digestId, titles }),
  };
  const workers: readonly [Product, ...Product[]] = [createProduct(around), createProduct(around)];
  const dueAt = new Set<number>();
  for (const worker of workers) watchDue(worker.deps.due, dueAt);

  const places = plan.subscriptions.map(({ target }) =>
    api.createWebhook({ kind: target.kind, name: target.name, quirks: quirksOf(target.kind, chances) }),
  );
  for (const [index, subscription] of plan.subscriptions.entries()) {
    targets.set(subscription.id, { kind: subscription.target.kind, url: places[index]?.url ?? '' });
    await workers[0].deps.subscriptions.create(subscription);
    const row = dueRowOf(subscription, clock.now());
    if (row !== undefined) await workers[0].deps.due.put(row);
  }
  addQuirks(api, chances);

  async function handleShown(): Promise<void> {
    for (;;) {
      const shown = waiting.filter(({ showsAt }) => showsAt <= clock.elapsed()).slice(0, AT_ONCE);
      if (shown.length === 0) return;
      for (const message of shown) waiting.splice(waiting.indexOf(message), 1);
      await Promise.all(
        shown.map(async ({ job }) => {
          // A message is seen twice now and then, by both workers.
          const seenBy = chances.below(20) === 0 ? workers : [chances.pick(workers)];
          const came = await Promise.allSettled(seenBy.map((worker) => worker.handle(job)));
          if (came.some(({ status }) => status === 'rejected')) await queue.put(job, AFTER_FAILURE_MS);
        }),
      );
    }
  }

  const messages = [...plan.messages];
  const unfinished = plan.subscriptions.map(({ id }) => id);
  let nextHour = START + HOUR;
  let isCalm = false;
  const isQuiet = () => isCalm && messages.length === 0 && waiting.length === 0;
  for (let net = 0; ; ) {
    const next = Math.min(
      messages[0]?.at ?? Number.POSITIVE_INFINITY,
      START + Math.min(...waiting.map(({ showsAt }) => showsAt)),
      ...dueAt,
      nextHour,
    );
    clock.advance(Math.max(1, next - clock.now()));
    const now = clock.now();
    if (!isCalm && now >= plan.calmFrom) {
      isCalm = true;
      api.faults.remove();
      calm(api, places);
      if (plan.mends) await resumeAll(workers[0], plan);
    }
    while (messages[0] !== undefined && messages[0].at <= now) {
      const { events } = messages.shift() ?? { events: [] };
      const body = JSON.parse(JSON.stringify(events));
      await chances.pick(workers).receive({ body, id: `message-${chances.next()}`, insertedAt: now });
    }
    if ([...dueAt].some((at) => at <= now)) {
      for (const at of dueAt) if (at <= now) dueAt.delete(at);
      const ticking = chances.below(5) === 0 ? workers : [chances.pick(workers)]; // a timer runs twice now and then
      await Promise.all(ticking.map((worker) => worker.dispatch()));
    }
    await handleShown();
    if (now < nextHour) continue;
    nextHour = now + HOUR - ((now - START) % HOUR);
    if (!isCalm) changeMoods(api, places, chances);
    net += 1;
    if (!isQuiet()) {
      if (now > plan.calmFrom + PATIENCE_MS) break;
      continue;
    }
    if (net % 24 === 0) await workers[0].reconcile();
    if (await isAllOut(workers[0], unfinished)) break;
    if (now > plan.calmFrom + PATIENCE_MS) break;
  }
  return countRound({
    product: workers[0],
    subscriptionIds: plan.subscriptions.map(({ id }) => id),
    messages: plan.messages,
    requests: api.requests.list({}),
    sums: api.requests.sums(),
    drawn,
  });
}

/** The minutes in which a tick has something to do: a tick in every other one would find nothing. */
function watchDue(due: Product['deps']['due'], dueAt: Set<number>): void {
  const { put, insertAll } = due;
  const note = (rows: readonly DueRow[]) => {
    for (const row of rows) dueAt.add(row.dueAt);
  };
  due.put = async (row) => {
    note([row]);
    await put(row);
  };
  due.insertAll = async (rows) => {
    note(rows);
    await insertAll(rows);
  };
}

/** What a dead or waiting channel's owner does when the webhook is well again. */
async function resumeAll({ deps }: Product, { subscriptions }: Plan): Promise<void> {
  const resume = createResumeSubscription(deps);
  for (const { account, id } of subscriptions) await resume({ account, id });
}

/** Nothing unfinished, nothing open. Takes channels off the list that are done: no events come any more. */
async function isAllOut({ deps }: Product, unfinished: string[]): Promise<boolean> {
  for (let [id] = unfinished; id !== undefined; [id] = unfinished) {
    if ((await deps.heads.read(id)).head.digest !== undefined) return false;
    for await (const _ of deps.inbox.listOpen(id)) return false;
    unfinished.shift();
  }
  return true;
}
