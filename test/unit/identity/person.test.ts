/** Who is the same person. */
import { isSamePerson, type Person } from '../../../shared/identity/person.ts';

const TID = '11111111-1111-4111-8111-111111111111';
const OID = '22222222-2222-4222-8222-222222222222';

it.each<[string, Person, Person, boolean]>([
  ['the same Entra person', { tid: TID, oid: OID }, { tid: TID, oid: OID }, true],
  ['the same object id in another tenant', { tid: TID, oid: OID }, { tid: OID, oid: OID }, false],
  ['the same user of the product', { sub: 'ada' }, { sub: 'ada' }, true],
  ['the same user, once with a tenant', { sub: 'ada', tid: TID }, { sub: 'ada' }, true],
  ['another user', { sub: 'ada' }, { sub: 'grace' }, false],
  [
    'the same user name under two Entra persons',
    { sub: 'ada', tid: TID, oid: OID },
    { sub: 'ada', tid: TID, oid: TID },
    false,
  ],
  ['two of whom nothing is known', {}, {}, false],
  ['two of whom only the tenant is known', { tid: TID }, { tid: TID }, false],
])('%s', (_what, a, b, same) => {
  const answers = [isSamePerson(a, b), isSamePerson(b, a)];

  expect(answers).toEqual([same, same]);
});
