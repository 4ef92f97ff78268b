/** Every button that was pressed, what Microsoft's servers sent for it, and what came back. */
import type { RecordedAnswer } from '../webhooks/request-log.ts';

/** One press. `request` is null when nothing was sent. */
export interface PressedButton {
  readonly id: number;
  readonly at: string;
  readonly message: string;
  readonly path: string;
  readonly user: string;
  readonly request: {
    readonly target: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  } | null;
  readonly answer: RecordedAnswer | null;
  readonly result: PressResult;
}

/** What the person sees. */
export interface PressResult {
  readonly is: 'done' | 'failed';
  /** The line under the card. */
  readonly text: string;
  /** Why it failed, in this stand-in's words: the person sees only the line. */
  readonly reason: string | null;
  readonly replaced: boolean;
}

/** The log; the oldest beyond `keep` are forgotten. */
export function createActionLog(keep = 2_000) {
  let pressed: PressedButton[] = [];
  let next = 1;
  return {
    add(press: Omit<PressedButton, 'id'>): PressedButton {
      const record = { ...press, id: next++ };
      pressed.push(record);
      if (pressed.length > keep * 1.1) pressed = pressed.slice(-keep);
      return record;
    },
    list: (): readonly PressedButton[] => pressed,
    clear: () => {
      pressed = [];
    },
  };
}

/** The log of pressed buttons. */
export type ActionLog = ReturnType<typeof createActionLog>;
