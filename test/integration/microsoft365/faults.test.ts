/** Faults that are switched on: which requests they meet, what they do, and how lost answers are counted. */
import { request } from 'node:http';
import { aCard, aMicrosoft365, anEnvelope, control, post, stopMicrosoft365 } from './a-microsoft365.ts';

afterEach(stopMicrosoft365);

async function withFault(fault: Record<string, unknown>, kind: 'connector' | 'workflow' = 'connector') {
  const microsoft365 = await aMicrosoft365();
  const webhook = microsoft365.api.createWebhook({ kind, name: 'Builds', quirks: { windows: [] } });
  await control(microsoft365.url, 'POST', '/faults', fault);
  const send = async (): Promise<string> => {
    const answer = await post(webhook, kind === 'connector' ? aCard : anEnvelope).catch(() => undefined);
    return answer === undefined ? 'no answer' : `${answer.status} ${(await answer.text()).slice(0, 40)}`;
  };
  const shown = () => microsoft365.api.messages.of(webhook.place).length;
  return { microsoft365, webhook, send, shown };
}

async function sends(send: () => Promise<string>, times: number): Promise<string[]> {
  const answers: string[] = [];
  for (let sent = 0; sent < times; sent++) answers.push(await send());
  return answers;
}

it.each([
  ['always', {}, ['500 x', '500 x', '500 x', '500 x']],
  ['once', { times: 1 }, ['500 x', '200 1', '200 1', '200 1']],
  ['after two', { after: 2 }, ['200 1', '200 1', '500 x', '500 x']],
  ['after one, twice', { after: 1, times: 2 }, ['200 1', '500 x', '500 x', '200 1']],
  ['never, by probability', { probability: 0 }, ['200 1', '200 1', '200 1', '200 1']],
])('meets requests %s', async (_when, rule, expected) => {
  const { send } = await withFault({ do: 'answer', status: 500, body: 'x', ...rule });

  const answers = await sends(send, 4);

  expect(answers).toEqual(expected);
});

it('meets the same requests again with the same seed, and others with another', async () => {
  const run = async (seed: number) => {
    const { send } = await withFault({ do: 'answer', status: 500, probability: 0.5, seed });
    return (await sends(send, 20)).map((answer) => answer.slice(0, 3)).join(' ');
  };

  const [first, again, other] = [await run(7), await run(7), await run(8)];

  expect(again).toBe(first);
  expect(other).not.toBe(first);
  expect([first.includes('500'), first.includes('200')]).toEqual([true, true]);
});

it('meets only the webhook it was made for', async () => {
  const { microsoft365, send } = await withFault({ do: 'answer', status: 500, webhook: 'another' });
  await control(microsoft365.url, 'POST', '/faults', { do: 'answer', status: 500, kind: 'workflow' });

  const answers = await sends(send, 1);

  expect(answers).toEqual(['200 1']);
});

it.each([
  ['reset', 'no answer'],
  ['garbage', 'no answer'],
  ['odd-body', '200 <html><body>Service is being updated</bo'],
])('%s before the request is taken: no card, no lost answer', async (effect, expected) => {
  const { microsoft365, send, shown } = await withFault({ do: effect, times: 1 });

  const [answer] = await sends(send, 1);

  expect([answer, shown()]).toEqual([expected, 0]);
  expect(microsoft365.api.requests.sums()).toEqual({ requests: 1, accepted: 0, lostAnswers: 0, violations: 0 });
});

it.each([
  ['reset', 'no answer'],
  ['garbage', 'no answer'],
  ['odd-body', '200 <html><body>Service is being updated</bo'],
  ['answer', '500 '],
])('%s after the request was taken: the card is there, and the answer counts as lost', async (effect, expected) => {
  const { microsoft365, send, shown } = await withFault({ do: effect, when: 'after', times: 1 });

  const [answer] = await sends(send, 1);

  expect([answer, shown()]).toEqual([expected, 1]);
  expect(microsoft365.api.requests.sums()).toEqual({ requests: 1, accepted: 1, lostAnswers: 1, violations: 0 });
});

it.each([
  ['no answer', { do: 'silence' }],
  ['a late answer', { do: 'slow', ms: 3_600_000 }],
])('counts an answer as lost when the sender gives up while it waits for it: %s', async (_what, fault) => {
  const { microsoft365, webhook } = await withFault({ ...fault, when: 'after' });
  const sender = request(webhook.url, { method: 'POST', headers: { 'content-type': 'application/json' } });
  sender.on('error', () => undefined);
  const taken = new Promise<void>((resolve) => microsoft365.api.messages.listen(() => resolve()));
  sender.end(JSON.stringify(aCard));
  await taken;

  sender.destroy();
  await microsoft365.stop();

  expect(microsoft365.api.requests.sums()).toMatchObject({ accepted: 1, lostAnswers: 1 });
});

it.each([
  [{ do: 'hidden-error', code: 503 }, '200 Webhook message delivery failed with err'],
  [{ do: 'contact-error' }, '200 Webhook message delivery failed with err'],
])('%j hides a failure in a 200', async (fault, expected) => {
  const { send, shown } = await withFault(fault);

  const [answer] = await sends(send, 1);

  expect([answer, shown()]).toEqual([expected, 0]);
});

it('answers late, and the same, when it is slow', async () => {
  const { microsoft365, send } = await withFault({ do: 'slow', ms: 30 });
  const before = performance.now();

  const [answer] = await sends(send, 1);

  expect([answer, performance.now() - before >= 29, microsoft365.api.faults.list()[0]?.used]).toEqual([
    '200 1',
    true,
    1,
  ]);
});

it('fails a flow after its 202 with the given reason', async () => {
  const { microsoft365, send, shown } = await withFault(
    { do: 'fail-run', code: 'BadGateway', message: 'gone' },
    'workflow',
  );

  const [answer] = await sends(send, 1);

  expect([answer, shown()]).toEqual(['202 ', 0]);
  expect(microsoft365.api.runs.list()[0]).toMatchObject({
    status: 'Failed',
    error: { code: 'BadGateway', message: 'gone' },
  });
});

it('records every request with its headers, exact body, answer, and the fault it met', async () => {
  const { microsoft365, webhook } = await withFault({
    do: 'answer',
    status: 503,
    times: 1,
    headers: { 'retry-after': '7' },
  });

  await post(webhook, '{"summary":"é"}', { 'x-trace': 'abc' });
  const { body } = await control(microsoft365.url, 'GET', `/requests?webhook=${webhook.id}`);

  expect(body).toEqual([
    expect.objectContaining({
      webhook: webhook.id,
      kind: 'connector',
      method: 'POST',
      path: webhook.path,
      headers: expect.objectContaining({ 'x-trace': 'abc' }),
      body: '{"summary":"é"}',
      bytes: 16,
      answer: { status: 503, headers: { 'retry-after': '7' }, body: '' },
      accepted: false,
      lost: false,
      faults: ['fault-1'],
    }),
  ]);
});

it.each([
  [{ do: 'explode' }, 'do must be one of'],
  [{ do: 'answer', status: 99 }, 'status must be'],
  [{ do: 'slow', ms: 'long' }, 'ms must be a number'],
])('refuses a fault it does not know: %j', async (fault, sentence) => {
  const { url } = await aMicrosoft365();

  const { status, body } = await control(url, 'POST', '/faults', fault);

  expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining(sentence)]);
});
