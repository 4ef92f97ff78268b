/**
 * Processes of the search. What a process will do next depends on what it was given so far and on nothing else: so its state
 * is that history, and histories that were seen before are not run again.
 */
import { setImmediate } from 'node:timers/promises';
import type { Answer } from '../../shared/delivery/outcome.ts';
import type { Product } from './product.ts';
import { type Program, startProgram } from './programs.ts';
import type { StorageAnswer, StorageCall } from './storage-model.ts';

/** A call that a process waits for. */
export type Call = StorageCall | { readonly op: 'post'; readonly body: string };
export type CallAnswer = StorageAnswer | { readonly is: 'answer'; readonly answer: Answer };

/** What a process can be given: a message, or the answer to the call of a number. */
export type Input =
  | { readonly is: 'message'; readonly message: string; readonly invocation: number }
  | { readonly is: 'answer'; readonly call: number; readonly answer: CallAnswer };

/** A point in a process's life, when it waits for answers. `id` stands for its whole history. */
export interface Moment {
  readonly id: number;
  readonly program: Program;
  /** Part of every nonce and page key: no two lives of a process share one. */
  readonly life: string;
  readonly waits: readonly { readonly number: number; readonly call: Call }[];
  /** Invocations under way. */
  readonly running: readonly number[];
  /** Invocations that ended with the last input. */
  readonly ended: readonly { readonly invocation: number; readonly how: 'done' | 'failed'; readonly error?: unknown }[];
  /** ETags it has read or written, as `key etag`. */
  readonly etags: ReadonlySet<string>;
  readonly past: { readonly before: Moment; readonly input: Input; readonly at: number } | undefined;
}

/** Running code at a moment. */
interface Live {
  readonly give: (input: Input, at: number) => Promise<void>;
  readonly look: () => Pick<Moment, 'waits' | 'running' | 'ended'>;
}

/** Codes under way that are kept; others are run again from the start of their process's life. */
const MAX_LIVE = 2_000;

/** Lives of processes, by their histories. */
export function createProcesses(product: Product) {
  const moments = new Map<string, Moment>();
  const live = new Map<number, Live>();
  let replays = 0;

  /** A process that has just started. */
  function born(program: Program, life: string): Moment {
    const key = `${program.name} ${life}`;
    const there = moments.get(key);
    if (there !== undefined) return there;
    const moment: Moment = {
      id: moments.size,
      program,
      life,
      waits: [],
      running: [],
      ended: [],
      etags: new Set(),
      past: undefined,
    };
    moments.set(key, moment);
    return moment;
  }

  /** What a process does with an input at a true time; at once where it was seen before. */
  function next(before: Moment, input: Input, at: number): Moment | Promise<Moment> {
    const key = `${before.id} ${at} ${textOf(input)}`;
    return moments.get(key) ?? run(before, input, at, key);
  }

  async function run(before: Moment, input: Input, at: number, key: string): Promise<Moment> {
    const code = live.get(before.id) ?? (await replay(before));
    live.delete(before.id);
    await code.give(input, at);
    const moment: Moment = {
      id: moments.size,
      program: before.program,
      life: before.life,
      ...code.look(),
      etags: withEtags(before.etags, input, before),
      past: { before, input, at },
    };
    moments.set(key, moment);
    live.set(moment.id, code);
    if (live.size > MAX_LIVE) live.delete(live.keys().next().value ?? -1);
    return moment;
  }

  async function replay(moment: Moment): Promise<Live> {
    replays += 1;
    const inputs: { input: Input; at: number }[] = [];
    for (let { past } = moment; past !== undefined; past = past.before.past) inputs.unshift(past);
    const code = begin(product, moment.program, moment.life);
    for (const { input, at } of inputs) await code.give(input, at);
    return code;
  }

  return { born, next, counts: () => ({ moments: moments.size, replays }) };
}

function begin(product: Product, program: Program, life: string): Live {
  const pending = new Map<number, { call: Call; settle: (answer: CallAnswer) => void }>();
  const running = new Set<number>();
  let ended: Moment['ended'][number][] = [];
  let now = 0;
  let calls = 0;
  let nonces = 0;
  const newNonce = () => `${life}.${++nonces}`;
  const ask = (call: Call) => new Promise<CallAnswer>((settle) => void pending.set(++calls, { call, settle }));
  const handle = startProgram(product, program, {
    call: async (call) => (await ask(call)) as StorageAnswer,
    post: async (body) => {
      const answer = await ask({ op: 'post', body });
      if (answer.is !== 'answer') throw new Error('a POST is answered by a webhook');
      return answer.answer;
    },
    clock: {
      now: () => now + program.skewMs,
      realNow: () => now + program.skewMs,
      elapsed: () => now,
      rate: () => 1,
    },
    newNonce,
    processId: life,
  });

  return {
    async give(input, at) {
      now = at;
      ended = [];
      product.source.nonce = newNonce;
      if (input.is === 'answer') {
        pending.get(input.call)?.settle(input.answer);
        pending.delete(input.call);
      } else {
        const { invocation } = input;
        running.add(invocation);
        const end = (how: 'done' | 'failed', error?: unknown) => {
          running.delete(invocation);
          ended.push({ invocation, how, error });
        };
        handle(input.message).then(
          () => end('done'),
          (error: unknown) => end('failed', error),
        );
      }
      await setImmediate(); // every microtask has run
    },
    look: () => ({
      waits: [...pending].map(([number, { call }]) => ({ number, call })),
      running: [...running],
      ended,
    }),
  };
}

function withEtags(etags: ReadonlySet<string>, input: Input, before: Moment): ReadonlySet<string> {
  if (input.is !== 'answer') return etags;
  const more = etagsIn(input.answer, before.waits.find(({ number }) => number === input.call)?.call);
  return more.every((etag) => etags.has(etag)) ? etags : new Set([...etags, ...more]);
}

function etagsIn(answer: CallAnswer, call: Call | undefined): string[] {
  switch (answer.is) {
    case 'row':
      return [`${answer.row.key} ${answer.row.etag}`];
    case 'rows':
      return answer.rows.map(({ key, etag }) => `${key} ${etag}`);
    case 'written':
      return call?.op === 'write' ? answer.etags.map((etag, index) => `${keyOf(call, index)} ${etag}`) : [];
    default:
      return [];
  }
}

function keyOf({ table, changes }: Extract<StorageCall, { op: 'write' }>, index: number): string {
  const change = changes[index];
  if (change === undefined) return '';
  return change.do === 'delete'
    ? `${table}/${change.pk}/${change.rk}`
    : `${table}/${change.entity.partitionKey}/${change.entity.rowKey}`;
}

function textOf(input: Input): string {
  if (input.is === 'message') return `m${input.invocation} ${input.message}`;
  const { answer } = input;
  const call = `a${input.call}`;
  switch (answer.is) {
    case 'row':
      return `${call} r${answer.row.id}`;
    case 'rows':
      return `${call} l${answer.rows.map(({ id }) => id).join()}${answer.more ? '+' : ''}`;
    case 'written':
      return `${call} w${answer.etags.join()}`;
    case 'failed':
      return `${call} f${answer.status}`;
    case 'put':
      return `${call} p`;
    case 'answer':
      return `${call} ${JSON.stringify(answer.answer)}`;
  }
}
