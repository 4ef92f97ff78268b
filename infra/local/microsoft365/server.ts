/** The local Microsoft 365: starts it, and is the map of what it consists of. */
import type { Clock } from './clock.ts';
import { settable } from './clock.ts';
import { connectRoutes } from './connect/connect-routes.ts';
import { type Control, createControl } from './control/control.ts';
import { controlRoutes } from './control/control-routes.ts';
import { assetRoutes } from './http/assets.ts';
import { listen } from './http/listener.ts';
import { answerer } from './http/router.ts';
import { viewRoutes } from './views/view-routes.ts';
import { createFaults } from './webhooks/faults.ts';
import { createFlowRuns } from './webhooks/flow-runs.ts';
import { createRequestLog } from './webhooks/request-log.ts';
import { webhookRoutes } from './webhooks/webhook-routes.ts';
import { createWebhooks } from './webhooks/webhooks.ts';
import { type ConnectorApp, createConnectorApp } from './world/connector-app.ts';
import { createMessages } from './world/messages.ts';
import { createWorld } from './world/world.ts';

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
  /** How many requests are remembered; the sums count all of them. */
  readonly keepRequests?: number;
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
  let origin = '';
  const clock = settable(options.clock ?? { now: () => Date.now() });
  const world = createWorld(createConnectorApp(options.productUrl, options.app));
  const webhooks = createWebhooks({ clock, origin: () => origin });
  const requests = createRequestLog(options.keepRequests ?? 100_000);
  const parts = {
    clock,
    world,
    webhooks,
    requests,
    faults: createFaults(),
    runs: createFlowRuns(clock),
    messages: createMessages(clock),
  };
  const control = createControl(parts);
  const listener = await listen(
    options.port ?? 0,
    answerer([
      ...webhookRoutes({ ...parts, callerOf: async () => undefined }),
      ...connectRoutes({
        app: () => world.app,
        users: () => world.users,
        placesOf: (user) => world.placesOf(user),
        webhooks,
      }),
      ...controlRoutes(control),
      ...viewRoutes(control),
      ...assetRoutes(),
    ]),
  );
  origin = `http://localhost:${listener.port}`;
  return { url: origin, origin, api: control, stop: listener.stop };
}
