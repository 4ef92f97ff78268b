/** `rotate signing-key|sealing-key`: a new version of a key. Earlier ones stay in force; what to do about them is said. */
import { Argument } from 'commander';
import { superseded, usedFrom } from '../../shared/platform/key-rotation.ts';
import type { SecretVersion } from '../../shared/platform/secrets-vault.ts';
import { newKey } from '../azure/ensure-keys.ts';
import { confirm } from './confirm.ts';
import type { Ops, Terminal } from './create-ops.ts';
import { countText, jsonText, timeText } from './print.ts';
import type { Stores } from './stores.ts';

const KEYS = ['signing-key', 'sealing-key'] as const;
type Rotatable = (typeof KEYS)[number];

interface Choice {
  readonly yes?: boolean;
  readonly json?: boolean;
}

const LEADS_TO: Readonly<Record<Rotatable, string>> = {
  'signing-key': 'Links, buttons and sessions that there are stay good.',
  'sealing-key': 'Webhooks that are sealed stay open.',
};

/** Fifty are read of a secret's versions: `secrets-vault.ts`. */
const MANY_VERSIONS = 40;

/** Adds it. */
export function addRotate({ program, terminal, open, ended }: Ops): void {
  program
    .command('rotate')
    .description(
      'makes a new version of a key in the vault, and says what to do next. The app uses it 20 minutes later; earlier versions stay in force. The product’s setup-key is rotated by who signs with it',
    )
    .addArgument(new Argument('<key>', 'which key').choices(KEYS))
    .option('--yes', 'does not ask')
    .option('--json', 'prints what was made, and what becomes of earlier versions, as one JSON object')
    .action(async (name: Rotatable, choice: Choice) => {
      ended(await rotate(terminal, await open(), name, choice));
    });
}

async function rotate(terminal: Terminal, { vault }: Stores, name: Rotatable, choice: Choice): Promise<0 | 1> {
  const before = await vault.readVersions(name);
  if (before.length === 0) {
    terminal.err(
      `There is no ${name} in the vault: the app makes none. Make it:\n\n  npm run azure:keys -- ${vault.url}\n`,
    );
    return 1;
  }
  await confirm(terminal, { what: `A new version of ${name} is made. ${LEADS_TO[name]}`, yes: choice.yes });
  await vault.write(name, newKey());
  const known = new Set(before.map(({ id }) => id));
  const after = await vault.readVersions(name);
  const made = after.find(({ id }) => !known.has(id));
  // The vault lists what was written a moment ago; else the next look of an app finds it.
  const versions = made === undefined ? [...before, { id: '', value: '', createdAt: Date.now() }] : after;
  const report = reportOf(name, vault.url, versions);
  terminal.out(choice.json === true ? jsonText(report) : linesOf(report, versions.length));
  return 0;
}

function reportOf(key: Rotatable, vaultUrl: string, versions: readonly SecretVersion[]) {
  const newest = versions.at(-1);
  const from = usedFrom(newest?.createdAt ?? 0);
  const earlier = superseded(versions).map(({ id, createdAt, neededUntil }) => ({
    version: id,
    createdAt: timeText(createdAt),
    neededUntil: key === 'signing-key' ? timeText(neededUntil) : null,
    switchOff: `az keyvault secret set-attributes --id ${vaultUrl.replace(/\/+$/, '')}/secrets/${key}/${id} --enabled false`,
  }));
  return { key, version: newest?.id ?? '', usedFrom: timeText(from), earlier };
}

function linesOf({ key, version, usedFrom: from, earlier }: ReturnType<typeof reportOf>, count: number): string {
  const isSealing = key === 'sealing-key';
  const lines = [
    `${key} has a new version, ${version}.`,
    `Every process of the app knows it within 10 minutes, and uses it from ${from} on. Earlier versions stay in force.`,
    '',
    'Next:',
    ...(isSealing ? [`  after ${from}, seal every webhook with it:`, '    npm run ops -- reseal'] : []),
    ...(isSealing ? ['  when it says that none failed, nothing needs an earlier version. To switch them off:'] : []),
    ...earlier.flatMap(({ neededUntil, switchOff }) => [
      ...(isSealing
        ? []
        : [`  after ${neededUntil}, when the last link that it signed expires, switch off the version before:`]),
      `    ${switchOff}`,
    ]),
    ...(count < MANY_VERSIONS
      ? []
      : ['', `There are ${countText(count, 'version')}, and the app reads 50: switch off those that nothing needs.`]),
  ];
  return `${lines.join('\n')}\n`;
}
