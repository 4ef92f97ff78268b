/** Cookies of ours: bound to this host, unreadable for scripts, sent on visits from other sites but not with their forms. */
import type { Cookie } from '@azure/functions';

/** The value of a request's cookie; undefined when it was not sent. */
export function readCookie(header: string | null, name: string): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

/** A cookie to set. The `__Host-` in its name makes browsers refuse one that another host or an insecure page set. */
export function hostCookie(name: `__Host-${string}`, value: string, maxAge: number): Cookie {
  return { name, value, maxAge, path: '/', httpOnly: true, secure: true, sameSite: 'Lax' };
}

/** The same for one that must come back with another site's form, as from a sign-in page that posts. */
export function crossSiteCookie(name: `__Host-${string}`, value: string, maxAge: number): Cookie {
  return { ...hostCookie(name, value, maxAge), sameSite: 'None' };
}

/** Takes a cookie back. */
export function expiredCookie(name: `__Host-${string}`): Cookie {
  return hostCookie(name, '', 0);
}
