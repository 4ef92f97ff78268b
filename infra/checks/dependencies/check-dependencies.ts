/** `npm run check:dependencies`: known holes in what is deployed, and licences. Exit 1 for a finding; an audit that cannot be had is said, not failed. */
import { spawnSync } from 'node:child_process';
import { projectDir } from '../../build-app.ts';
import { readAudit } from './audit.ts';
import { licenceFaults, lockedPackages } from './licences.ts';

const npm = process.env['npm_execpath']; // set by npm for what it runs
const args = ['audit', '--omit=dev', '--json'];
const run =
  npm === undefined
    ? spawnSync('npm', args, { cwd: projectDir, encoding: 'utf8' })
    : spawnSync(process.execPath, [npm, ...args], { cwd: projectDir, encoding: 'utf8' });
const audit = readAudit(run.stdout ?? '');
const packages = lockedPackages(projectDir);
const faults = licenceFaults(packages);

if (audit.is === 'not-audited') console.log(`audit: NOT DONE: ${audit.why}`);
else console.log(`audit: ${audit.holes.length} known holes in what is deployed`);
console.log(`licences: ${packages.length} packages looked at, ${faults.length} not allowed`);
const holes = audit.is === 'audited' ? audit.holes : [];
for (const finding of [...holes, ...faults]) console.error(`  ${finding}`);
process.exitCode = holes.length + faults.length === 0 ? 0 : 1;
