import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectDir } from '../../../infra/build-app.ts';
import type { Act } from '../../../shared/actions/act.ts';
import { toActionInvoked } from '../../../shared/actions/act-event.ts';

const ACT: Act = {
  account: 'acme',
  subscriptionId: 'sub_1',
  digest: 'sub_1_2',
  event: { source: 's', id: 'e', type: 't', title: 'Build 812 failed', subject: 'main', scope: 'acme/api' },
  action: { id: 'mute', title: 'Mute' },
  inputs: { comment: 'Known', until: '2026-12-24', reasons: ['flaky', 'known'] },
  actor: { tid: 'tenant', oid: 'person', name: 'Chloe Dupont' },
  via: 'card',
  at: 0,
};

it('tells of an answer as docs/for-products.md shows it, without the person’s name and the event’s words', () => {
  const page = readFileSync(join(projectDir, 'docs/for-products.md'), 'utf8');
  const [example] = [...page.matchAll(/```json\n([\s\S]*?)```/g)]
    .map(([, json = '']) => JSON.parse(json))
    .filter(({ type }) => type === 'tidings.action.invoked');

  const told = JSON.parse(JSON.stringify(toActionInvoked('sub_1_2.e.a', ACT, 'https://tidings.example')));

  expect(shapeOf(told)).toEqual(shapeOf(example));
  expect(JSON.stringify(told)).not.toMatch(/Chloe|812/);
});

it('passes the event’s trace on, and is the same each time', () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const act: Act = { ...ACT, actor: null, event: { source: 's', id: 'e', type: 't', title: 'x', traceparent } };

  const [first, again] = [1, 2].map(() => toActionInvoked('sub_1_2.e.a', act, 'https://tidings.example'));

  expect(first).toEqual(again);
  expect(first).toMatchObject({ id: 'act_sub_1_2.e.a', traceparent, data: { actor: null } });
  expect(JSON.stringify(first?.data)).not.toContain('traceparent');
});

/** Each value's place, in order of names. */
function shapeOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [`${path}: ${typeof value}`];
  return Object.entries(value)
    .flatMap(([name, each]) => shapeOf(each, `${path}/${name}`))
    .toSorted();
}
