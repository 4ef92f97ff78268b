/** Calls to our own API: with a bearer or the cookie, once again after signing in anew, failures as problems. */
import { Problem, readProblem } from './problem.ts';
import type { Who } from './settings.ts';

/** Who is signed in, as `POST /session` tells. A cookie's session has no token. */
export interface Session extends Who {
  readonly token?: string;
  /** The account comes from a link that is remembered, for this person or for their whole organisation. */
  readonly link?: 'person' | 'tenant';
}

/** Microsoft's word for who somebody is: their token, or what signing in on Microsoft's page left. */
export type PersonWord = { readonly entraToken: string } | { readonly personProof: string };

/** What starts a session. */
export type SessionProof =
  | { readonly setupToken: string; readonly as: 'cookie' | 'bearer' }
  | { readonly entraToken: string }
  | {
      readonly code: string;
      readonly verifier: string;
      /** A frame has no cookies; a page of its own goes on to Connect with one. */
      readonly as: 'bearer' | 'cookie';
      readonly entraToken?: string;
      readonly personProof?: string;
      readonly forTenant?: boolean;
    };

/** One call. `revision`: what the change is based on; another's change in between is refused with 412. */
export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly revision?: number;
  readonly channelKey?: string | undefined;
  readonly signal?: AbortSignal;
}

/** Makes calls for whoever is signed in. */
export interface Client {
  call<T>(call: Call): Promise<T>;
  /** Starts a session and keeps it for later calls. */
  signIn(proof: SessionProof, timeZone: string): Promise<Session>;
  /** What to do, silently, when a session has ended; without it the call fails and the page asks the person. */
  renewBy(renew: () => Promise<unknown>): void;
}

/** Creates the client. The token stays in memory. */
export function createClient(): Client {
  let token: string | undefined;
  let renew: (() => Promise<unknown>) | undefined;

  async function send(call: Call): Promise<Response> {
    const { method = 'GET', path, body, revision, channelKey, signal } = call;
    const headers = {
      'x-requested-with': 'tidings',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(revision === undefined ? {} : { 'if-match': `"${revision}"` }),
      ...(channelKey === undefined ? {} : { 'x-channel-key': channelKey }),
    };
    const request = {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    };
    return fetch(path, request).catch((error) => {
      if (signal?.aborted) throw error;
      throw new Problem({ status: 0, code: 'offline' });
    });
  }

  async function read<T>(answer: Response): Promise<T> {
    if (!answer.ok) throw await readProblem(answer);
    return (answer.status === 204 ? undefined : await answer.json().catch(() => undefined)) as T;
  }

  return {
    async call(call) {
      const answer = await send(call);
      if (answer.status !== 401 || renew === undefined) return read(answer);
      const renewed = await renew().then(
        () => true,
        () => false,
      );
      return read(renewed ? await send(call) : answer);
    },
    async signIn(proof, timeZone) {
      const answer = await send({ method: 'POST', path: '/session', body: { ...proof, timeZone } });
      const session = await read<Session>(answer);
      token = session.token;
      return session;
    },
    renewBy(how) {
      renew = how;
    },
  };
}
