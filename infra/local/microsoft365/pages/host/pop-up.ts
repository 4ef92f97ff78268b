/** The window in which somebody signs in, opened by the host for a framed page. */

/** How often is looked whether the person has closed it: no event tells. */
const LOOK_EVERY_MS = 300;

/** One window at a time. Answers are what `authenticate` resolves with: whether it went well, and the result or the reason. */
export function createPopUp() {
  let opened: Window | null = null;
  let settle: ((answer: readonly [boolean, string]) => void) | undefined;
  const done = (ok: boolean, value: string): void => {
    settle?.([ok, value]);
    settle = undefined;
    opened = null;
  };
  return {
    open: (url: string, width: number, height: number): Promise<readonly [boolean, string]> =>
      new Promise((resolve) => {
        opened = window.open(url, 'authentication', `popup,width=${width || 600},height=${height || 535}`);
        if (opened === null) return resolve([false, 'FailedToOpenWindow']);
        const watched = opened;
        const timer = setInterval(() => {
          if (opened !== watched) clearInterval(timer);
          else if (watched.closed) done(false, 'CancelledByUser');
        }, LOOK_EVERY_MS);
        settle = resolve;
      }),
    is: (source: MessageEventSource | null): boolean => opened !== null && source === opened,
    done,
  };
}
