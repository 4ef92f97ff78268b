/** The tenants and people of this Microsoft 365. Their ids never change, so that settings may name them. */

/** A customer of Microsoft's: an Entra directory. */
export interface Tenant {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
}

/** `owner` may add connectors to the tenant's teams and groups, `member` may not; both may press a card's buttons. */
export type Right = 'owner' | 'member';

/** What happens when a page asks for this person's token: given, refused by them, or not possible before an admin agrees. */
export type Consent = 'granted' | 'refused' | 'required';

/** Somebody who signs in. */
export interface User {
  readonly oid: string;
  readonly tenant: string;
  readonly name: string;
  readonly upn: string;
  readonly right: Right;
  consent: Consent;
}

const contoso = '72f988bf-0000-4000-8000-00000000c0a1';
const fabrikam = '72f988bf-0000-4000-8000-00000000fab2';

/** Two tenants, so that one can be a stranger to the other. */
export const tenants: readonly Tenant[] = [
  { id: contoso, name: 'Contoso', domain: 'contoso.example' },
  { id: fabrikam, name: 'Fabrikam', domain: 'fabrikam.example' },
];

const person = (number: string, tenant: Tenant | undefined, name: string, right: Right): User => ({
  oid: `0b1ec700-0000-4000-8000-0000000000${number}`,
  tenant: tenant?.id ?? contoso,
  name,
  upn: `${name.split(' ')[0]?.toLowerCase()}@${tenant?.domain}`,
  right,
  consent: 'granted',
});

/** The people, anew for each world: what they consent to changes. */
export const createUsers = (): User[] => [
  person('a1', tenants[0], 'Adele Vance', 'owner'),
  person('a2', tenants[0], 'Ben Walters', 'owner'),
  person('a3', tenants[0], 'Chloe Dupont', 'member'),
  person('a4', tenants[0], 'Dai Nakamura', 'member'),
  person('b1', tenants[1], 'Elif Yilmaz', 'owner'),
];
