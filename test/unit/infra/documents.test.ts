import { readFileSync } from 'node:fs';
import { retentionFaults } from '../../../infra/checks/retention.ts';
import { namedTestFaults, securityFaults } from '../../../infra/checks/security.ts';
import { shellFaults } from '../../../infra/checks/shell-blocks.ts';

const block = (text: string, language = '') => `Words.\n\n\`\`\`${language}\n${text}\n\`\`\`\n`;

it.each([
  ['a command', block('npm run demo'), 0],
  ['a quotation that does not end', block('npm run emit -- "one'), 1],
  ['the same in a drawing', block('product --> "queue'), 0],
  ['the same in JSON', block('npm "', 'json'), 0],
  ['a script that is not there', block('npx tsx test/nothing.ts'), 1],
])('reads commands in documents: %s', (_, markdown, faults) => {
  expect(shellFaults('page.md', markdown)).toHaveLength(faults);
});

const row = (test: string, stops = 'it is refused') =>
  `| they want | what stops them | the test | accepted |\n|---|---|---|---|\n| all | ${stops} | ${test} | |\n`;

it.each([
  ['a test that is there', row('`test/unit/platform/seal.test.ts` “opens what it sealed”'), []],
  ['a file that is not', row('`test/unit/none.test.ts`'), [/there is no test\/unit\/none/]],
  [
    'a title that is not',
    row('`test/unit/platform/seal.test.ts` “opens everything”'),
    [/has no test “opens everything”/],
  ],
  ['no test', row('somebody looks'), [/names no test/]],
  ['nothing that stops it', row('`test/unit/platform/seal.test.ts`', ''), [/nothing that stops it/]],
  ['no threat', 'All is well.', [/lists no threat/]],
])('holds the threat model to its tests: %s', (_, page, faults) => {
  const found = securityFaults(page);

  expect(found).toHaveLength(faults.length);
  for (const [index, fault] of faults.entries()) expect(found[index]).toMatch(fault);
});

it('holds every page to the tests that it names', () => {
  expect(
    namedTestFaults('page.md', 'see `test/unit/platform/seal.test.ts`: “opens what it sealed”, and `test/world`'),
  ).toEqual([]);
  expect(namedTestFaults('page.md', 'see `test/none.ts`')).toEqual(['page.md names test/none.ts, which is not there']);
});

const operations = readFileSync(`${__dirname}/../../../docs/operations.md`, 'utf8');

it.each([
  ['as it is', (page: string) => page, []],
  [
    'with another time',
    (page: string) => page.replace('| dead letters | 90 days |', '| dead letters | 80 days |'),
    [/lacks .*90 days/, /has .*80 days/],
  ],
  ['without a table', (page: string) => page.replace(/\| `due` \|.*\n/, ''), [/lacks \| `due`/]],
])('holds the table of retention to the code: %s', (_, changed, faults) => {
  const found = retentionFaults(changed(operations));

  expect(found).toHaveLength(faults.length);
  for (const [index, fault] of faults.entries()) expect(found[index]).toMatch(fault);
});
