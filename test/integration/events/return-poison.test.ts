/** Poison on real queues: put back, rescued, at last a dead letter. */

import { randomBytes } from 'node:crypto';
import { QueueClient } from '@azure/storage-queue';
import type { DeadLetter } from '../../../shared/events/dead-letter.ts';
import { RETURN_WAITS_MS } from '../../../shared/events/poison.ts';
import { createPutBack, rescuePoison } from '../../../shared/events/return-poison.ts';
import { silentTelemetry } from '../../../shared/platform/telemetry/telemetry.ts';
import { testStorage } from '../../world/storage.ts';

async function queues() {
  const name = `q${randomBytes(5).toString('hex')}`;
  const [queue, poison] = [name, `${name}-poison`].map((each) => new QueueClient(testStorage(), each)) as [
    QueueClient,
    QueueClient,
  ];
  await Promise.all([queue.create(), poison.create()]);
  const dead: DeadLetter[] = [];
  const deadLetters = { put: async (letter: DeadLetter) => void dead.push(letter) };
  return {
    queue,
    poison,
    dead,
    putBack: createPutBack({ name: 'events', queue, deadLetters, telemetry: silentTelemetry }),
  };
}

describe('poison', () => {
  it('is put back hidden, and not shown before its time', async () => {
    const { queue, putBack } = await queues();

    const went = await putBack({ body: [{ id: 'a' }], id: 'm1', insertedAt: 1 });

    const { receivedMessageItems } = await queue.receiveMessages();
    expect(went).toBe('put back');
    expect(receivedMessageItems).toEqual([]);
    expect((await queue.getProperties()).approximateMessagesCount).toBe(1);
  });

  it('becomes a dead letter under its first id when its day is over', async () => {
    const { queue, dead, putBack } = await queues();

    const went = await putBack({
      body: { returned: RETURN_WAITS_MS.length, id: 'm1', insertedAt: 5, message: 'text' },
      id: 'm9',
      insertedAt: 99,
    });

    expect(went).toBe('dead letter');
    expect(dead).toMatchObject([
      { queue: 'events', messageId: 'm1', insertedAt: 5, payload: 'text', reason: expect.stringContaining('24 hours') },
    ]);
    expect((await queue.getProperties()).approximateMessagesCount).toBe(0);
  });

  it('that its trigger gave up is rescued, all of it', async () => {
    const { queue, poison, putBack } = await queues();
    for (let n = 0; n < 40; n++)
      await poison.sendMessage(n % 2 === 0 ? JSON.stringify({ id: String(n) }) : `text ${n}`);

    const rescued = await rescuePoison(poison, putBack);

    expect(rescued).toBe(40);
    expect((await poison.getProperties()).approximateMessagesCount).toBe(0);
    expect((await queue.getProperties()).approximateMessagesCount).toBe(40);
  });
});
