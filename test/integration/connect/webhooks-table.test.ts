/** Claims of webhooks on real tables: protocol rules 19 and 20. */
import type { TableClient } from '@azure/data-tables';
import { createWebhooksTable, UNFINISHED_CLAIM_MS } from '../../../shared/subscriptions/webhooks-table.ts';
import { freshStorage } from '../../world/storage.ts';
import { losingAnswers } from './lost-answers.ts';

const START = Date.parse('2026-11-21T09:00:00Z');
const IDENTITY = 'outlook.office.com/webhook/canary';
const FIRST = { identity: IDENTITY, account: 'acme/#?', id: 'sub_1' };
const SECOND = { identity: IDENTITY, account: 'other', id: 'sub_2' };

let table: TableClient;
beforeEach(async () => {
  table = (await freshStorage()).table('webhooks');
});

/** The claims, of a world in which these subscriptions exist, at so many milliseconds after the start. */
function claimsAt(after: number, existing: readonly string[] = []) {
  return createWebhooksTable({
    table,
    now: () => START + after,
    isSubscription: async ({ account, id }) => existing.includes(`${account} ${id}`),
  });
}

it('gives a webhook to the first subscription and refuses the second', async () => {
  const claims = claimsAt(0);

  const answers = [await claims.claim(FIRST), await claims.claim(SECOND), await claims.claim(FIRST)];

  expect(answers).toEqual(['claimed', 'taken', 'claimed']);
});

it('keeps no address in the table', async () => {
  await claimsAt(0).claim(FIRST);

  const rows: object[] = [];
  for await (const row of table.listEntities()) rows.push(row);

  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain('canary');
});

it('refuses the same id of another account', async () => {
  await claimsAt(0).claim(FIRST);

  expect(await claimsAt(0).claim({ ...FIRST, account: 'other' })).toBe('taken');
});

it('lets one of many that come at once have it', async () => {
  const tries = Array.from({ length: 10 }, (_, index) => claimsAt(0).claim({ ...FIRST, id: `sub_${index}` }));

  const answers = await Promise.all(tries);

  expect(answers.filter((answer) => answer === 'claimed')).toHaveLength(1);
});

describe('a claim of another', () => {
  it.each([
    ['whose subscription exists, a year later', 31_536_000_000, ['acme/#? sub_1'], 'taken'],
    ['without a subscription, before ten minutes', UNFINISHED_CLAIM_MS - 1, [], 'taken'],
    ['without a subscription, after ten minutes', UNFINISHED_CLAIM_MS, [], 'claimed'],
  ])('%s', async (_what, after, existing, answer) => {
    await claimsAt(0).claim(FIRST);

    expect(await claimsAt(after, existing).claim(SECOND)).toBe(answer);
  });

  it('starts its ten minutes anew when it is made again', async () => {
    await claimsAt(0).claim(FIRST);
    await claimsAt(UNFINISHED_CLAIM_MS - 1).claim(FIRST);

    expect(await claimsAt(UNFINISHED_CLAIM_MS + 1).claim(SECOND)).toBe('taken');
  });

  it('left over is taken by one of several, however they meet', async () => {
    await claimsAt(0).claim(FIRST);

    const tries = Array.from({ length: 8 }, (_, index) =>
      claimsAt(UNFINISHED_CLAIM_MS).claim({ ...SECOND, id: `new_${index}` }),
    );

    const answers = await Promise.all(tries);
    expect(answers.filter((answer) => answer === 'claimed')).toHaveLength(1);
  });
});

it.each([
  ['POST', 0],
  ['PUT', UNFINISHED_CLAIM_MS],
])('has a webhook although the answer to its %s was lost', async (method, after) => {
  const lost = losingAnswers(method);
  const { table: lossy } = { table: (await freshStorage({ tableOptions: lost.options })).table('webhooks') };
  const claims = (at: number) =>
    createWebhooksTable({ table: lossy, now: () => START + at, isSubscription: async () => false });
  if (after > 0) await claims(0).claim(SECOND);

  const answer = await claims(after).claim(FIRST);

  expect(lost.lost()).toBe(1);
  expect(answer).toBe('claimed');
});

it('gives a webhook back for others, if it has it', async () => {
  const claims = claimsAt(0);
  await claims.claim(FIRST);

  await claims.release(SECOND);
  const stillTaken = await claims.claim(SECOND);
  await claims.release(FIRST);
  await claims.release(FIRST);

  expect([stillTaken, await claims.claim(SECOND)]).toEqual(['taken', 'claimed']);
});
