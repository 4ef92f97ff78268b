/** The window in which somebody signs in at the product, and how it tells us: a one-time code, never a token. */

/** What the window says to its opener; only our own origin is heard. */
export interface SignedInMessage {
  readonly tidings: 'signed-in';
  readonly code?: string;
  readonly reason?: string;
}

/** No event tells that a person closed a window. */
const LOOK_EVERY_MS = 300;
/** Time for the last message of a window that closed itself. */
const LAST_WORD_MS = 600;

/** The person closed the window, the browser did not open it, or the product did not sign them in. */
export class NotSignedInError extends Error {}

/** A verifier only we know, and its hash, which goes to the product or to Microsoft and comes back inside the token. */
export interface Proof {
  readonly verifier: string;
  readonly nonce: string;
}

/** Makes a proof for one sign-in. */
export async function makeProof(): Promise<Proof> {
  const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)));
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return { verifier, nonce: base64url(new Uint8Array(hash)) };
}

/** Where to sign in. */
export function signInAddress(signInUrl: string, nonce: string): string {
  const url = new URL(signInUrl);
  url.searchParams.set('nonce', nonce);
  url.searchParams.set('return_to', `${location.origin}/signed-in`);
  return url.href;
}

/** Where to sign in with Microsoft: Teams opens a window at our own address only. */
export function microsoftAddress(nonce: string): string {
  return `${location.origin}/signed-in?with=entra&nonce=${nonce}`;
}

/** Opens the window and waits for its code. Call it in the click: browsers open no window later. @throws NotSignedInError. */
export function openSignIn(url: string): Promise<string> {
  const opened = window.open(url, 'sign-in', 'popup,width=600,height=640');
  if (opened === null) return Promise.reject(new NotSignedInError('blocked'));
  return new Promise((resolve, reject) => {
    const end = () => {
      clearInterval(timer);
      removeEventListener('message', listen);
    };
    const listen = ({ origin, source, data }: MessageEvent<Partial<SignedInMessage> | null>) => {
      if (origin !== location.origin || source !== opened || data?.tidings !== 'signed-in') return;
      end();
      if (data.code === undefined) reject(new NotSignedInError(data.reason ?? 'refused'));
      else resolve(data.code);
    };
    const timer = setInterval(() => {
      if (!opened.closed) return;
      clearInterval(timer);
      setTimeout(() => {
        end();
        reject(new NotSignedInError('closed'));
      }, LAST_WORD_MS);
    }, LOOK_EVERY_MS);
    addEventListener('message', listen);
  });
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
