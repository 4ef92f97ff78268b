/** Edited, paused, rotated or removed between any two steps. */
import { type KeyVault, startKeyVault } from '../../infra/local/key-vault/server.ts';
import { WISHES, wishBetween } from './between.ts';
import { isSampled } from './form.ts';
import { FAILING } from './scenarios/failing.ts';
import { RECEIVING } from './scenarios/receiving.ts';
import { SENDING } from './scenarios/sending.ts';
import { TAKING_OVER } from './scenarios/taking-over.ts';

/** In a short run the wish comes before one call of so many. */
const ONE_OF = 12;

let vault: KeyVault;
beforeAll(async () => {
  vault = await startKeyVault();
});
afterAll(() => vault.stop());

const BASES = [
  'a digest is frozen, posted and recorded',
  'an immediate channel gets what came',
  'a first attempt fails and has to wait',
  'a webhook that has gone: the digest is returned, the channel disabled, and the probe mends it',
  'a digest whose process died after its POST is taken over',
  'a tick moves three due rows, one of a pause that ends, one of an older revision',
  'a message is received for a scheduled, an immediate and an urgent channel, one event of it malformed',
];
const scenarios = [...SENDING, ...FAILING, ...TAKING_OVER, ...RECEIVING].filter(({ name }) => BASES.includes(name));

describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('while %s', (base, scenario) => {
  it.each(WISHES.map((wish) => [wish.name, wish] as const))('its owner %s', async (_name, wish) => {
    const faults: string[] = [];

    for (let at = 1; ; at++) {
      if (!isSampled(at, ONE_OF, base + wish.name)) continue;
      const ran = await wishBetween(scenario, wish, at, vault);
      if (ran.calls.length < at) break; // past the last call
      faults.push(...ran.faults.map((found) => `before call ${at} (${ran.calls[at - 1]}): ${found}`));
    }

    expect(faults).toEqual([]);
  });
});
