/** What every trigger listener is to the host. */

/** A running listener. */
export interface Listener {
  /** Takes nothing new and resolves when what runs has finished. */
  stop(): Promise<void>;
}
