import { readEvents } from '../../../../infra/local/emit/read-events.ts';

const event = { specversion: '1.0', id: '1', source: 's', type: 't', account: 'acme', data: { title: 'Hello' } };
const json = JSON.stringify(event);
const as = { from: 'events.json', account: undefined };

it.each([
  ['one event', json],
  ['an array', `[${json}]`],
  ['an event over several lines', JSON.stringify(event, null, 2)],
  ['one event a line', `${json}\r\n\n`],
  ['a file with a byte order mark', `\uFEFF${json}`],
])('reads %s', (_case, text) => {
  const events = readEvents(text, as);

  expect(events).toEqual([event]);
});

it('reads several lines, arrays among them, in order', () => {
  const second = { ...event, id: '2' };

  const events = readEvents(`${json}\n[${JSON.stringify(second)},${json}]\n`, as);

  expect(events.map(({ id }) => id)).toEqual(['1', '2', '1']);
});

it('keeps what the app does not know of', () => {
  const events = readEvents(JSON.stringify({ ...event, extension: { deep: 1 } }), as);

  expect(events).toEqual([{ ...event, extension: { deep: 1 } }]);
});

it('gives events the account asked for, also where they have none', () => {
  const { account: _account, ...without } = event;

  const events = readEvents(JSON.stringify([event, without]), { ...as, account: 'other' });

  expect(events.map(({ account }) => account)).toEqual(['other', 'other']);
});

it.each([
  ['what is not JSON', '{"a"', 'events.json is neither JSON nor one JSON object a line: see line 1.'],
  ['a line that is not JSON', `${json}\nno\n`, 'see line 2.'],
  ['an empty file', '\n', 'events.json has no events.'],
  ['an empty array', '[]', 'events.json has no events.'],
  ['a number', '7', 'event 1, specversion: '],
  ['an event without a title', JSON.stringify([event, { ...event, data: {} }]), 'event 2, data.title: '],
])('refuses %s and says where', (_case, text, message) => {
  const reading = () => readEvents(text, as);

  expect(reading).toThrow(message);
});

it('does not flood the screen with faults', () => {
  const reading = () => readEvents(JSON.stringify(Array.from({ length: 100 }, () => ({}))), as);

  expect(reading).toThrow(/and \d+ more$/);
});
