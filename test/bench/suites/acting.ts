/** Answering: how long a press of a card's button takes, beside the same check of Microsoft's token and the same storage calls, bare. */
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { z } from 'zod';
import { DEFAULT_CLIENT_ID } from '../../../infra/local/microsoft365/world/connector-app.ts';
import { type Answerable, actKey, answerableEvent } from '../../../shared/actions/act-key.ts';
import { createAnswerTokens } from '../../../shared/actions/answer-tokens.ts';
import { digestIdOf } from '../../../shared/digests/digest.ts';
import type { Event } from '../../../shared/events/event.ts';
import { createSignedTokens } from '../../../shared/identity/signed-token.ts';
import { digestJob } from '../../../shared/schedules/digest-job.ts';
import { createDigestsQueue } from '../../../shared/schedules/digests-queue.ts';
import { benchEvent, dailyAt, inParallel, minuteAgo, putPages, putSubscriptions } from '../fill.ts';
import type { Run, Suite } from '../suite.ts';
import { type BenchSystem, startBenchSystem } from '../system.ts';
import { until } from '../wait.ts';
import { runWorker } from '../worker.ts';

/** Ours and the floor by turns, so that both see the same machine. */
const ROUNDS = 3;
/** Digests of a round, for each of the two; a card has buttons for eight events. */
const DIGESTS = 18;
const EVENTS = 8;
/** The first presses of a round, while code is being compiled. */
const WARM_UP = 16;
const LIMIT_MS = 10 * 60_000;
const TENANT = '72f988bf-0000-4000-8000-00000000c0a1';
const ACTION_SERVICE = '48af08dc-f6d2-435f-b2a7-069abd99c086';
const ACTION = 'rerun';

/** `action-p99-ratio`, and the milliseconds beside it. */
export const acting: Suite = {
  name: 'acting',
  figures: ['action-p99-ratio', 'action-p99-ms', 'action-p50-ms'],
  steady: false,
  async *measure(run) {
    const system = await startBenchSystem();
    try {
      const presses = await deliver(system, run);
      const actor = await anActor(system);
      const app = await system.startApp({ on: [], storage: 'straight' });
      const [ours, bare]: [number[], number[]] = [[], []];
      const perRound = DIGESTS * EVENTS;
      for (let round = 0; round < ROUNDS; round++) {
        run.say(`round ${round + 1} of ${ROUNDS}: ${perRound} presses of each`);
        const [mine, theirs] = [0, 1].map((of) => presses.slice((2 * round + of) * perRound).slice(0, perRound));
        const made = pressesOf(system, mine ?? []);
        for (const [index, body] of made.entries()) {
          const took = await press(`${app.url}/actions`, actor.token, body);
          if (index >= WARM_UP) ours.push(took);
        }
        bare.push(...(await bareTimes(system, actor, theirs ?? [])));
      }
      const [value, floor] = [percentile(ours, 0.99), percentile(bare, 0.99)];
      const n = ours.length;
      const where = async () => [
        `50th, 90th, 99th of ours: ${[0.5, 0.9, 0.99].map((part) => percentile(ours, part).toFixed(1)).join(', ')} ms`,
        `and bare: ${[0.5, 0.9, 0.99].map((part) => percentile(bare, part).toFixed(1)).join(', ')} ms`,
      ];
      yield { figure: { name: 'action-p99-ratio', value, unit: 'ms', floor, ratio: value / floor, n }, where };
      yield { figure: { name: 'action-p99-ms', value, unit: 'ms', n }, where };
      const middle = { value: percentile(ours, 0.5), floor: percentile(bare, 0.5) };
      yield { figure: { name: 'action-p50-ms', ...middle, unit: 'ms', ratio: middle.value / middle.floor, n }, where };
    } finally {
      await system.stop();
    }
  },
};

/** A button that can be pressed, and where what it stands for is stored. */
interface Press extends Answerable {
  readonly event: string;
  readonly frozenAt: number;
  readonly subscriptionId: string;
  readonly digestRow: string;
  readonly page: string;
}

/** Digests whose events ask to be answered, delivered by the app; every button of their cards. */
async function deliver(system: BenchSystem, { say }: Run): Promise<Press[]> {
  const ids = Array.from({ length: 2 * ROUNDS * DIGESTS }, (_, number) => `sub_${number}`);
  say(`delivering ${ids.length} digests of ${EVENTS} events`);
  const dueAt = minuteAgo(2);
  const target = {
    appType: 'teams',
    name: 'Build room',
    kind: 'connector',
    host: '127.0.0.1',
    tenant: TENANT,
  } as const;
  await putSubscriptions(
    system,
    ids.map((id) => ({ id, target, schedule: dailyAt(dueAt) })),
  );
  const events = Array.from({ length: EVENTS }, (_, number) => askingEvent(number));
  await putPages(system, ids, events);
  const jobs = createDigestsQueue(system.storage.queue('digests'));
  await inParallel(ids, 16, (subscriptionId) =>
    jobs.put(digestJob({ account: 'acme', subscriptionId }, { why: 'due', dueAt, revision: 1 })),
  );
  const app = await system.startApp({ on: ['send-digest'], storage: 'straight' });
  await until('the cards', LIMIT_MS, () => system.sink.total() >= ids.length);
  await app.stop();
  return (await Promise.all(ids.map((id) => buttonsOf(system, id, events)))).flat();
}

function askingEvent(number: number): Event {
  const event = benchEvent(number);
  return { ...event, data: { ...event.data, actions: [{ id: ACTION, title: 'Run again' }] } };
}

const recordSchema = z.object({ sequence: z.number(), frozenAt: z.number(), firstPage: z.string() });

async function buttonsOf({ storage }: BenchSystem, id: string, events: readonly Event[]): Promise<Press[]> {
  const rows = storage.table('digests').listEntities<{ record: string }>({
    queryOptions: { filter: `PartitionKey eq '${id}'` },
  });
  for await (const { rowKey = '', record } of rows) {
    const { sequence, frozenAt, firstPage: page } = recordSchema.parse(JSON.parse(record));
    const digest = { digest: digestIdOf(id, sequence), account: 'acme', frozenAt };
    return events.map((event) => {
      const answerable = { ...digest, event: answerableEvent(event), action: ACTION };
      return { ...answerable, subscriptionId: id, digestRow: rowKey, page };
    });
  }
  throw new Error(`no digest of ${id} was recorded`);
}

/** Who presses: a token as Microsoft's action service sends it, from an issuer whose keys the sink serves. */
async function anActor({ sink }: BenchSystem) {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'bench', alg: 'RS256', use: 'sig' }];
  sink.pages.set('/common/discovery/v2.0/keys', JSON.stringify({ keys }));
  const claims = {
    tid: TENANT,
    oid: '0b1ec700-0000-4000-8000-0000000000a3',
    name: 'Chloe Dupont',
    azp: ACTION_SERVICE,
  };
  const token = await new SignJWT({ ...claims, ver: '2.0' })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'bench' })
    .setIssuer(`${sink.origin}/${TENANT}/v2.0`)
    .setAudience(DEFAULT_CLIENT_ID)
    .setSubject('pairwise')
    .setIssuedAt()
    .setNotBefore('0s')
    .setExpirationTime('2h')
    .sign(privateKey);
  return { token, keys, audience: DEFAULT_CLIENT_ID };
}

/** What pressing sends: the token of our own in a body. */
function pressesOf({ signingKeys }: BenchSystem, presses: readonly Press[]): string[] {
  const tokens = createSignedTokens({ keys: signingKeys, now: Date.now });
  const { linksTo } = createAnswerTokens({ tokens, publicUrl: 'https://tidings.example', buttons: true });
  return presses.map((each) => JSON.stringify({ token: linksTo(each, each.frozenAt).post?.token }));
}

/** Milliseconds until the answer was there, which has to be a card shown anew. */
async function press(url: string, token: string, body: string): Promise<number> {
  const from = performance.now();
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const answer = await fetch(url, { method: 'POST', headers, body });
  const card = await answer.text();
  const took = performance.now() - from;
  if (answer.status !== 200 || !card.includes('MessageCard'))
    throw new Error(`a press was answered ${answer.status}: ${answer.headers.get('card-action-status')}`);
  return took;
}

async function bareTimes(
  { connectionString }: BenchSystem,
  { token, keys, audience }: Awaited<ReturnType<typeof anActor>>,
  presses: readonly Press[],
): Promise<number[]> {
  const named = presses.map((each) => ({ ...each, key: actKey(each) }));
  const input = { connectionString, token, keys, audience, presses: named, warmUp: WARM_UP };
  return z.object({ times: z.array(z.number()) }).parse(await runWorker({ script: 'bare-actions.ts', input })).times;
}

function percentile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(part * values.length) - 1] ?? Number.NaN;
}
