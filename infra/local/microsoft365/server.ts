/** The local Microsoft 365: starts it, and is the map of what it answers. */
import { actionRoutes } from './actions/action-routes.ts';
import { type Clock, settable } from './clock.ts';
import { connectRoutes } from './connect/connect-routes.ts';
import { type Control, createControl } from './control/control.ts';
import { controlRoutes } from './control/control-routes.ts';
import type { Issuers } from './entra/issuers.ts';
import { metadataRoutes } from './entra/metadata-routes.ts';
import { signInRoutes } from './entra/sign-in-routes.ts';
import { hostRoutes } from './hosts/host-routes.ts';
import { assetRoutes } from './http/assets.ts';
import { listen } from './http/listener.ts';
import { answerer, type Route } from './http/router.ts';
import { type Lint, type Sample, viewRoutes } from './views/view-routes.ts';
import { webhookRoutes } from './webhooks/webhook-routes.ts';
import { type ConnectorApp, createConnectorApp } from './world/connector-app.ts';
import { createKeeper, readKept, writeKept } from './world/kept-state.ts';
import { createParts, type Parts } from './world/parts.ts';

/** How to start it. Everything may be left out. */
export interface Microsoft365Options {
  /** 0 takes a free one. */
  readonly port?: number;
  /** What time it is here; the machine's own without it. */
  readonly clock?: Clock;
  /** Where the connector's makers run their product: its pages, its callback and its buttons' targets follow from it. */
  readonly productUrl?: string;
  /** What of the connector's registration should differ from what follows from `productUrl`. */
  readonly app?: Partial<ConnectorApp>;
  /** Who tokens say they are from, when not this machine. `{tid}` stands for the tenant. */
  readonly issuers?: Partial<Issuers>;
  /** Where places, webhooks, connectors, cards and keys are kept from run to run; nowhere without it. */
  readonly dir?: string;
  /** How many requests are remembered; the sums count all of them. */
  readonly keepRequests?: number;
  /** The product's card linter, for the playground. */
  readonly lint?: Lint;
  /** Lets something happen in the product; a button on the pages calls it and shows the sentence it answers. */
  readonly sample?: Sample;
}

/** A running one. `api` does in the process what `/_control` does over HTTP. */
export interface Microsoft365 {
  readonly url: string;
  readonly origin: string;
  readonly api: Control;
  stop(): Promise<void>;
}

/** Starts the local Microsoft 365 at `http://localhost:PORT`. */
export async function startMicrosoft365(options: Microsoft365Options = {}): Promise<Microsoft365> {
  const { dir } = options;
  let origin = '';
  const parts = createParts({
    clock: settable(options.clock ?? { now: () => Date.now() }),
    origin: () => origin,
    app: createConnectorApp(options.productUrl, options.app),
    issuers: options.issuers ?? {},
    keepRequests: options.keepRequests ?? 100_000,
    kept: dir === undefined ? undefined : await readKept(dir),
  });
  const control = createControl(parts);
  const answer = answerer(routes(parts, control, () => origin, options));
  const keeper = dir === undefined ? undefined : createKeeper(() => keep(dir, parts));
  const listener = await listen(options.port ?? 0, async (call) => {
    const reply = await answer(call);
    if (call.method !== 'GET') keeper?.soon();
    return reply;
  });
  origin = `http://localhost:${listener.port}`;
  const stop = async () => {
    await listener.stop();
    await keeper?.stop();
  };
  return { url: origin, origin, api: control, stop };
}

function routes(parts: Parts, control: Control, origin: () => string, options: Microsoft365Options): Route[] {
  const { world, webhooks, tokens } = parts;
  return [
    ...webhookRoutes({ ...parts, callerOf: (authorization) => tokens.callerOf(authorization) }),
    ...connectRoutes({
      app: () => world.app,
      users: () => world.users,
      placesOf: (user) => world.placesOf(user),
      webhooks,
    }),
    ...controlRoutes(control),
    ...actionRoutes(control),
    ...hostRoutes(control),
    ...viewRoutes(control, options),
    ...assetRoutes(),
    ...signInRoutes(parts),
    ...metadataRoutes({ ...parts, origin, tenants: world.tenants }),
  ];
}

async function keep(
  dir: string,
  { world, webhooks, connectors, messages, entraKeys, substrateKeys }: Parts,
): Promise<void> {
  await writeKept(dir, {
    version: 1,
    places: world.places,
    webhooks: webhooks.list(),
    connectors: connectors.list(),
    messages: messages.newest(50),
    entraKeys: await entraKeys.all(),
    substrateKeys: await substrateKeys.all(),
  });
}
