/** Where cards are shown: a Teams channel, a Microsoft 365 group, somebody's inbox. */
import { randomUUID } from 'node:crypto';
import { tenants, type User } from './people.ts';

/** What a place is; facts of each host hang on it. */
export type PlaceKind = 'channel' | 'group' | 'inbox';

/** A place in a tenant. `team` is what Teams calls the channels' common owner. */
export interface Place {
  readonly id: string;
  readonly kind: PlaceKind;
  readonly tenant: string;
  readonly name: string;
  readonly team?: string;
  /** An inbox is one person's. */
  readonly user?: string;
}

/** `app_type` of the Connect callback and of getConfig. Source: Microsoft's connector documents, "getConfig response properties". */
export const appTypes = { channel: 'teams', group: 'groups', inbox: 'mail' } as const;

const [contoso, fabrikam] = tenants;

const channel = (id: string, name: string, team: string, tenant = contoso): Place => ({
  id: `19:${id}@thread.tacv2`,
  kind: 'channel',
  tenant: tenant?.id ?? '',
  name,
  team,
});

const inboxOf = ({ oid, tenant, name }: User): Place => ({
  id: `inbox-${oid}`,
  kind: 'inbox',
  tenant,
  name: `Inbox of ${name}`,
  user: oid,
});

/** The places a new world has. */
export const createPlaces = (users: readonly User[]): Place[] => [
  channel('general', 'General', 'Engineering'),
  channel('builds', 'Build room', 'Engineering'),
  channel('support', 'Support desk', 'Customer care'),
  channel('fabrikam-general', 'General', 'Fabrikam crew', fabrikam),
  { id: '9f0c0de0-0000-4000-8000-0000000000f1', kind: 'group', tenant: contoso?.id ?? '', name: 'Product team' },
  { id: '9f0c0de0-0000-4000-8000-0000000000f2', kind: 'group', tenant: contoso?.id ?? '', name: 'Release watch' },
  { id: '9f0c0de0-0000-4000-8000-0000000000f3', kind: 'group', tenant: fabrikam?.id ?? '', name: 'Fabrikam all' },
  ...users.map(inboxOf),
];

/** A channel made on the way, for a webhook that asks for no place of its own. */
export const newChannel = (name: string, tenant: string): Place => ({
  id: `19:${randomUUID().replaceAll('-', '')}@thread.tacv2`,
  kind: 'channel',
  tenant,
  name,
  team: 'Made for tests',
});
