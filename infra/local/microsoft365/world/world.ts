/** Who and what exists here: tenants, people, places, and the one connector that is registered. */
import { CallerError } from '../http/body.ts';
import { type ConnectorApp, createConnectorApp } from './connector-app.ts';
import { createUsers, type Tenant, tenants, type User } from './people.ts';
import { createPlaces, type Place } from './places.ts';

/** A new world. `app` may be registered anew at any time. */
export function createWorld(app: ConnectorApp = createConnectorApp(undefined)) {
  const users = createUsers();
  const places = createPlaces(users);
  const find = <Item>(items: readonly Item[], is: (item: Item) => boolean, what: string): Item => {
    const found = items.find(is);
    if (found === undefined) throw new CallerError(404, `no such ${what}`);
    return found;
  };
  return {
    app,
    /** People who have no groups yet, by their object id. */
    withoutGroups: new Set<string>(),
    tenants,
    users,
    places,
    tenant: (id: string | undefined): Tenant =>
      find(tenants, (tenant) => tenant.id === (id ?? tenants[0]?.id), 'tenant'),
    user: (oid: string | undefined): User => find(users, (user) => user.oid === (oid ?? users[0]?.oid), 'person'),
    place: (id: string): Place => find(places, (place) => place.id === id, 'place'),
    addPlace(place: Place): Place {
      places.push(place);
      return place;
    },
    /** Puts back the places of an earlier run. */
    restorePlaces(kept: readonly Place[]): void {
      for (const place of kept) if (!places.some(({ id }) => id === place.id)) places.push(place);
    },
    /** What the Connect picker offers: the groups of the person's tenant if they may add connectors, and their inbox. */
    placesOf(user: User): Place[] {
      const mayAdd = user.right === 'owner' && !this.withoutGroups.has(user.oid);
      return places.filter((place) =>
        place.kind === 'inbox'
          ? place.user === user.oid
          : mayAdd && place.kind === 'group' && place.tenant === user.tenant,
      );
    },
  };
}

/** The world. */
export type World = ReturnType<typeof createWorld>;
