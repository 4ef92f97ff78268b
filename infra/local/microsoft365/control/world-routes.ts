/** `/_control` for the world: people, places, the registered connector, messages, the clock. */
import { isRecord, readJson } from '../http/body.ts';
import { json, type Route, route } from '../http/router.ts';
import type { ConnectorApp } from '../world/connector-app.ts';
import type { Consent } from '../world/people.ts';
import type { PlaceKind } from '../world/places.ts';
import type { Control } from './control.ts';
import { numberOf, oneOf, textOf } from './parse.ts';

const consents: readonly Consent[] = ['granted', 'refused', 'required'];
const placeKinds: readonly PlaceKind[] = ['channel', 'group', 'inbox'];

/** The routes of the world. */
export function worldRoutes({ world, messages, clock, clear, registerApp }: Control): Route[] {
  return [
    route('GET', '/_control/world', () => {
      const { tenants, users, places, app } = world;
      return json(200, { tenants, users, places, app, now: new Date(clock.now()).toISOString() });
    }),
    route('POST', '/_control/app', async (call) => {
      const { productUrl, ...given } = await readJson(call);
      return json(
        200,
        registerApp(typeof productUrl === 'string' ? productUrl : undefined, given as Partial<ConnectorApp>),
      );
    }),
    route('POST', '/_control/places', async (call) => {
      const fields = await readJson(call);
      const name = textOf(fields, 'name') ?? 'New place';
      const kind = oneOf(fields, 'kind', placeKinds) ?? 'channel';
      const tenant = world.tenant(textOf(fields, 'tenant')).id;
      return json(
        201,
        world.addPlace({ id: `${kind}-${crypto.randomUUID()}`, kind, tenant, name, team: 'Engineering' }),
      );
    }),
    route('PATCH', '/_control/users/:oid', async (call) => {
      const user = world.user(call.params['oid']);
      const fields = await readJson(call);
      user.consent = oneOf(fields, 'consent', consents) ?? user.consent;
      if (fields['groups'] === false) world.withoutGroups.add(user.oid);
      if (fields['groups'] === true) world.withoutGroups.delete(user.oid);
      return json(200, user);
    }),
    route('GET', '/_control/messages', ({ url }) => {
      const place = url.searchParams.get('place');
      return json(200, place === null ? messages.all() : messages.of(place));
    }),
    route('POST', '/_control/clock', async (call) => {
      clock.advance(numberOf(await readJson(call), 'advanceMs', 0));
      return json(200, { now: new Date(clock.now()).toISOString() });
    }),
    route('POST', '/_control/clear', async (call) => {
      if (isRecord(await readJson(call))) clear();
      return json(200, {});
    }),
  ];
}
