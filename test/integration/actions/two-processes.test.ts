/** One storage, two compositions with clients of their own, as two processes of the app have: an answer is given once. */
import { randomBytes } from 'node:crypto';
import type { Config } from '../../../shared/platform/config.ts';
import { createStorage } from '../../../shared/platform/storage-client.ts';
import { freshStorage, testStorage } from '../../world/storage.ts';
import { anActionsWorld, bodyOf, buttonsOf, someEvents } from './actions-world.ts';

it('acts once when twenty press at the same time on two processes', async () => {
  const prefix = `t${randomBytes(6).toString('hex')}`;
  const one = await anActionsWorld({ world: { storage: await freshStorage({ prefix }) }, events: someEvents(2) });
  const body = bodyOf(buttonsOf(one.card())[0]);
  const others = await createStorage({ AzureWebJobsStorage: testStorage() } as Config, { prefix });
  const two = await anActionsWorld({ world: { storage: others, clock: one.clock, queue: one.queue }, events: [] });

  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? one : two).press(body)),
  );

  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
  expect(answers.filter(({ headers }) => headers.get('card-action-status')?.includes('sent'))).toHaveLength(1);
  expect([...one.told, ...two.told]).toHaveLength(1);
});
