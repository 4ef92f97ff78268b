/**
 * The channel key: 128 random bits that only the channel's settings in Teams or Outlook keep (as `entityId`), and their hash in
 * the row. Whoever can open those settings is an owner of the channel: that is how another owner takes over.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Session } from '../identity/session.ts';
import type { Subscription } from './subscription.ts';

/** The header that carries it: no address does. */
export const CHANNEL_KEY_HEADER = 'x-channel-key';

const BYTES = 16;
const KEY = /^[\w-]{22}$/;

/** A key of 16 random bytes. */
export function newChannelKey(random: Uint8Array): string {
  return Buffer.from(random.subarray(0, BYTES)).toString('base64url');
}

/** What the row keeps. A hash is enough: nobody guesses 128 bits. */
export function hashChannelKey(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}

/** True when a person of the channel's own tenant presents its key. */
export function opensChannel(key: string | null, { person }: Session, subscription: Subscription): boolean {
  const { channelKeyHash, target, owners } = subscription;
  if (key === null || !KEY.test(key) || channelKeyHash === undefined || person.tid === undefined) return false;
  const isHis = timingSafeEqual(Buffer.from(hashChannelKey(key)), Buffer.from(channelKeyHash));
  // A flow's address names no tenant: then it is the one of those who have it.
  const tenants = target.tenant === undefined ? owners.map(({ tid }) => tid) : [target.tenant];
  return isHis && tenants.some((tenant) => tenant?.toLowerCase() === person.tid?.toLowerCase());
}
