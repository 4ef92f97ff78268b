/** What the Teams and Outlook pages ask this server for: places, people, dialogs, tokens, and word of every new card. */
import type { Control } from '../control/control.ts';
import { oneOf, textOf } from '../control/parse.ts';
import type { HostName } from '../entra/claims.ts';
import { CallerError, isRecord, readJson } from '../http/body.ts';
import { type Call, json, type Reply, type Route, route } from '../http/router.ts';
import { changeQuirks } from './client-quirks.ts';
import type { ConfigurationDialog, ConnectorConfig } from './connectors.ts';
import { hostContext } from './host-context.ts';

const hosts: readonly HostName[] = ['teams', 'outlook'];
const purposes: readonly ConfigurationDialog['purpose'][] = ['add', 'edit', 'remove'];

/** The routes for the pages. */
export function hostRoutes(control: Control): Route[] {
  const { world, connectors, messages, quirks } = control;
  const idOf = ({ params }: Call) => params['id'] ?? '';
  return [
    route('GET', '/_host/world', () =>
      json(200, { users: world.users, places: world.places, tenants: world.tenants, app: world.app }),
    ),
    route('GET', '/_host/connectors', ({ url }) =>
      json(200, connectors.list(url.searchParams.get('place') ?? undefined)),
    ),
    route('GET', '/_host/messages', ({ url }) => json(200, messages.of(url.searchParams.get('place') ?? ''))),
    route('GET', '/_host/events', (call) => stream(control, call)),
    route('POST', '/_host/dialogs', (call) => open(control, call)),
    route('POST', '/_host/dialogs/:id/config', async (call) => {
      const { config } = await readJson(call);
      return json(200, connectors.told(connectors.dialog(idOf(call)), isRecord(config) ? configOf(config) : null));
    }),
    route('POST', '/_host/dialogs/:id/saved', async (call) => {
      const { config } = await readJson(call);
      return json(200, connectors.save(idOf(call), configOf(isRecord(config) ? config : {})));
    }),
    route('POST', '/_host/dialogs/:id/removed', (call) => {
      connectors.removed(idOf(call));
      return json(200, {});
    }),
    route('POST', '/_host/dialogs/:id/closed', (call) => {
      connectors.closed(idOf(call));
      return json(200, {});
    }),
    route('POST', '/_host/token', (call) => token(control, call)),
    route('GET', '/_control/connectors', () => json(200, connectors.list())),
    route('GET', '/_control/client', () => json(200, quirks)),
    route('PATCH', '/_control/client', async (call) => {
      const unknown = changeQuirks(quirks, await readJson(call));
      if (unknown.length > 0) throw new CallerError(400, `no such switch: ${unknown.join(', ')}`);
      return json(200, quirks);
    }),
  ];
}

const configOf = (given: Record<string, unknown>): ConnectorConfig =>
  Object.fromEntries(
    ['entityId', 'configName', 'contentUrl', 'removeUrl', 'websiteUrl', 'suggestedDisplayName'].flatMap((name) =>
      typeof given[name] === 'string' ? [[name, given[name]]] : [],
    ),
  );

async function open({ world, connectors, webhook, quirks }: Control, call: Call): Promise<Reply> {
  const fields = await readJson(call);
  const place = world.place(textOf(fields, 'place') ?? '');
  const user = world.user(textOf(fields, 'user'));
  const purpose = oneOf(fields, 'purpose', purposes) ?? 'add';
  const dialog = connectors.open(purpose, place, user, textOf(fields, 'connector'));
  const config = dialog.connector?.config ?? {};
  const framed = purpose === 'remove' ? config.removeUrl : purpose === 'edit' ? config.contentUrl : undefined;
  const look = {
    host: oneOf(fields, 'host', hosts) ?? 'teams',
    theme: textOf(fields, 'theme') ?? 'default',
    locale: textOf(fields, 'locale') ?? 'en-us',
  };
  return json(201, {
    id: dialog.id,
    purpose,
    frameUrl: framed ?? world.app.configurationUrl,
    appName: world.app.name,
    webhookUrl: quirks.webhookInSaveEvent ? webhook(dialog.webhook).url : null,
    answerWithinMs: quirks.answerWithinMs,
    removeNeedsValidity: quirks.removeNeedsValidity,
    context: hostContext(world, dialog, look),
  });
}

/** Source of the words: Microsoft's "Troubleshoot SSO in Teams": what getAuthToken fails with. */
async function token({ world, tokens }: Control, call: Call): Promise<Reply> {
  const fields = await readJson(call);
  const user = world.user(textOf(fields, 'user'));
  if (user.consent === 'refused') return json(200, { ok: false, reason: 'CancelledByUser' });
  if (user.consent === 'required') return json(200, { ok: false, reason: 'resourceRequiresConsent' });
  return json(200, { ok: true, token: await tokens.issue({ kind: 'sso', user, host: oneOf(fields, 'host', hosts) }) });
}

/** Server-sent events: the id of the place in which something changed. */
function stream({ messages }: Control, { response }: Call): undefined {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write('retry: 1000\n\n');
  const stop = messages.listen(({ place }) => response.write(`data: ${JSON.stringify({ place })}\n\n`));
  response.once('close', stop);
}
