/** How far a long command is: one line that is written over, for people only. */
import type { Terminal } from './create-ops.ts';

/** Says how many were done so far; `end` takes the line away. */
export interface Progress {
  add(): void;
  end(): void;
}

const EVERY = 200;

/** Progress on `what`, such as "subscriptions looked at"; silent where nobody watches the terminal. */
export function createProgress({ err, isWatched }: Pick<Terminal, 'err' | 'isWatched'>, what: string): Progress {
  let done = 0;
  let shown = false;
  return {
    add() {
      done += 1;
      if (isWatched !== true || done % EVERY !== 0) return;
      err(`\r${done} ${what}`);
      shown = true;
    },
    end() {
      if (shown) err('\r\u001b[K');
    },
  };
}
