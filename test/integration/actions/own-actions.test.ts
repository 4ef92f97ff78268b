/** The connector's own actions on a card: pause, snooze, another schedule, and taking each back. */
import { type ActionsWorld, anActionsWorld, bodyOf, buttonsOf, type Card, someEvents } from './actions-world.ts';

async function aCard(options: Parameters<typeof anActionsWorld>[0] = {}) {
  const world = await anActionsWorld({ withOwn: true, events: someEvents(2), ...options });
  const now = async () => {
    const row = await world.subscriptions.read(world.subscription);
    if (row?.is !== 'present') throw new Error('it is gone');
    return row.subscription;
  };
  return { world, now };
}

const named = (card: Card, name: string) => buttonsOf(card).find((button) => button.name === name);
const press = (world: ActionsWorld, card: Card, name: string, values: Record<string, string> = {}) =>
  world.press(bodyOf(named(card, name), values));

it('offers them on the card, links last', async () => {
  const { world } = await aCard();

  const names = (world.card().potentialAction ?? []).map(({ name }) => name);

  expect(names).toEqual(['Pause', 'Snooze until…', 'Change schedule', 'View full digest']);
});

it('gives them a section of their own where they do not fit beside the links', async () => {
  const [event] = someEvents(1);
  const { world } = await aCard({
    events:
      event === undefined
        ? []
        : [{ ...event, data: { ...event.data, url: 'https://x.example', text: 'x'.repeat(4_000) } }],
  });

  const { sections, potentialAction } = world.card();

  expect(potentialAction?.map(({ name }) => name)).toEqual(['Open', 'View full digest']);
  expect(sections.at(-1)?.potentialAction?.map(({ name }) => name)).toEqual([
    'Pause',
    'Snooze until…',
    'Change schedule',
  ]);
});

it('pauses, says who did, and resumes when that is taken back; then it can pause again', async () => {
  const { world, now } = await aCard();

  const paused = await press(world, world.card(), 'Pause');
  const state = (await now()).state;
  const undone = await press(world, JSON.parse(paused.text) as Card, 'Undo: Pause');
  const again = await press(world, JSON.parse(undone.text) as Card, 'Pause');

  expect(paused.headers.get('card-action-status')).toBe('Pause: done.');
  expect(paused.text).toContain('Pause: done by Chloe Dupont');
  expect(state).toEqual({ is: 'paused', arriving: 'keep' });
  expect(undone.status).toBe(200);
  expect(again.headers.get('card-action-status')).toBe('Pause: done.');
  expect((await now()).state).toEqual({ is: 'paused', arriving: 'keep' });
  expect(world.told.filter(({ type }) => type === 'tidings.action.invoked')).toEqual([]);
});

it('resumes an undone pause as it was before, another pause included', async () => {
  const until = Date.parse('2026-12-01T00:00:00Z');
  const { world, now } = await aCard();
  const row = await world.subscriptions.read(world.subscription);
  if (row?.is === 'present')
    await world.subscriptions.replace(
      { ...row.subscription, state: { is: 'paused', arriving: 'drop', until } },
      row.etag,
    );

  const paused = await press(world, world.card(), 'Pause');
  await press(world, JSON.parse(paused.text) as Card, 'Undo: Pause');

  expect((await now()).state).toEqual({ is: 'paused', arriving: 'drop', until });
});

it('snoozes until the day begins in the channel’s zone', async () => {
  const { world, now } = await aCard({
    subscription: { schedule: { every: 'day', at: '09:00', timeZone: 'Pacific/Auckland' } },
    world: { startsAt: '2026-11-22T18:00:00Z' },
  });

  const { status } = await press(world, world.card(), 'Snooze until…', { until: '2026-12-24' });

  expect(status).toBe(200);
  expect((await now()).state).toMatchObject({ is: 'paused', until: Date.parse('2026-12-23T11:00:00Z') });
});

it.each(['2026-11-23', '2020-01-01', '', 'tomorrow'])('does not snooze until %j', async (until) => {
  const { world, now } = await aCard();

  const { status, text } = await press(world, world.card(), 'Snooze until…', { until });

  expect([status, JSON.parse(text).code]).toEqual([400, 'invalid-inputs']);
  expect((await now()).state).toEqual({ is: 'active' });
});

it('changes the schedule, keeping the time of day, and back', async () => {
  const { world, now } = await aCard();

  const changed = await press(world, world.card(), 'Change schedule', { schedule: 'week' });
  const weekly = (await now()).schedule;
  await press(world, JSON.parse(changed.text) as Card, 'Undo: Change schedule');

  expect(weekly).toEqual({ every: 'week', day: 'mon', at: '09:00', timeZone: 'UTC' });
  expect((await now()).schedule).toEqual({ every: 'day', at: '09:00', timeZone: 'UTC' });
});

it('leaves the buttons of events and of its other actions working', async () => {
  const { world } = await aCard();

  const paused = JSON.parse((await press(world, world.card(), 'Pause')).text) as Card;

  expect(
    buttonsOf(paused)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['Change schedule', 'Run again', 'Run again', 'Snooze until…', 'Undo: Pause']);
});

it('does once what twenty ask at the same time', async () => {
  const { world, now } = await aCard();

  await Promise.all(Array.from({ length: 20 }, () => press(world, world.card(), 'Pause')));

  expect((await now()).revision).toBe(2);
});

it('works by link, and offers to take it back there', async () => {
  const { world, now } = await aCard({
    subscription: { target: { appType: 'teams', name: 'Build room', kind: 'workflow', host: 'x' } },
  });
  const body = world.posted[0]?.body ?? '';
  const links = [...body.matchAll(/"title":"([^"]+)","url":"(https:\/\/tidings\.example\/links\/[^"]+)"/g)];
  const submit = async (address: string) => {
    const nonce = /name="nonce" value="([^"]+)"/.exec((await world.link('GET', address)).text)?.[1] ?? '';
    return (await world.link('POST', address, { nonce })).text;
  };

  const page = await submit(links.find(([, title]) => title === 'Pause')?.[2] ?? '');
  const paused = (await now()).state.is;
  const undo = /<a href="([^"]+)">Undo: Pause</.exec(page)?.[1] ?? '';
  await submit(undo);

  expect(paused).toBe('paused');
  expect((await now()).state.is).toBe('active');
});
