/** The app's health: looked at together, within a bounded time, and once for all who ask. */
import { createHealth, FRESH_MS, type Health, HealthFailingError, type Look } from '../../../shared/platform/health.ts';
import { SecretsVaultError } from '../../../shared/platform/secrets-vault.ts';
import { createManualClock } from '../../world/manual-clock.ts';

const well: Look = async () => undefined;
const never = () => new AbortController().signal;

function aHealth(looks: Readonly<Record<string, Look>>, within: () => AbortSignal = never) {
  const clock = createManualClock('2026-11-21T09:00:00Z');
  return { clock, health: createHealth({ looks, clock, within }) };
}

/** A look that counts, and ends when told. */
function aSlowLook() {
  let [looked, end] = [0, () => {}];
  const look: Look = () => {
    looked += 1;
    return new Promise((resolve) => {
      end = () => resolve(undefined);
    });
  };
  return { look, looked: () => looked, end: () => end() };
}

it('is well when everything is', async () => {
  const { health } = aHealth({ tables: well, vault: well });

  const found = await health();

  expect(found).toEqual({
    status: 'ok',
    at: '2026-11-21T09:00:00.000Z',
    checks: { tables: { ok: true, ms: 0 }, vault: { ok: true, ms: 0 } },
  });
});

it('names what is away and why, and what is not', async () => {
  const { health } = aHealth({ tables: async () => 'due: is not there', vault: well });

  const found = await health();

  expect(found).toMatchObject({
    status: 'failing',
    checks: { tables: { ok: false, fault: 'due: is not there' }, vault: { ok: true } },
  });
});

it.each([
  ['of ours as it is', new SecretsVaultError('read x', {}), 'The secrets of this connector cannot be reached'],
  ['of anybody else as none: it may repeat a request', new Error('https://secret'), 'the look failed'],
])('says the message of an error %s', async (_, error, said) => {
  const { health } = aHealth({ vault: () => Promise.reject(error) });

  const found = await health();

  expect(found.checks['vault']?.fault).toContain(said);
});

it('does not wait for what does not answer, and tells it to stop', async () => {
  let told = false;
  const silent: Look = (signal) =>
    new Promise(() => {
      signal.addEventListener('abort', () => {
        told = true;
      });
    });
  const { health } = aHealth({ vault: silent, tables: well }, () => AbortSignal.timeout(1));

  const found = await health();

  expect(found.checks).toMatchObject({ vault: { ok: false, fault: 'no answer within 3 s' }, tables: { ok: true } });
  expect(told).toBe(true);
});

it('looks once for all who ask at the same time', async () => {
  const { look, looked, end } = aSlowLook();
  const { health } = aHealth({ vault: look });

  const asking = [health(), health(), health()];
  end();
  const found = await Promise.all(asking);

  expect(looked()).toBe(1);
  expect(new Set(found).size).toBe(1);
});

it.each([
  [FRESH_MS - 1, 1],
  [FRESH_MS, 2],
])('after %i ms has looked %i times', async (ms, times) => {
  let looked = 0;
  const { health, clock } = aHealth({
    vault: async () => {
      looked += 1;
      return undefined;
    },
  });
  await health();

  clock.advance(ms);
  await health();

  expect(looked).toBe(times);
});

it('answers for its failure with what was looked at', () => {
  const health: Health = { status: 'failing', at: 'then', checks: { vault: { ok: false, ms: 1, fault: 'away' } } };

  const { code, status, message, members } = new HealthFailingError(health);

  expect({ code, status, message, members }).toEqual({
    code: 'health-failing',
    status: 503,
    message: 'Not well: vault.',
    members: { at: 'then', checks: health.checks },
  });
});
