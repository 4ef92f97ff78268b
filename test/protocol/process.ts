/**
 * Processes of the search. What a process will do next depends on what it was given so far and on nothing else: so its state
 * is that history, and histories that were seen before are not run again.
 */
import type { Answer } from '../../shared/delivery/outcome.ts';
import { textOf, withEtags } from './input.ts';
import type { Product } from './product.ts';
import type { Program } from './programs.ts';
import { beginLife, type Live } from './running-code.ts';
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
    const code = beginLife(product, moment.program, moment.life);
    for (const { input, at } of inputs) await code.give(input, at);
    return code;
  }

  return { born, next, counts: () => ({ moments: moments.size, replays }) };
}
