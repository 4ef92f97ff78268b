/** Reads a message of TeamsJS: a function's name, its arguments, and what the answer has to name. */

/** One call from a page. */
export interface Call {
  readonly id: unknown;
  readonly uuid: unknown;
  readonly func: string;
  readonly args: readonly unknown[];
}

/** The call in a message's data; undefined for anything else. */
export function readCall(data: unknown): Call | undefined {
  if (typeof data !== 'object' || data === null || !('func' in data) || typeof data.func !== 'string') return undefined;
  return {
    func: data.func,
    args: 'args' in data && Array.isArray(data.args) ? data.args : [],
    id: 'id' in data ? data.id : undefined,
    uuid: 'uuid' in data ? data.uuid : undefined,
  };
}
