/** The suite itself in another zone and at another time: what passes here and now passes there and then. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { isShort } from './form.ts';

const PROJECT = join(__dirname, '../..');
/** A leap day, which 2026 has not; the zone is 45 minutes off the hour, and changes its clocks in the southern autumn. */
const LEAP_DAY_2028 = Date.parse('2028-02-29T11:58:00Z');
const CHATHAM = 'Pacific/Chatham';

/** Not at another time: these start processes, or check certificates, which have the machine's clock. */
const ONE_CLOCK = ['test/unit', 'test/integration/(cards|delivery|events|promises|schedules)'];
const SHORT = [
  'test/unit/(delivery|digests|events|platform|schedules/(next|schedule))',
  'test/integration/promises/(clocks|repeats)',
];

/** Runs suites as `npm test` does, with an environment of their own; what jest said where it failed. */
function runSuites(patterns: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
  const { FAULTS: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [join(PROJECT, 'node_modules/jest/bin/jest.js'), '--silent', ...patterns], {
    cwd: PROJECT,
    env: { ...inherited, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said: Buffer[] = [];
  child.stderr.on('data', (part: Buffer) => said.push(part));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code === 0 ? 'passed' : Buffer.concat(said).toString('utf8')));
  });
}

it('passes in Pacific/Chatham', async () => {
  expect(await runSuites(isShort ? SHORT : [], { TZ: CHATHAM })).toBe('passed');
});

it('passes on the leap day of 2028', async () => {
  const CLOCK_SHIFT_MS = String(LEAP_DAY_2028 - Date.now());

  expect(await runSuites(isShort ? SHORT : ONE_CLOCK, { CLOCK_SHIFT_MS })).toBe('passed');
});
