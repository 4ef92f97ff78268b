/**
 * The wire between one process and the world: every storage call, vault call and POST goes over it and gets a number. The
 * process can be made to die at any of them: from then on nothing it waits for ever settles, so that no `catch` or `finally`
 * of ours runs. Calls are found here, by being made, not by a list: a new one is covered by itself.
 */
import { createDefaultHttpClient, type HttpClient, type PipelineRequest } from '@azure/core-rest-pipeline';

/** `before`: dies, and the call was not made. `after`: dies, and it was. `lost`: it was, and its answer is lost; the process lives. */
export const FAULTS = ['before', 'after', 'lost'] as const;
export type Fault = (typeof FAULTS)[number];

/** Which call, counted from 1 or the first of a name, and what happens there: a fault, or something somebody else does before it. */
export type Plan = { readonly at: number | string } & (
  | { readonly fault: Fault }
  | { readonly fault?: undefined; readonly meanwhile: () => Promise<void> }
);

/** Lets one call at a time through, in an order of its own. */
export type Gate = <T>(name: string, make: () => Promise<T>) => Promise<T>;

/** One process's wire. */
export interface Wire {
  /** What was called so far, in order. */
  readonly calls: readonly string[];
  /** Resolves when the process dies. */
  readonly died: Promise<'died'>;
  /** For the clients of the SDK: below their retries, so that a lost answer is met by the retry. */
  readonly client: HttpClient;
  /** A call that is no HTTP request of an SDK; `lost` says what the caller sees of a lost answer. */
  call<T>(name: string, make: () => Promise<T>, lost: () => Promise<T>): Promise<T>;
  /** Resolves once what was under way when the process died has been carried out. */
  settled(): Promise<void>;
}

const http = createDefaultHttpClient();
const forever = () => new Promise<never>(() => {});

/** A wire on which one thing goes wrong, or nothing. */
export function createWire(plan?: Plan, gate: Gate = (_, make) => make()): Wire {
  const calls: string[] = [];
  const underWay = new Set<Promise<unknown>>();
  let dead = false;
  let done = false;
  let die: () => void = () => {};
  const died = new Promise<'died'>((resolve) => {
    die = () => {
      dead = true;
      resolve('died');
    };
  });

  async function call<T>(name: string, make: () => Promise<T>, lost: () => Promise<T>): Promise<T> {
    if (dead) return forever();
    calls.push(name);
    const struck = !done && (plan?.at === calls.length || plan?.at === name);
    const fault = struck ? plan?.fault : undefined;
    done ||= struck;
    if (struck && plan?.fault === undefined) await plan?.meanwhile();
    if (fault === 'before') {
      die();
      return forever();
    }
    const made = gate(name, make);
    underWay.add(made);
    try {
      const answer = await made;
      if (fault === 'after') die();
      if (!dead && fault === 'lost') return await lost();
      return dead ? await forever() : answer;
    } catch (error) {
      return dead ? await forever() : Promise.reject(error);
    } finally {
      underWay.delete(made);
    }
  }

  return {
    calls,
    died,
    call,
    client: {
      sendRequest: (request) =>
        call(
          nameOf(request),
          () => http.sendRequest(request),
          () => Promise.reject(hangUp()),
        ),
    },
    async settled() {
      await Promise.allSettled(underWay);
    },
  };
}

/** Method and path, without what differs from run to run. */
function nameOf({ method, url }: PipelineRequest): string {
  const { pathname } = new URL(url);
  return `${method} ${decodeURIComponent(pathname)
    .replace(/^\/devstoreaccount1/, '')
    .replace(/\/t[0-9a-f]{12}/, '/')}`;
}

/** As Node.js says it; both SDKs retry it. */
function hangUp(): Error {
  return Object.assign(new Error('socket hang up'), { code: 'ECONNRESET', name: 'RestError' });
}
