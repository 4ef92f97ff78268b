/** The way to Office 365 and back, whole: the real handlers, real tables, the vault over TLS, and the local Microsoft 365's picker. */
import { randomBytes } from 'node:crypto';
import type { Cookie, HttpHandler, HttpResponseInit } from '@azure/functions';
import { HttpRequest, InvocationContext } from '@azure/functions';
import { SignJWT } from 'jose';
import { createConfigPageHandler } from '../../../functions/config-page.ts';
import { createConnectHandler } from '../../../functions/connect.ts';
import { createConnectCallbackHandler } from '../../../functions/connect-callback.ts';
import { createEndSessionHandler, createStartSessionHandler } from '../../../functions/session.ts';
import { ensureKeys } from '../../../infra/azure/ensure-keys.ts';
import { type KeyVault, startKeyVault } from '../../../infra/local/key-vault/server.ts';
import { createAccountLinksTable } from '../../../shared/identity/account-links-table.ts';
import { createOnceTable } from '../../../shared/identity/once-table.ts';
import { createOneTimeCodes } from '../../../shared/identity/one-time-code.ts';
import { createPersonProofs } from '../../../shared/identity/person-proof.ts';
import { createSessions } from '../../../shared/identity/session.ts';
import { createRedeemSetupToken } from '../../../shared/identity/setup-token.ts';
import { createSignedTokens } from '../../../shared/identity/signed-token.ts';
import { createStartSession } from '../../../shared/identity/start-session.ts';
import { answering } from '../../../shared/platform/answering.ts';
import { createKeys } from '../../../shared/platform/keys-vault.ts';
import { createSeal } from '../../../shared/platform/seal.ts';
import { createSecretsVault } from '../../../shared/platform/secrets-vault.ts';
import type { Storage } from '../../../shared/platform/storage-client.ts';
import { createConnectStates } from '../../../shared/subscriptions/connect-state.ts';
import {
  type ConnectSubscriptionDeps,
  createConnectSubscription,
} from '../../../shared/subscriptions/connect-subscription.ts';
import type { Subscription } from '../../../shared/subscriptions/subscription.ts';
import { newSubscriptionId } from '../../../shared/subscriptions/subscription-id.ts';
import { createSubscriptionsTable } from '../../../shared/subscriptions/subscriptions-table.ts';
import { createWebhookSeal } from '../../../shared/subscriptions/webhook-seal.ts';
import { createWebhookVault } from '../../../shared/subscriptions/webhook-vault.ts';
import { createWebhooksTable } from '../../../shared/subscriptions/webhooks-table.ts';
import { CANARY } from '../../canary/marks.ts';
import { look, watchedLog } from '../../canary/watched-ports.ts';
import { createManualClock, type ManualClock } from '../../world/manual-clock.ts';
import { silentTellProduct } from '../../world/silent-tell-product.ts';
import { freshStorage } from '../../world/storage.ts';
import { aBrand } from '../pages/a-brand.ts';

export const PUBLIC_URL = 'https://tidings.example';
export const PRODUCT = 'https://product.example';
export const APP_ID = 'c0ffee00-0000-4000-8000-000000000001';
export const CONTOSO = '72f988bf-0000-4000-8000-00000000c0a1';

/** One embedded vault for a file's tests; each world has storage of its own. */
export async function aConnectVault(): Promise<KeyVault> {
  return startKeyVault();
}

/** What a test may put in place of a part. */
export interface ConnectWorldOptions {
  readonly vault: KeyVault;
  readonly connectUrl?: string;
  /** Null: no connector is registered. */
  readonly appId?: string | null;
  /** Storage and clock of another world, to go on where it stopped. */
  readonly storage?: Storage;
  readonly clock?: ManualClock;
  readonly deps?: Partial<ConnectSubscriptionDeps>;
  /** Parts made of the real ones. */
  readonly change?: (deps: ConnectSubscriptionDeps) => Partial<ConnectSubscriptionDeps>;
}

/** Everything wired as in production. */
export async function aConnectWorld({
  vault,
  connectUrl = 'https://outlook.office.com/connectors/Connect',
  appId = APP_ID,
  ...given
}: ConnectWorldOptions) {
  const clock = given.clock ?? createManualClock('2026-11-21T09:00:00Z');
  const storage = given.storage ?? (await freshStorage());
  const secrets = await createSecretsVault({
    url: vault.url,
    ca: vault.ca,
    options: { retryOptions: { maxRetries: 1, retryDelayInMs: 1 } },
  });
  await ensureKeys(secrets);
  const keys = createKeys({
    vault: secrets,
    names: ['signing-key', 'sealing-key', 'setup-key'],
    log: watchedLog,
    now: clock.realNow,
  });
  await keys.refresh();
  const tokens = createSignedTokens({ keys: keys.ring('signing-key'), now: clock.realNow });
  const sessions = createSessions(tokens);
  const once = createOnceTable(storage.table('once'));
  const subscriptions = createSubscriptionsTable(storage.table('subscriptions'));
  const seal = createSeal(keys.ring('sealing-key'));
  const webhookVault = createWebhookVault(secrets);
  const created: Subscription[] = [];
  const deps: ConnectSubscriptionDeps = {
    once,
    webhooks: createWebhooksTable({
      table: storage.table('webhooks'),
      now: clock.realNow,
      isSubscription: async (key) => (await subscriptions.read(key))?.is === 'present',
    }),
    vault: webhookVault,
    seal,
    subscriptions,
    onCreated: async (subscription) => void created.push(subscription),
    tellProduct: silentTellProduct,
    extraHosts: connectUrl.startsWith('http://') ? [{ kind: 'connector', origin: new URL(connectUrl).origin }] : [],
    recommendedTopics: () => ['build.failed'],
    clock,
    ...given.deps,
  };
  const states = createConnectStates({
    tokens,
    connectUrl,
    appId: appId ?? undefined,
    publicUrl: PUBLIC_URL,
    newId: () => newSubscriptionId(randomBytes(16)),
    newSecret: () => randomBytes(16).toString('base64url'),
  });
  const redeem = createRedeemSetupToken({
    keys: { algorithm: 'HS256', keys: keys.ring('setup-key') },
    issuer: PRODUCT,
    audience: PUBLIC_URL,
    once,
    now: clock.realNow,
  });
  const start = createStartSession({
    redeem,
    codes: createOneTimeCodes({
      once,
      now: clock.realNow,
      newCode: () => randomBytes(32).toString('base64url'),
    }),
    links: createAccountLinksTable(storage.table('accounts')),
    proofs: createPersonProofs(tokens),
    once,
    verify: undefined,
    accountFrom: { is: 'product', signInUrl: undefined },
  });
  const routes: Record<string, HttpHandler> = {
    'POST /session': createStartSessionHandler({ start, sessions, origins: [PUBLIC_URL, PRODUCT], brand: aBrand }),
    'DELETE /session': createEndSessionHandler(),
    'GET /connect': createConnectHandler({ sessions, states, brand: aBrand }),
    'GET /connect/callback': createConnectCallbackHandler({
      brand: aBrand,
      states,
      connect: createConnectSubscription({ ...deps, ...given.change?.(deps) }),
    }),
    'GET /config': createConfigPageHandler({
      sessions,
      brand: aBrand,
      file: (name) => `pages/${name}`,
      hosts: ['http://localhost:7072'],
      signInUrl: undefined,
      canConnect: true,
      withMicrosoft: false,
    }),
  };
  const answers: string[] = [];
  const logged: string[] = [];

  /** One request to the app, as the host would hand it over. */
  async function call(method: string, path: string, request: { headers?: Record<string, string>; body?: string } = {}) {
    const handler = routes[`${method} ${path.split('?')[0]}`];
    if (handler === undefined) throw new Error(`no route ${method} ${path}`);
    const context = new InvocationContext({
      functionName: 'test',
      invocationId: 'invocation-1',
      logHandler: (_level, ...entry) => void logged.push(JSON.stringify(entry)),
    });
    const answer = (await answering(handler)(
      new HttpRequest({
        method,
        url: `${PUBLIC_URL}${path}`,
        headers: request.headers ?? {},
        ...(request.body === undefined ? {} : { body: { string: request.body } }),
      }),
      context,
    )) as HttpResponseInit;
    answers.push(JSON.stringify(answer));
    look('an answer', JSON.stringify(answer), 'marked');
    look('a line of the log', logged.join('\n'), 'any-token');
    return answer;
  }

  return {
    clock,
    storage,
    secrets,
    subscriptions,
    webhookVault,
    seal,
    webhookSeal: createWebhookSeal(seal),
    sessions,
    created,
    call,
    /** Everything answered and logged so far. */
    said: () => [...answers, ...logged].join('\n'),
    /** A setup token of the product; `claims` go over the usual ones. */
    async setupToken(claims: object = {}): Promise<string> {
      const seconds = Math.floor(clock.realNow() / 1000);
      const usual = {
        account: 'acme/#?',
        canary: CANARY,
        sub: 'ada',
        tid: CONTOSO,
        jti: randomBytes(8).toString('hex'),
      };
      const key = keys.ring('setup-key').current();
      return new SignJWT({ ...usual, iss: PRODUCT, aud: PUBLIC_URL, iat: seconds, exp: seconds + 300, ...claims })
        .setProtectedHeader({ alg: 'HS256' })
        .sign(key.bytes);
    },
  };
}

/** A world. */
export type ConnectWorld = Awaited<ReturnType<typeof aConnectWorld>>;

/** A browser: keeps cookies and sends them. */
export function aBrowser(world: ConnectWorld) {
  const jar = new Map<string, string>();
  function keep(cookies: readonly Cookie[] = []): void {
    for (const { name, value, maxAge } of cookies) {
      if (maxAge === 0) jar.delete(name);
      else jar.set(name, value);
    }
  }
  async function send(method: string, path: string, request: { headers?: Record<string, string>; body?: string } = {}) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(cookie === '' ? {} : { cookie }), ...request.headers };
    const answer = await world.call(method, path, { ...request, headers });
    keep(answer.cookies);
    return answer;
  }
  return {
    jar,
    send,
    get: (path: string) => send('GET', path),
    /** Signs in with a form, as the product's page does. */
    async signIn(claims: object = {}): Promise<HttpResponseInit> {
      const form = { setupToken: await world.setupToken(claims), timeZone: 'Europe/Berlin' };
      return send('POST', '/session', {
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin: PRODUCT },
        body: new URLSearchParams(form).toString(),
      });
    },
    /** Goes to the picker; gives its address. */
    async connect(query = ''): Promise<URL> {
      const answer = await send('GET', `/connect${query}`);
      return new URL(headerOf(answer, 'location'));
    },
  };
}

/** A header of an answer; empty when it has none. */
export function headerOf(answer: HttpResponseInit, name: string): string {
  return new Headers(answer.headers as Record<string, string>).get(name) ?? '';
}

/** An answer's body as text. */
export function textOf(answer: HttpResponseInit): string {
  return typeof answer.body === 'string' ? answer.body : '';
}

/** A connector's address, fresh: nothing like it may ever be seen again. */
export function aWebhookUrl(tenant = CONTOSO): string {
  const hex = randomBytes(16).toString('hex');
  const guid = 'ca9a4700-0000-4000-8000-0000000000c4';
  return `https://contoso.webhook.office.com/webhookb2/${guid}@${tenant}/IncomingWebhook/${hex}/${guid}/V2canary${CANARY}${hex}`;
}
