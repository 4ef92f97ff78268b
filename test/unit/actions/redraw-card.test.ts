import type { Act } from '../../../shared/actions/act.ts';
import { answerableEvent } from '../../../shared/actions/act-key.ts';
import type { StoredAct } from '../../../shared/actions/acts-table.ts';
import type { Asked } from '../../../shared/actions/find-asked.ts';
import { createRedrawCard } from '../../../shared/actions/redraw-card.ts';
import { anEvent, aSubscription } from '../../world/make.ts';

const DIGEST = 'sub_1_2';
const EVENT = anEvent();

function given(name: string, state: StoredAct['state'], at: number): StoredAct {
  const act: Act = {
    account: 'acme',
    subscriptionId: 'sub_1',
    digest: DIGEST,
    event: { source: EVENT.source, id: EVENT.id, type: EVENT.type, title: 'x' },
    action: { id: name, title: name },
    inputs: {},
    actor: { tid: 't', oid: name, name },
    via: 'card',
    at,
  };
  return { key: `${DIGEST}.${name}`, act, state, triedAt: 0, etag: '' };
}

function asked(change: { kind?: 'connector' | 'workflow'; count?: number } = {}): Asked {
  const subscription = aSubscription({ id: 'sub_1' });
  return {
    answerable: { digest: DIGEST, account: 'acme', event: answerableEvent(EVENT), action: 'ada' },
    subscription: { ...subscription, target: { ...subscription.target, kind: change.kind ?? 'connector' } },
    digest: {
      sequence: 2,
      frozenAt: 0,
      firstPage: 'a',
      lastPage: 'b',
      count: change.count ?? 8,
      card: undefined,
      alreadyShown: undefined,
      locale: 'en',
      timeZone: 'UTC',
    },
  };
}

/** People answer while the digest is read, and while the card is drawn for the nth time. */
function redrawing(meanwhile: readonly StoredAct[], whileDrawn: readonly (readonly StoredAct[])[] = []) {
  const rows = [given('ada', 'sent', 1)];
  let [reads, drawn] = [0, 0];
  const redraw = createRedrawCard({
    inbox: {
      async *listPages() {
        reads += 1;
        rows.push(...meanwhile);
        yield* [];
      },
    },
    acts: { listOfDigest: async () => [...rows] },
    draw: async (_asked, _summary, acts) => {
      rows.push(...(whileDrawn[drawn++] ?? []));
      return acts(EVENT)
        .map(({ by }) => by)
        .join();
    },
  });
  return { redraw, reads: () => reads, drawn: () => drawn };
}

it('shows who answered while the digest was read, told yet or not', async () => {
  const { redraw } = redrawing([given('chloe', 'pending', 3), given('ben', 'pending', 2)]);

  expect(await redraw(asked())).toBe('ada,ben,chloe');
});

it('draws once more when somebody answered while it was drawn', async () => {
  const { redraw, drawn } = redrawing([], [[given('ben', 'pending', 2)]]);

  expect(await redraw(asked())).toBe('ada,ben');
  expect(drawn()).toBe(2);
});

it('draws three times at most, however many go on answering', async () => {
  const more = ['ben', 'chloe', 'dan', 'eve'].map((name, index) => [given(name, 'pending', index + 2)]);
  const { redraw, drawn } = redrawing([], more);

  expect(await redraw(asked())).toBe('ada,ben,chloe');
  expect(drawn()).toBe(3);
});

it.each([
  ['a card that cannot be shown anew', { kind: 'workflow' as const }],
  ['a digest that is read for seconds', { count: 10_001 }],
])('reads nothing for %s', async (_what, change) => {
  const { redraw, reads } = redrawing([]);

  expect(await redraw(asked(change))).toBeUndefined();
  expect(reads()).toBe(0);
});
