/** Who may call a function: the host's auth levels and keys. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The keys of the app. Empty ones open nothing. */
export interface FunctionKeys {
  /** Opens everything, the admin endpoints too. */
  readonly master: string;
  /** The host key: opens every function of level `function`. */
  readonly host: string;
  /** Keys that open one function each. */
  readonly functions?: Readonly<Record<string, string>> | undefined;
}

/** Fresh keys. */
export function randomKeys(): FunctionKeys {
  const key = () => randomBytes(24).toString('base64url');
  return { master: key(), host: key() };
}

/** The levels of an HTTP trigger. */
export type AuthLevel = 'anonymous' | 'function' | 'admin';

/** What is asked for, and with which key. */
export interface Access {
  readonly level: AuthLevel;
  readonly functionName: string;
  readonly key: string | undefined;
}

/** True when the key opens the level. */
export function isAllowed(keys: FunctionKeys, { level, functionName, key }: Access): boolean {
  if (level === 'anonymous') return true;
  if (key === undefined) return false;
  const opening = [keys.master, ...(level === 'function' ? [keys.host, keys.functions?.[functionName]] : [])];
  return opening.some((known) => known !== undefined && known !== '' && isSame(known, key));
}

/** The key of a request: the header, else the query, as the host reads them. */
export function keyOf(headers: Readonly<Record<string, unknown>>, query: URLSearchParams): string | undefined {
  const header = headers['x-functions-key'];
  return typeof header === 'string' && header !== '' ? header : (query.get('code') ?? undefined);
}

function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
