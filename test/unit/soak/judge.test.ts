/** The judge of the endurance run finds each thing that must not be. */

import { createChances } from '../../faults/random.ts';
import { type Ended, judge } from '../../soak/judge.ts';
import { nextMessage } from '../../soak/plan.ts';
import { aSubscription } from '../../world/make.ts';

const [event] = nextMessage(createChances(1), 0);
if (event === undefined) throw new Error('a message has events');
const channel = aSubscription({ id: 'sub_a', account: event.account });
const DIGEST = 'sub_a_1';
const card = { channel: 'sub_a', digestId: DIGEST, at: 0, knowledge: 'known', by: '0.1' } as const;
const page = { channel: 'sub_a', digestId: DIGEST, events: [event.id], leftOut: [] };
const digest = { id: DIGEST, channel: 'sub_a', state: 'delivered', count: 1 };
const well: Ended = {
  channels: [channel],
  sent: [event],
  taken: [card],
  stored: { digests: [digest], pages: [page], heads: new Map(), deadLetters: [] },
};
const stored = (change: Partial<Ended['stored']>): Ended => ({ ...well, stored: { ...well.stored, ...change } });

describe('judging a run', () => {
  it('finds nothing where every event came to its channel once', () => {
    const judged = judge(well);

    expect(judged).toEqual({ lost: 0, repeated: 0, uncertain: 0, lostAnswers: 0, digests: 1, faults: [] });
  });

  it.each<[string, Ended, object]>([
    ['an event in no page', stored({ pages: [] }), { lost: 1, faults: [] }],
    ['a digest said to be out, whose card no webhook took', { ...well, taken: [] }, { lost: 1 }],
    [
      'an event that still waits',
      stored({ pages: [{ ...page, digestId: '' }] }),
      { lost: 0, faults: ['1 events that wait and that nothing woke'] },
    ],
    ['an event shown in two digests', stored({ pages: [page, page] }), { repeated: 1 }],
    [
      'a card repeated although its answer came',
      { ...well, taken: [card, card] },
      { repeated: 1, faults: ['1 cards repeated although their sender could know'] },
    ],
    [
      'a card repeated since its process was killed',
      { ...well, taken: [{ ...card, knowledge: 'uncertain' }, card] },
      { repeated: 1, uncertain: 1, faults: [] },
    ],
    [
      'an event that its channel did not choose',
      { ...well, channels: [{ ...channel, topics: ['another.topic'] }] },
      { faults: ['1 events that their channel did not want'] },
    ],
    [
      'a lease that nobody gave back',
      stored({ heads: new Map([['sub_a', { lease: { nonce: 'n' } }]]) }),
      { faults: ['1 channels with something unfinished'] },
    ],
    [
      'a dead letter, in which nothing is lost',
      stored({ pages: [], deadLetters: [{ reason: 'r', text: JSON.stringify(event) }] }),
      { lost: 0, faults: ['1 dead letters'] },
    ],
  ])('finds %s', (_, ended, found) => {
    const judged = judge(ended);

    expect(judged).toMatchObject(found);
  });
});
