import { splitChoices } from '../../../shared/actions/choices.ts';

it.each<[text: string, values: string[], chosen: string[] | undefined]>([
  ['a', ['a', 'b'], ['a']],
  ['a,b', ['a', 'b'], ['a', 'b']],
  ['a;b', ['a', 'b'], ['a', 'b']],
  ['a, b ; c', ['a', 'b', 'c'], ['a', 'b', 'c']],
  [' b ', ['a', 'b'], ['b']],
  ['b,a', ['a', 'b'], ['b', 'a']],
  ['a,a;a', ['a', 'b'], ['a']],
  ['slow,stuck', ['slow,stuck', 'flaky'], ['slow,stuck']],
  ['flaky,slow,stuck', ['slow,stuck', 'flaky'], ['flaky', 'slow,stuck']],
  ['slow,stuck;flaky', ['slow,stuck', 'flaky'], ['slow,stuck', 'flaky']],
  ['x;y,z', ['x;y', 'z'], ['x;y', 'z']],
  ['a,b', ['a', 'b', 'a,b'], ['a,b']],
  ['a,b,c', ['a', 'a,b', 'b,c'], ['a', 'b,c']],
  ['Smith, Jo;Jones, Al', ['Smith, Jo', 'Jones, Al'], ['Smith, Jo', 'Jones, Al']],
  ['ab', ['a', 'b'], undefined],
  ['slow', ['slow,stuck'], undefined],
  ['a,other', ['a', 'b'], undefined],
  ['A', ['a'], undefined],
  ['a|b', ['a', 'b'], undefined],
  ['a,,b', ['a', 'b'], undefined],
  ['a,', ['a'], undefined],
  [';', ['a', ''], undefined],
  ['', ['a', ''], undefined],
  ['a', [], undefined],
])('reads %j of %j as %j', (text, values, chosen) => {
  expect(splitChoices(text, values)).toEqual(chosen);
});

it('takes no longer for a text that could be cut in very many ways', () => {
  const values = ['a', 'a,a', 'a,a,a', 'a,a,a,a'];

  expect(splitChoices(`${'a,'.repeat(2_000)}b`, values)).toBeUndefined();
});
