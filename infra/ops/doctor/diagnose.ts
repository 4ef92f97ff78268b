/** Looks at everything that a system needs to run, in an order in which each check only counts on those before it. */
import { InvalidSettingsError, parseOperatorConfig, type StoreConfig } from '../../../shared/platform/config.ts';
import type { SecretsVault } from '../../../shared/platform/secrets-vault.ts';
import type { Storage } from '../../../shared/platform/storage-client.ts';
import { checkApp } from './app.ts';
import { checkCatalogue, type ReadCatalogue } from './catalogue.ts';
import { checkClock, type OtherClock } from './clock.ts';
import { CHECKS, type Finding, notLookedAt } from './finding.ts';
import { checkHostSettings } from './host-settings.ts';
import { type Given, type Place, placeOf, type Source } from './place.ts';
import { checkSettings } from './settings.ts';
import { checkStorage } from './storage.ts';
import { checkVault } from './vault.ts';

/** What looking needs beside the settings. */
export interface DiagnoseDeps {
  /** Opens storage and vault; nothing is called yet. */
  readonly open: (config: StoreConfig) => Promise<{ readonly storage: Storage; readonly vault: SecretsVault }>;
  readonly hostJson: () => Promise<string>;
  readonly readCatalogue: ReadCatalogue;
  readonly request: typeof fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The settings, where they stand, and a function key if there is one. */
export interface Patient {
  readonly given: Given;
  readonly source: Source;
  readonly key: string | undefined;
}

/** Every finding, in the order of the checks. */
export async function diagnose(deps: DiagnoseDeps, { given, source, key }: Patient): Promise<readonly Finding[]> {
  const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const filled: Given = Object.fromEntries(Object.entries(present).filter(([, value]) => value?.trim() !== ''));
  const place = placeOf(filled, source);
  const findings = [
    ...checkSettings(source === 'app settings' ? present : filled, place),
    ...checkHostSettings(await deps.hostJson(), filled, place),
    ...(await checkStores(deps, filled, place)),
    await checkCatalogue(deps.readCatalogue, filled['CATALOGUE'], place),
    await checkApp({ place, key, request: deps.request }),
  ];
  return findings.toSorted((a, b) => CHECKS.indexOf(a.check) - CHECKS.indexOf(b.check));
}

async function checkStores(deps: DiagnoseDeps, given: Given, place: Place): Promise<Finding[]> {
  let config: StoreConfig;
  try {
    // Only these: what is wrong with others keeps nobody from looking.
    const stores = Object.entries(given).filter(([name]) => /^(KEY_VAULT_URL|AzureWebJobsStorage)/.test(name));
    config = parseOperatorConfig({}, Object.fromEntries(stores));
  } catch (error) {
    if (!(error instanceof InvalidSettingsError)) throw error;
    const says = 'the settings do not say where storage and vault are';
    return (['reachability', 'roles', 'tables', 'queues', 'keys', 'clock'] as const).map((check) =>
      notLookedAt(check, says),
    );
  }
  const { storage, vault } = await deps.open(config);
  const names = [
    'signing-key',
    'sealing-key',
    ...(given['SETUP_TOKEN_ALGORITHM'] === 'ES256' ? [] : (['setup-key'] as const)),
  ] as const;
  const [ofStorage, ofVault, clock] = await Promise.all([
    checkStorage(storage, place),
    checkVault({ vault, names, place, now: deps.now() }),
    readClock(deps, storage),
  ]);
  return [...ofStorage, ...ofVault, checkClock(clock)];
}

/** Storage says the time in any answer, a refusal too. */
async function readClock({ request, now }: DiagnoseDeps, storage: Storage): Promise<OtherClock | undefined> {
  const before = now();
  try {
    const { headers } = await request(storage.queue('events').url, { signal: AbortSignal.timeout(5_000) });
    const saidMs = Date.parse(headers.get('date') ?? '');
    return Number.isNaN(saidMs) ? undefined : { saidMs, before, after: now() };
  } catch {
    return undefined;
  }
}
