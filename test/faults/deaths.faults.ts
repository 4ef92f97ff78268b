/** A death at every call of everything a process does. */
import { dieAt } from './die-at.ts';
import { SCENARIOS } from './scenarios.ts';
import { FAULTS } from './wire.ts';

describe.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))('%s', (_, scenario) => {
  it('goes well when nothing goes wrong', async () => {
    const { calls, faults } = await dieAt(scenario, undefined);

    expect(faults).toEqual([]);
    expect(calls.length).toBeGreaterThan(0);
  });

  it.each(FAULTS)('loses and repeats nothing, whichever call goes wrong: %s', async (fault) => {
    const faults: string[] = [];

    for (let at = 1; ; at++) {
      const ran = await dieAt(scenario, { at, fault });
      if (ran.calls.length < at) break; // past the last call
      faults.push(...ran.faults.map((found) => `${fault} call ${at} (${ran.calls[at - 1]}): ${found}`));
    }

    expect(faults).toEqual([]);
  });
});
