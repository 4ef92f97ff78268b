/** What may happen once, on real tables. */
import type { OnceTable } from '../../../shared/identity/once-table.ts';
import { createOnceTable } from '../../../shared/identity/once-table.ts';
import { freshStorage } from '../../world/storage.ts';
import { losingAnswers } from './lost-answers.ts';

const UNTIL = Date.parse('2026-11-21T09:05:00Z');

let once: OnceTable;
beforeEach(async () => {
  once = createOnceTable((await freshStorage()).table('once'));
});

it('gives a key to the first, and tells later ones what it was given with', async () => {
  const key = 'jti/with#odd?signs';

  const claims = [
    await once.claim({ kind: 'setup-token', key, until: UNTIL, mark: 'a' }),
    await once.claim({ kind: 'setup-token', key, until: UNTIL, mark: 'b' }),
  ];

  expect(claims).toEqual([{ first: true }, { first: false, mark: 'a' }]);
});

it('lets one of many that come at once be the first', async () => {
  const tries = Array.from({ length: 20 }, () => once.claim({ kind: 'setup-token', key: 'same', until: UNTIL }));

  const claims = await Promise.all(tries);

  expect(claims.filter((claim) => claim.first)).toHaveLength(1);
});

it('does not mix up kinds', async () => {
  await once.claim({ kind: 'setup-token', key: 'same', until: UNTIL });

  const other = await once.claim({ kind: 'connect', key: 'same', until: UNTIL });

  expect(other.first).toBe(true);
});

it('is the first when the answer to its own write was lost and the SDK met it', async () => {
  const lost = losingAnswers('POST');
  const table = (await freshStorage({ tableOptions: lost.options })).table('once');

  const claim = await createOnceTable(table).claim({ kind: 'setup-token', key: 'once', until: UNTIL });

  expect(lost.lost()).toBe(1);
  expect(claim).toEqual({ first: true });
});

it('removes what is over and keeps the rest', async () => {
  await once.claim({ kind: 'setup-token', key: 'over', until: UNTIL });
  await once.claim({ kind: 'setup-token', key: 'kept', until: UNTIL + 1 });

  await once.removeOver(UNTIL + 1);

  const again = [
    await once.claim({ kind: 'setup-token', key: 'over', until: UNTIL }),
    await once.claim({ kind: 'setup-token', key: 'kept', until: UNTIL }),
  ];
  expect(again.map((claim) => claim.first)).toEqual([true, false]);
});
