/** The map of the app: every trigger, in one place. What a trigger does is loaded when it first runs. */
import {
  app,
  type HttpHandler,
  type HttpMethod,
  type InvocationContext,
  type StorageQueueHandler,
  type TimerHandler,
} from '@azure/functions';
import { config, flushTelemetry, once, telemetry } from './wiring/parts.ts';
import { type Run, running } from './wiring/running.ts';

const connection = 'AzureWebJobsStorage';
const WARM_UP_MS = 2_000;
const TICK = { kind: 'consumer' } as const;

// Settings are parsed once, before anything runs, and all their faults are said together.
app.hook.appStart(async () => {
  await config();
  await telemetry();
  // A card's answer must not wait for Key Vault: what it needs is loaded once what started this process is under way.
  setTimeout(
    () => void import('./wiring/actions.ts').then(({ warmUp }) => warmUp()).catch(() => {}),
    WARM_UP_MS,
  ).unref();
});

app.hook.appTerminate(flushTelemetry);

app.storageQueue('receive-events', {
  connection,
  queueName: 'events',
  handler: queueHandler({ name: 'receive-events' }, async () =>
    (await import('./wiring/receiving.ts')).receiveEventsHandler(),
  ),
});
app.storageQueue('send-digest', {
  connection,
  queueName: 'digests',
  handler: queueHandler({ name: 'send-digest' }, async () =>
    (await import('./wiring/delivery.ts')).sendDigestHandler(),
  ),
});
app.timer('dispatch-due', {
  schedule: '0 * * * * *',
  handler: timerHandler('dispatch-due', async () => (await import('./wiring/dispatch.ts')).dispatchDueHandler()),
});
app.timer('reconcile', {
  schedule: '0 7 * * * *', // not on the hour, when digests are due
  handler: timerHandler('reconcile', async () => (await import('./wiring/reconcile.ts')).reconcileHandler()),
});
for (const name of ['events', 'digests'] as const) {
  app.storageQueue(`${name}-poison`, {
    connection,
    queueName: `${name}-poison`,
    handler: queueHandler({ name: `${name}-poison`, handles: TICK }, async () =>
      (await import('./wiring/poison.ts')).poisonHandler(name),
    ),
  });
}

web('session', { methods: ['POST', 'DELETE'], route: 'session' }, async () =>
  (await import('./wiring/identity.ts')).sessionHandler(),
);
web('account-link', { methods: ['DELETE'], route: 'api/link' }, async () =>
  (await import('./wiring/identity.ts')).forgetLinkHandler(),
);
web('openapi', { methods: ['GET'], route: 'api/openapi.json' }, async () =>
  (await import('./wiring/openapi.ts')).openApiHandler(),
);
web('catalogue', { methods: ['GET'], route: 'api/catalogue' }, async () =>
  (await import('./wiring/api.ts')).catalogueHandler(),
);
web('subscriptions', { methods: ['GET', 'POST'], route: 'api/subscriptions' }, async () =>
  (await import('./wiring/api.ts')).subscriptionsHandler(),
);
web('subscription', { methods: ['GET', 'PATCH', 'DELETE'], route: 'api/subscriptions/{id}' }, async () =>
  (await import('./wiring/api.ts')).subscriptionHandler(),
);
web('subscription-webhook', { methods: ['PUT'], route: 'api/subscriptions/{id}/webhook' }, async () =>
  (await import('./wiring/api.ts')).rotateWebhookHandler(),
);
web('preview-draft', { methods: ['POST'], route: 'api/preview' }, async () =>
  (await import('./wiring/looking.ts')).previewDraftHandler(),
);
web('test-draft', { methods: ['POST'], route: 'api/test' }, async () =>
  (await import('./wiring/looking.ts')).testDraftHandler(),
);
web('subscription-preview', { methods: ['GET'], route: 'api/subscriptions/{id}/preview' }, async () =>
  (await import('./wiring/looking.ts')).previewHandler(),
);
web('subscription-test', { methods: ['POST'], route: 'api/subscriptions/{id}/test' }, async () =>
  (await import('./wiring/looking.ts')).testCardHandler(),
);
web('subscription-deliveries', { methods: ['GET'], route: 'api/subscriptions/{id}/deliveries' }, async () =>
  (await import('./wiring/looking.ts')).deliveriesHandler(),
);
for (const wish of ['pause', 'resume', 'send-now', 'owners'] as const) {
  web(`subscription-${wish}`, { methods: ['POST'], route: `api/subscriptions/{id}/${wish}` }, async () =>
    (await import('./wiring/api.ts')).wishHandler(wish),
  );
}
web('connect', { methods: ['GET'], route: 'connect' }, async () => (await import('./wiring/web.ts')).connectHandler());
web('connect-callback', { methods: ['GET'], route: 'connect/callback' }, async () =>
  (await import('./wiring/web.ts')).connectCallbackHandler(),
);
web('digest-page', { methods: ['GET'], route: 'digests/{id}' }, async () =>
  (await import('./wiring/digest-page.ts')).digestPageHandler(),
);
web('digest-chart', { methods: ['GET'], route: 'digests/{id}/chart.png' }, async () =>
  (await import('./wiring/digest-page.ts')).digestChartHandler(),
);
web('card-actions', { methods: ['POST'], route: 'actions' }, async () =>
  (await import('./wiring/actions.ts')).cardActionsHandler(),
);
web('links', { methods: ['GET', 'HEAD', 'POST'], route: 'links/{id}' }, async () =>
  (await import('./wiring/actions.ts')).linksHandler(),
);
keyed('emit-events', { methods: ['POST'], route: 'api/events' }, async () =>
  (await import('./wiring/product.ts')).emitEventsHandler(),
);
for (const [what, method, route] of [
  ['scopes', 'PUT', 'api/accounts/{account}/scopes'],
  ['subscriptions', 'GET', 'api/accounts/{account}/subscriptions'],
  ['export', 'GET', 'api/accounts/{account}/export'],
  ['remove', 'DELETE', 'api/accounts/{account}'],
] as const) {
  keyed(`account-${what}`, { methods: [method], route }, async () =>
    (await import('./wiring/product.ts')).accountHandler(what),
  );
}
keyed('health', { methods: ['GET'], route: 'api/health' }, async () =>
  (await import('./wiring/health.ts')).healthHandler(),
);
web('static-file', { methods: ['GET'], route: 'static/{*path}' }, async () =>
  (await import('./wiring/static-file.ts')).staticFileHandler(),
);
web('config-page', { methods: ['GET'], route: 'config' }, async () =>
  (await import('./wiring/pages.ts')).configPageHandler(),
);
web('signed-in', { methods: ['GET'], route: 'signed-in' }, async () =>
  (await import('./wiring/pages.ts')).signedInPageHandler(),
);
web('landing-page', { methods: ['GET'], route: '{ignored:maxlength(0)?}' }, async () =>
  (await import('./wiring/pages.ts')).landingPageHandler(),
);
web('help', { methods: ['GET'], route: 'help/{page?}' }, async () =>
  (await import('./wiring/pages.ts')).helpPageHandler(),
);

function queueHandler(run: Run, make: () => Promise<StorageQueueHandler>): StorageQueueHandler {
  const made = once(make);
  return (message: unknown, context: InvocationContext) =>
    running(run, context, async () => (await made())(message, context));
}

function timerHandler(name: string, make: () => Promise<TimerHandler>): TimerHandler {
  const made = once(make);
  return (timer, context) => running({ name, handles: TICK }, context, async () => (await made())(timer, context));
}

/** Methods and address of a route. */
interface Route {
  readonly methods: HttpMethod[];
  readonly route: string;
}

/** A route that anyone may call: who may do what is for its handler to say. */
function web(name: string, route: Route, make: () => Promise<HttpHandler>): void {
  http(name, { ...route, authLevel: 'anonymous' }, make);
}

/** A route of the product's or the operator's, who send a function key: without one the platform answers 401. */
function keyed(name: string, route: Route, make: () => Promise<HttpHandler>): void {
  http(name, { ...route, authLevel: 'function' }, make);
}

function http(
  name: string,
  route: Route & { readonly authLevel: 'anonymous' | 'function' },
  make: () => Promise<HttpHandler>,
): void {
  const made = once(make);
  app.http(name, {
    ...route,
    handler: async (request, context) => {
      const { answering } = await import('../shared/platform/answering.ts');
      const ids = { 'http.request.method': request.method, 'http.route': `/${route.route}` };
      return running({ name, handles: { kind: 'server', ids } }, context, async () =>
        answering(async () => (await made())(request, context))(request, context),
      );
    },
  });
}
