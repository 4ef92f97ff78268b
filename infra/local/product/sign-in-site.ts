/** A make-believe product: it knows its users, and says who somebody is by a setup token. Shows `ACCOUNT_FROM=product` whole. */
import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { readForm } from '../microsoft365/http/body.ts';
import { html } from '../microsoft365/http/html.ts';
import { listen } from '../microsoft365/http/listener.ts';
import { answerer, type Call, type Reply, reply, route } from '../microsoft365/http/router.ts';
import { choosePage, leavePage, USERS } from './sign-in-pages.ts';

/** What it needs. `port`: 0 takes a free one. */
export interface ProductOptions {
  readonly port: number;
  /** Where the connector is: the audience of the tokens, and the only place people are sent to. */
  readonly publicUrl: string;
  /** What the tokens are signed with, once it is known. */
  readonly setupKey: () => Promise<string>;
  /** What they say their issuer is: `SETUP_TOKEN_ISSUER`. */
  readonly issuer: () => string;
}

/** A running product. */
export interface Product {
  readonly url: string;
  readonly signInUrl: string;
  stop(): Promise<void>;
}

/** Starts it at `http://localhost:PORT`. */
export async function startProduct(options: ProductOptions): Promise<Product> {
  const answer = answerer([
    route('GET', '/', () => page(200, choosePage({ nonce: undefined, returnTo: undefined }))),
    route('GET', '/sign-in', ({ url }) => signIn(options, url.searchParams)),
    route('POST', '/sign-in', (call) => signedIn(options, call)),
  ]);
  const listener = await listen(options.port, answer);
  const url = `http://localhost:${listener.port}`;
  return { url, signInUrl: `${url}/sign-in`, stop: listener.stop };
}

/** Comes from the connector's window: only back to the connector may it lead. */
function signIn({ publicUrl }: ProductOptions, query: URLSearchParams): Reply {
  const [nonce, returnTo] = [query.get('nonce') ?? '', query.get('return_to') ?? ''];
  if (returnTo !== `${publicUrl}/signed-in` || !/^[\w-]{43}$/.test(nonce))
    return page(400, html`<h1>Sign in</h1><p>This address is not one that the connector gives out.</p>`);
  return page(200, choosePage({ nonce, returnTo }));
}

/** With a nonce: back to the window, with the token in the fragment. Without: a form that the connector takes by POST. */
async function signedIn(options: ProductOptions, call: Call): Promise<Reply> {
  const form = await readForm(call);
  const user = USERS.find(({ sub }) => sub === form.get('sub'));
  const nonce = form.get('nonce') || undefined;
  if (user === undefined) return page(400, html`<h1>Sign in</h1><p>There is no such user.</p>`);
  const role = form.get('admin') === 'on' ? 'admin' : 'member';
  const account = form.get('account') === 'globex' ? 'globex' : 'acme';
  const token = await setupToken(options, { account, sub: user.sub, role, ...(nonce === undefined ? {} : { nonce }) });
  if (nonce === undefined) return page(200, leavePage(`${options.publicUrl}/session`, token));
  const location = `${options.publicUrl}/signed-in#setup_token=${token}`;
  return { status: 303, headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } };
}

async function setupToken({ publicUrl, setupKey, issuer }: ProductOptions, claims: object): Promise<string> {
  return new SignJWT({ ...claims, jti: randomUUID() })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(issuer())
    .setAudience(publicUrl)
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(new TextEncoder().encode(await setupKey()));
}

function page(status: number, body: ReturnType<typeof html>): Reply {
  const document = html`${{ html: '<!doctype html>' }}<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Octoforge</title></head><body><main>${body}</main></body></html>`;
  return reply(status, 'text/html', document.html, { 'referrer-policy': 'origin' });
}
