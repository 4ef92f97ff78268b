/** `POST /actions`: what a press does, what the person is told, how the card looks then. */
import { anEvent } from '../../world/make.ts';
import {
  type ActionsWorld,
  anActionsWorld,
  bodyOf,
  buttonsOf,
  type Card,
  CHLOE,
  CONTOSO,
  someEvents,
} from './actions-world.ts';

async function pressed(world: ActionsWorld, at = 0, values: Record<string, string> = {}) {
  return world.press(bodyOf(buttonsOf(world.card())[at], values));
}

it('tells the product once who pressed what on which event', async () => {
  const world = await anActionsWorld({
    events: [
      anEvent({
        id: 'b-812',
        subject: 'main',
        scope: 'acme/api',
        data: { title: 'Build 812 failed', actions: [{ id: 'rerun', title: 'Run again' }] },
      }),
    ],
  });

  const { status, headers } = await pressed(world);

  expect(status).toBe(200);
  expect(headers.get('card-action-status')).toBe('"Run again" was sent to Octoforge.');
  expect(world.told).toEqual([
    {
      specversion: '1.0',
      id: expect.stringMatching(/^act_sub_/),
      source: 'https://tidings.example',
      type: 'tidings.action.invoked',
      subject: world.subscription.id,
      time: new Date(world.clock.now()).toISOString(),
      datacontenttype: 'application/json',
      account: 'acme',
      data: {
        event: {
          source: 'https://builds.example/acme',
          id: 'b-812',
          type: 'build.failed',
          subject: 'main',
          scope: 'acme/api',
        },
        action: { id: 'rerun', title: 'Run again' },
        inputs: {},
        actor: { tid: CONTOSO, oid: CHLOE },
        via: 'card',
        digest: expect.stringContaining(world.subscription.id),
        subscription: world.subscription.id,
      },
    },
  ]);
});

it('shows the whole digest anew: what was answered says who and when, everything else is as it was', async () => {
  const world = await anActionsWorld();
  const before = world.card();

  const { headers, text } = await pressed(world, 2);

  const after = JSON.parse(text) as Card;
  const changed = after.sections.flatMap((section, index) =>
    JSON.stringify(section) === JSON.stringify(before.sections[index]) ? [] : [section],
  );
  expect(headers.get('card-update-in-body')).toBe('true');
  expect(after.sections).toHaveLength(before.sections.length);
  expect(changed).toHaveLength(1);
  expect(changed[0]?.text).toMatch(/Run again: done by Chloe Dupont at \d\d:\d\d/);
  expect(changed[0]?.potentialAction).toBeUndefined();
  expect(buttonsOf(after)).toHaveLength(7);
  expect({ ...after, sections: [] }).toEqual({ ...before, sections: [] });
});

it('lets the buttons of a card that was shown anew still be pressed, and shows all who did', async () => {
  const world = await anActionsWorld();
  const first = await pressed(world, 0);
  const shown = JSON.parse(first.text) as Card;
  const token = await world.actorToken({ oid: '0b1ec700-0000-4000-8000-0000000000a4', name: 'Dai Nakamura' });

  const second = await world.press(bodyOf(buttonsOf(shown)[3]), { token });

  expect(second.status).toBe(200);
  expect(second.text).toContain('Chloe Dupont');
  expect(second.text).toContain('Dai Nakamura');
  expect(buttonsOf(JSON.parse(second.text) as Card)).toHaveLength(6);
  expect(world.told).toHaveLength(2);
});

it('says that it was done already when the same button is pressed again, by anyone', async () => {
  const world = await anActionsWorld();
  await pressed(world);

  const again = await world.press(bodyOf(buttonsOf(world.card())[0]), {
    token: await world.actorToken({ oid: '0b1ec700-0000-4000-8000-0000000000a4' }),
  });

  expect(again.status).toBe(200);
  expect(again.headers.get('card-action-status')).toBe('This was done already.');
  expect(again.text).toContain('Chloe Dupont');
  expect(world.told).toHaveLength(1);
});

it('takes the other action of an event after the first', async () => {
  const actions = [
    { id: 'approve', title: 'Approve' },
    { id: 'reject', title: 'Reject' },
  ];
  const world = await anActionsWorld({ events: [anEvent({ data: { title: 'Deploy?', actions } })] });
  const shown = JSON.parse((await pressed(world, 0)).text) as Card;

  const answer = await world.press(bodyOf(buttonsOf(shown)[0]));

  expect(answer.headers.get('card-action-status')).toContain('Reject');
  expect(world.told.map(({ data }) => (data['action'] as { id: string }).id)).toEqual(['approve', 'reject']);
});

describe('what is filled in', () => {
  const inputs = [
    { id: 'comment', type: 'text' as const, title: 'Comment', required: true, maxLength: 20 },
    { id: 'until', type: 'date' as const, title: 'Until' },
    {
      id: 'reasons',
      type: 'choice' as const,
      title: 'Reasons',
      multiSelect: true,
      choices: [
        { display: 'Flaky', value: 'flaky' },
        { display: 'Slow, or stuck', value: 'slow,stuck' },
      ],
    },
  ];
  const world = anActionsWorld({
    events: [anEvent({ data: { title: 'Build', actions: [{ id: 'mute', title: 'Mute', inputs }] } })],
  });

  it.each([
    ['an input that must be filled in', { comment: ' ', until: '', reasons: '' }, '"Comment" must be filled in.'],
    ['a text that is too long', { comment: 'x'.repeat(21), until: '', reasons: '' }, '"Comment" may have at most 20'],
    ['a day that there is not', { comment: 'x', until: '2026-02-30', reasons: '' }, '"Until" must be a date'],
    ['a choice that was not offered', { comment: 'x', until: '', reasons: 'flaky,other' }, '"Reasons" must be one'],
    ['a value that the client did not put in', { until: '', reasons: '' }, '"Comment" was not put in by this app'],
  ])('is refused, and nothing is done, for %s', async (_what, values, says) => {
    const made = await world;

    const answer = await pressed(made, 0, values as Record<string, string>);

    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'invalid-inputs' });
    expect(answer.headers.get('card-action-status')).toContain(says);
    expect(made.told).toEqual([]);
  });

  it('reaches the product as it was meant', async () => {
    const made = await world;

    await pressed(made, 0, { comment: 'sorry "all"', until: '2026-12-24', reasons: 'slow,stuck;flaky' });

    expect(made.told[0]?.data['inputs']).toEqual({
      comment: 'sorry "all"',
      until: '2026-12-24',
      reasons: ['slow,stuck', 'flaky'],
    });
  });
});

it.each([
  ['the connector’s own channel was removed', 'action-gone', 410],
  ['its digest is kept no longer', 'action-unknown', 410],
])('refuses a press when %s', async (what, code, status) => {
  const world = await anActionsWorld();
  const { id, account } = world.subscription;
  if (code === 'action-gone') await world.subscriptions.bury({ id, account, removedAt: world.clock.now() });
  else for await (const { record } of world.deps.digests.list(id)) await world.deps.digests.remove(id, record.sequence);

  const answer = await pressed(world);

  expect([what, answer.status, JSON.parse(answer.text).code]).toEqual([what, status, code]);
  expect(answer.headers.get('card-action-status')).toMatch(/can no longer be answered/);
  expect(world.told).toEqual([]);
});

it('can be pressed before the digest’s record is written', async () => {
  let early: Awaited<ReturnType<ActionsWorld['press']>> | undefined;
  const world = await anActionsWorld({ events: someEvents(2) });
  await world.receive(someEvents(2));
  world.answers.push(async (body) => {
    early = await world.press(bodyOf(buttonsOf(JSON.parse(body) as Card)[0]));
    return { is: 'answered', status: 200, body: '1' };
  });

  await world.runUntil('2026-11-24T09:02:00Z');

  expect(early?.headers.get('card-action-status')).toContain('Run again');
});

it('says so on the next card when the product answers back', async () => {
  const world = await anActionsWorld();
  await pressed(world, 1);
  const subject = world.told[0]?.id ?? '';

  await world.receive([
    anEvent({ type: 'build.passed', subject, data: { title: 'Build 2 passed' } }),
    anEvent({ subject: `${subject}x` }),
  ]);
  await world.runUntil('2026-11-24T09:02:00Z');

  expect(JSON.stringify(world.card())).toMatch(/↩ After “Run again” by Chloe Dupont on 23 Nov/);
  expect(JSON.stringify(world.card()).match(/↩/g)).toHaveLength(1);
});

it('says in the line that it failed, and keeps the answer, when the product cannot be told', async () => {
  let away = true;
  const world = await anActionsWorld({
    onPut: async () => {
      if (away) throw new Error('the queue is away');
    },
  });
  const failed = await pressed(world);
  away = false;

  const again = await pressed(world);

  expect([failed.status, failed.headers.get('card-action-status')]).toEqual([503, expect.stringContaining('was kept')]);
  expect([again.status, again.headers.get('card-action-status')]).toEqual([
    200,
    expect.stringContaining('"Run again"'),
  ]);
  expect(world.told).toHaveLength(1);
});

describe('an answer that a crash left', () => {
  async function left() {
    let crash = true;
    let die = () => {};
    const died = new Promise<void>((resolve) => {
      die = resolve;
    });
    const world = await anActionsWorld({
      onPut: async () => {
        if (!crash) return;
        die();
        await new Promise(() => {}); // whoever tells is gone
      },
    });
    void pressed(world);
    await died;
    const pending = async () => {
      for await (const stored of world.acts.listPending()) return stored;
      return undefined;
    };
    crash = false;
    return { world, pending };
  }

  it('is left alone while it may still be under way', async () => {
    const { world } = await left();

    const again = await pressed(world);

    expect(again.headers.get('card-action-status')).toBe('This was done already.');
    expect(world.told).toEqual([]);
  });

  it('is finished by a later press', async () => {
    const { world, pending } = await left();
    world.clock.advance(2 * 60_000);

    const again = await pressed(world);

    expect(again.headers.get('card-action-status')).toContain('"Run again"');
    expect(world.told).toHaveLength(1);
    expect(await pending()).toBeUndefined();
  });

  it('is finished by the hourly net, with the same id', async () => {
    const { world, pending } = await left();
    const id = `act_${(await pending())?.key}`;
    world.clock.advance(2 * 60_000);

    const found = await world.giveAnswer.finishLeft(world.acts.listPending());

    expect(found).toEqual({ finished: 1, failed: 0 });
    expect(world.told.map((event) => event.id)).toEqual([id]);
    expect(await pending()).toBeUndefined();
  });

  it('is finished once, however many press at the same time', async () => {
    const { world } = await left();
    world.clock.advance(2 * 60_000);

    await Promise.all(Array.from({ length: 10 }, () => pressed(world)));

    expect(world.told).toHaveLength(1);
  });
});

it('acts once when twenty press at the same time', async () => {
  const world = await anActionsWorld({ events: someEvents(1) });

  const answers = await Promise.all(Array.from({ length: 20 }, () => pressed(world)));

  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
  expect(answers.filter(({ headers }) => headers.get('card-action-status')?.includes('Run again'))).toHaveLength(1);
  expect(world.told).toHaveLength(1);
});

it('takes the token in Action-Authorization when the card asked for that', async () => {
  const world = await anActionsWorld();
  const headers = { authorization: '', 'action-authorization': `Bearer ${await world.actorToken()}` };

  const answer = await world.press(bodyOf(buttonsOf(world.card())[0]), { headers });

  expect(answer.status).toBe(200);
});

it('takes a form as well as JSON', async () => {
  const world = await anActionsWorld();
  const body = new URLSearchParams({ token: bodyOf(buttonsOf(world.card())[0]).token }).toString();

  const answer = await world.press(body, { headers: { 'content-type': 'application/x-www-form-urlencoded' } });

  expect(answer.status).toBe(200);
});

it('makes no call to Microsoft and none to the vault: keys are there before', async () => {
  const calls: string[] = [];
  const fetched = globalThis.fetch;
  globalThis.fetch = async (input) => {
    calls.push(String(input));
    throw new Error('no network');
  };
  try {
    const world = await anActionsWorld();

    expect((await pressed(world)).status).toBe(200);
    expect(calls).toEqual([]);
  } finally {
    globalThis.fetch = fetched;
  }
});

it('writes into the log and says again nothing of what was typed, of who acted or of a token, whatever comes of it', async () => {
  const inputs = [{ id: 'why', type: 'text' as const, maxLength: 20 }];
  const world = await anActionsWorld({
    events: [anEvent({ data: { title: 'x', actions: [{ id: 'a', title: 'A', inputs }] } })],
  });
  const [bearer, body] = [await world.actorToken(), bodyOf(buttonsOf(world.card())[0], { why: 'canary' })];
  const presses = [
    () => world.press({ ...body, values: { why: 'canary'.repeat(9) } }, { token: bearer }),
    () => world.press({ ...body, values: { canary: 'x' } }, { token: bearer }),
    () => world.press({ token: `${body.token}canary` }, { token: bearer }),
    () => world.press(body, { token: `${bearer}canary` }),
    () => world.press('{"token":"canary', { token: bearer }),
    () => world.press(body, { token: bearer }),
    () => world.press(body, { token: bearer }),
  ];

  const answers: Awaited<ReturnType<typeof world.press>>[] = [];
  for (const press of presses) answers.push(await press());

  expect(answers.map(({ status }) => status)).toEqual([400, 400, 401, 401, 400, 200, 200]);
  expect(world.logged).toHaveLength(presses.length);
  const said = JSON.stringify([world.logged, answers.map(({ text, headers }) => [text, [...headers]])]);
  expect(said).not.toContain('canary');
  expect(said).not.toContain(bearer.split('.')[2]);
  expect(world.logged.join()).not.toMatch(/Chloe|0b1ec700/);
  expect(world.told[0]?.data['inputs']).toEqual({ why: 'canary' });
});

it.each(['Ärger lösen', 'テスト', 'a\r\nCARD-UPDATE-IN-BODY: true', '“Go” – now…', '🚀'])(
  'says in Latin-1 on one line what was done: %j',
  async (title) => {
    const world = await anActionsWorld({ events: [anEvent({ data: { title: 'x', actions: [{ id: 'a', title }] } })] });

    const { headers, status } = await pressed(world);

    expect(status).toBe(200);
    expect(headers.get('card-action-status')).toMatch(/^[\x20-\x7E\xA0-\xFF]+$/);
    expect(headers.get('card-action-status')).not.toContain('?');
  },
);
