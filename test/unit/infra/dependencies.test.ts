import { projectDir } from '../../../infra/build-app.ts';
import { readAudit } from '../../../infra/checks/dependencies/audit.ts';
import { isAllowed, licenceFaults, lockedPackages } from '../../../infra/checks/dependencies/licences.ts';

it.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0)', true],
  ['MIT AND GPL-3.0', false],
  ['MIT AND ISC', true],
  ['GPL-3.0', false],
  ['SEE LICENSE IN FILE', false],
])('judges the licence %s', (expression, allowed) => {
  expect(isAllowed(expression, ['MIT', 'ISC'])).toBe(allowed);
});

it('deploys nothing that is not permissive, and builds with nothing stranger', () => {
  const packages = lockedPackages(projectDir);

  expect(packages.length).toBeGreaterThan(300);
  expect(licenceFaults(packages)).toEqual([]);
});

it.each([
  ['a licence for building only, in what is deployed', { dev: false, licence: 'MPL-2.0' }, 1],
  ['the same in a tool', { dev: true, licence: 'MPL-2.0' }, 0],
  ['no licence', { dev: true, licence: undefined }, 1],
])('finds %s', (_, change, faults) => {
  const found = licenceFaults([{ path: 'node_modules/x', version: '1.0.0', optional: false, ...change }]);

  expect(found).toHaveLength(faults);
});

it.each([
  ['no holes', '{"vulnerabilities":{}}', { is: 'audited', holes: [] }],
  [
    'one',
    '{"vulnerabilities":{"x":{"name":"x","severity":"high","range":"<2"}}}',
    { is: 'audited', holes: ['x <2: high'] },
  ],
  [
    'a registry without an audit endpoint',
    '{"message":"405 Method Not Allowed","statusCode":405}',
    { is: 'not-audited', why: 'the registry has no audit endpoint (HTTP 405)' },
  ],
  [
    'a registry that is away',
    '{"message":"getaddrinfo ENOTFOUND"}',
    { is: 'not-audited', why: 'the registry did not answer' },
  ],
  ['nothing', '', { is: 'not-audited', why: 'npm audit printed something unknown' }],
])('reads an audit that says %s', (_, output, audit) => {
  expect(readAudit(output)).toEqual(audit);
});
