/** What a page's row may say of itself. */

import { eventSchema } from '../../../shared/events/event.ts';
import { createInboxTable } from '../../../shared/events/inbox-table.ts';
import { packEvent } from '../../../shared/events/pack-event.ts';
import { eventsOf, MAX_PAGE_EVENTS, pageKey } from '../../../shared/events/page.ts';
import { createFakeTable } from '../../fuzz/targets/fake-table.ts';
import { EVENT } from '../../fuzz/targets/right.ts';

async function readWith(change: object): Promise<number> {
  const { table, written, answer } = createFakeTable();
  const inbox = createInboxTable(table);
  await inbox.insertPage('sub_a', pageKey(0, 'process', 1), 'ordinary', [packEvent(eventSchema.parse(EVENT))]);
  answer({ ...written[0], ...change });
  let pages = 0;
  for await (const _ of inbox.listPages({ subscriptionId: 'sub_a', from: 0 })) pages += 1;
  return pages;
}

it('is read back as it was written', async () => {
  expect(await readWith({})).toBe(1);
});

it.each([[MAX_PAGE_EVENTS + 1], [Number.MAX_SAFE_INTEGER], [-1]])(
  'is refused with a count of %i: whoever went through so many would never end',
  async (count) => {
    await expect(readWith({ count })).rejects.toThrow();
  },
);

it.each(['{}', 'null', '3'])('says what is wrong where it holds no list of events but %s', (json) => {
  const page = { json: new TextEncoder().encode(json) };

  expect(() => eventsOf(page)).toThrow('The page holds no list of events.');
});
