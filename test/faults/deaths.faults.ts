/** A death at every call of everything a process does. */
import { type KeyVault, startKeyVault } from '../../infra/local/key-vault/server.ts';
import { dieAt, type Scenario } from './die-at.ts';
import { isSampled } from './form.ts';
import { SCENARIOS } from './scenarios/all.ts';
import { FAULTS, type Plan } from './wire.ts';

/** A short run kills at one call of so many. */
const ONE_OF = 12;

let vault: KeyVault;
beforeAll(async () => {
  vault = await startKeyVault();
});
afterAll(() => vault.stop());

const run = (scenario: Scenario, plan?: Plan) =>
  dieAt(scenario, plan, scenario.vault === undefined ? undefined : vault);

describe.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))('%s', (name, scenario) => {
  it('goes well when nothing goes wrong', async () => {
    const { calls, faults } = await run(scenario);

    expect(faults).toEqual([]);
    expect(calls.length).toBeGreaterThan(0);
  });

  it.each(FAULTS)('loses and repeats nothing, whichever call goes wrong: %s', async (fault) => {
    const faults: string[] = [];

    for (let at = 1; ; at++) {
      if (!isSampled(at, ONE_OF, name + fault)) continue;
      const ran = await run(scenario, { at, fault });
      if (ran.calls.length < at) break; // past the last call
      faults.push(...ran.faults.map((found) => `${fault} call ${at} (${ran.calls[at - 1]}): ${found}`));
    }

    expect(faults).toEqual([]);
  });
});
