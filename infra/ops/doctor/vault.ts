/** The key vault: whether it answers and lets the caller in, and the keys in it: there, keys at all, and not too old. */
import { usedFrom } from '../../../shared/platform/key-rotation.ts';
import { isKey, type KeyName } from '../../../shared/platform/keys-vault.ts';
import { type SecretsVault, SecretsVaultError, type SecretVersion } from '../../../shared/platform/secrets-vault.ts';
import { timeText } from '../print.ts';
import { type Finding, ill, notLookedAt, well } from './finding.ts';
import { letIn, roleOn, signIn, start } from './mends.ts';
import { type Place, vaultNameOf } from './place.ts';

/** A year and a month: rotating once a year is in time. */
const OLD_MS = 396 * 24 * 3_600_000;

/** What the check needs. `names`: the keys that the app uses; `now` in ms since 1970. */
export interface VaultCheck {
  readonly vault: Pick<SecretsVault, 'read' | 'readVersions' | 'isRecoverable' | 'remove'>;
  readonly names: readonly KeyName[];
  readonly place: Place;
  readonly now: number;
}

/** Looks at the vault and its keys. */
export async function checkVault({ vault, names, place, now }: VaultCheck): Promise<Finding[]> {
  const keys: Finding[] = [];
  try {
    // First, since the SDK does not say of a list why it was refused.
    await vault.read('signing-key');
    for (const name of names) {
      const versions = await vault.readVersions(name);
      keys.push(versions.length === 0 ? await mendMissing(vault, name, place) : judge(name, versions, { place, now }));
    }
    // Removing what is not there is refused to who may only read.
    await vault.remove('doctor-looks-whether-it-may');
  } catch (error) {
    if (!(error instanceof SecretsVaultError)) throw error;
    return [mendVault(error, place), notLookedAt('keys', 'the vault could not be asked')];
  }
  return [
    well('reachability', `the vault ${place.vaultUrl} answers`),
    well('roles', 'you may read and write secrets'),
    ...keys,
  ];
}

function mendVault({ operation, vaultStatus, vaultCode, vaultReason }: SecretsVaultError, place: Place): Finding {
  if (vaultStatus === undefined && !/Credential|Authentication/.test(vaultCode ?? ''))
    return ill(
      'reachability',
      `the vault ${place.vaultUrl} does not answer (${vaultCode ?? 'no answer'})`,
      start(place, 'KEY_VAULT_URL'),
    );
  const said = `the vault does not let you ${operation} (${vaultStatus ?? vaultCode} ${vaultReason ?? vaultCode ?? ''})`;
  if (vaultStatus === 403 && /Connection|Firewall/.test(vaultReason ?? ''))
    return ill('reachability', `${said}: its network does not let you in`, letIn('vault', place));
  if (vaultStatus === 403)
    return ill(
      'roles',
      `${said}: you lack the role "Key Vault Secrets Officer"`,
      roleOn('vault', 'Key Vault Secrets Officer', place),
    );
  if (vaultStatus === undefined || vaultStatus === 401)
    return ill('roles', `${said}: it does not know who you are`, signIn());
  return ill('reachability', `${said}: look again in a minute`, start(place, 'KEY_VAULT_URL'));
}

/** A secret that was deleted keeps its name: it is recovered, or nothing can be made under it. */
async function mendMissing(vault: VaultCheck['vault'], name: KeyName, place: Place): Promise<Finding> {
  const url = place.vaultUrl;
  if (await vault.isRecoverable(name))
    return ill('keys', `${name} was deleted, and can be recovered`, {
      why: 'Recover it. Purged, what it signed and sealed would be lost:',
      run: [
        place.is === 'local'
          ? `curl -sk -X POST -H 'authorization: Bearer local' '${url}/deletedsecrets/${name}/recover?api-version=7.4'`
          : `az keyvault secret recover --vault-name ${vaultNameOf(place)} --name ${name} --output none`,
      ],
    });
  const trust = place.is === 'local' ? 'NODE_EXTRA_CA_CERTS=.local/key-vault/ca.pem ' : '';
  return ill('keys', `${name} is not there`, {
    why: 'Make the keys that are missing; those that are there stay:',
    run: [`${trust}npm run azure:keys -- ${url}`],
  });
}

function judge(name: KeyName, versions: readonly SecretVersion[], at: { place: Place; now: number }): Finding {
  const { place, now } = at;
  const newest = versions.at(-1);
  const bad = versions.filter(({ value }) => !isKey(name, value));
  if (bad.length > 0) return mendShape(name, { bad, left: versions.length - bad.length }, place);
  if (newest !== undefined && name !== 'setup-key' && now - newest.createdAt > OLD_MS)
    return ill('keys', `${name} was last rotated ${timeText(newest.createdAt)}, more than a year ago`, {
      why: 'Rotate it; what it signed and sealed stays good:',
      run: [`npm run ops -- rotate ${name} --yes`],
    });
  const from = usedFrom(newest?.createdAt ?? 0);
  const waits = from > now && versions.length > 1 ? `, the newest used from ${timeText(from)}` : '';
  return well('keys', `${name}: ${versions.length} in force${waits}`);
}

function mendShape(name: KeyName, found: { bad: readonly SecretVersion[]; left: number }, place: Place): Finding {
  const shape = name === 'setup-key' ? 'shorter than 32 characters' : 'not 32 bytes in base64url';
  const switchOff = found.bad.map(
    ({ id }) => `az keyvault secret set-attributes --id ${place.vaultUrl}/secrets/${name}/${id} --enabled false`,
  );
  const make =
    name === 'setup-key'
      ? `az keyvault secret set --vault-name ${vaultNameOf(place)} --name setup-key --value "$(openssl rand -base64 32)" --output none`
      : `npm run ops -- rotate ${name} --yes`;
  return ill('keys', `${name}: ${found.bad.length} of its versions ${found.bad.length === 1 ? 'is' : 'are'} ${shape}`, {
    why:
      found.left > 0
        ? 'The app passes over it. Switch it off:'
        : name === 'setup-key'
          ? 'Make one that is a key, which the product signs with from then on, and switch the other off:'
          : 'Make one that is a key, and switch the other off:',
    run: found.left > 0 ? switchOff : [make, ...switchOff],
  });
}
