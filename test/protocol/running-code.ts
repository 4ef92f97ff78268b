/** The code of one life of a process, run up to where it waits for answers. */
import { setImmediate } from 'node:timers/promises';
import type { Call, CallAnswer, Input, Moment } from './process.ts';
import type { Product } from './product.ts';
import { type Program, startProgram } from './programs.ts';
import type { StorageAnswer } from './storage-model.ts';

/** Running code at a moment. */
export interface Live {
  readonly give: (input: Input, at: number) => Promise<void>;
  readonly look: () => Pick<Moment, 'waits' | 'running' | 'ended'>;
}

/** Starts a life. */
export function beginLife(product: Product, program: Program, life: string): Live {
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
