/** `/_control`: the control object for those who are not in the process. Its shapes are in README.md. */
import { readJson } from '../http/body.ts';
import { type Call, json, type Reply, type Route, route } from '../http/router.ts';
import type { Webhook } from '../webhooks/webhook.ts';
import type { Control } from './control.ts';
import { faultOf, kindOf, numberOf, shapeOf, textOf } from './parse.ts';
import { tokenRoutes } from './token-routes.ts';
import { worldRoutes } from './world-routes.ts';

/** The routes of webhooks, requests, runs and faults. */
export function controlRoutes(control: Control): Route[] {
  const idOf = ({ params }: Call) => params['id'] ?? '';
  return [
    route('POST', '/_control/webhooks', async (call) => json(201, shown(await createWebhook(control, call)))),
    route('GET', '/_control/webhooks', () => json(200, control.webhooks().map(shown))),
    route('GET', '/_control/webhooks/:id', (call) => json(200, shown(control.webhook(idOf(call))))),
    route('PATCH', '/_control/webhooks/:id', async (call) =>
      json(200, shown(control.changeWebhook(idOf(call), await readJson(call)))),
    ),
    route('DELETE', '/_control/webhooks/:id', (call) =>
      json(200, shown(control.changeWebhook(idOf(call), { state: 'removed' }))),
    ),
    route('GET', '/_control/requests', ({ url }) => requests(control, url.searchParams)),
    route('DELETE', '/_control/requests', () => done(() => control.requests.clear())),
    route('GET', '/_control/sums', () => json(200, control.requests.sums())),
    route('GET', '/_control/runs', ({ url }) =>
      json(200, control.runs.list(url.searchParams.get('webhook') ?? undefined)),
    ),
    route('POST', '/_control/faults', async (call) => json(201, control.faults.add(faultOf(await readJson(call))))),
    route('GET', '/_control/faults', () => json(200, control.faults.list())),
    route('DELETE', '/_control/faults', () => done(() => control.faults.remove())),
    route('DELETE', '/_control/faults/:id', (call) => done(() => control.faults.remove(idOf(call)))),
    ...worldRoutes(control),
    ...tokenRoutes(control),
  ];
}

function done(change: () => void): Reply {
  change();
  return json(200, {});
}

async function createWebhook(control: Control, call: Call): Promise<Webhook> {
  const fields = await readJson(call);
  const {
    kind: _,
    name: _name,
    place: _place,
    tenant: _tenant,
    shape: _shape,
    provider: _provider,
    ...quirks
  } = fields;
  const kind = kindOf(fields) ?? 'connector';
  return control.createWebhook({
    kind,
    name: textOf(fields, 'name'),
    place: textOf(fields, 'place'),
    tenant: textOf(fields, 'tenant'),
    shape: shapeOf(fields, kind),
    provider: textOf(fields, 'provider'),
    quirks,
  });
}

const shown = ({ path: _path, sig: _sig, ...webhook }: Webhook) => webhook;

function requests(control: Control, query: URLSearchParams): Reply {
  const fields = Object.fromEntries(
    [...query].map(([name, value]) => [name, /^\d+$/.test(value) ? Number(value) : value]),
  );
  return json(
    200,
    control.requests.list({
      webhook: textOf(fields, 'webhook'),
      kind: kindOf(fields),
      since: numberOf(fields, 'since', 0),
      limit: numberOf(fields, 'limit', Number.MAX_SAFE_INTEGER),
    }),
  );
}
