/** Dead letters go when their time is over. */
import { createDeadLettersTable } from '../../../shared/events/dead-letters-table.ts';
import { DEAD_LETTERS_MS } from '../../../shared/platform/retention.ts';
import { freshStorage } from '../../world/storage.ts';

it('removes those of earlier days, and no others', async () => {
  const table = (await freshStorage()).table('deadletters');
  const deadLetters = createDeadLettersTable(table);
  const now = Date.parse('2026-11-21T09:00:00Z');
  const ages = { older: DEAD_LETTERS_MS + 86_400_000, 'just as old': DEAD_LETTERS_MS, new: 0 };
  for (const [messageId, age] of Object.entries(ages))
    await deadLetters.put({
      queue: 'events',
      messageId,
      position: 0,
      insertedAt: now - age,
      because: 'not-json',
      reason: '',
      payload: 'x',
    });

  const removed = await deadLetters.removeBefore(now - DEAD_LETTERS_MS);

  const left: unknown[] = [];
  for await (const { messageId } of table.listEntities<{ messageId: string }>()) left.push(messageId);
  expect(removed).toBe(1);
  expect(left.sort()).toEqual(['just as old', 'new']);
});
