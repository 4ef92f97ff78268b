/** Licences of what is installed: what is deployed may only be permissive, what builds may be weakly protective too. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package of the lock file. */
export interface LockedPackage {
  readonly path: string;
  readonly version: string;
  readonly dev: boolean;
  readonly optional: boolean;
  readonly licence: string | undefined;
}

const PERMISSIVE = [
  'MIT',
  'MIT-0',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
  'CC0-1.0',
  'PSF-2.0',
  'Python-2.0',
];
const ALSO_FOR_BUILDING = ['MPL-2.0', 'CC-BY-4.0', 'WTFPL', 'Artistic-2.0', 'LGPL-3.0-or-later'];

/** Packages whose own files say more than their `license` field. Each is looked at by a person. */
const LOOKED_AT: Readonly<Record<string, string>> = {
  'node_modules/uri-templates': 'CC0-1.0', // gives an address instead of a name; what stands there is "public domain, or MIT"
};

/** True when an SPDX expression can be met with licences of `allowed`. */
export function isAllowed(expression: string, allowed: readonly string[]): boolean {
  const alternatives = expression.replaceAll(/[()]/g, '').split(/\s+OR\s+/i);
  return alternatives.some((all) => all.split(/\s+AND\s+/i).every((one) => allowed.includes(one.trim())));
}

/** Reads the lock file; licences come from it, else from the installed package. */
export function lockedPackages(projectDir: string): LockedPackage[] {
  const lock = JSON.parse(readFileSync(join(projectDir, 'package-lock.json'), 'utf8')) as {
    packages: Record<
      string,
      { version?: string; dev?: boolean; devOptional?: boolean; optional?: boolean; license?: string }
    >;
  };
  return Object.entries(lock.packages)
    .filter(([path]) => path !== '')
    .map(([path, { version = '', dev, devOptional, optional, license }]) => ({
      path,
      version,
      dev: dev === true || devOptional === true,
      optional: optional === true,
      licence: LOOKED_AT[path] ?? license ?? installedLicence(join(projectDir, path)),
    }));
}

function installedLicence(folder: string): string | undefined {
  try {
    const { license, licenses } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      license?: string | { type?: string };
      licenses?: { type?: string }[];
    };
    const named = typeof license === 'object' ? license.type : license;
    return named ?? licenses?.map(({ type }) => type ?? '').join(' OR ');
  } catch {
    return undefined; // optional, and not for this system
  }
}

/** A line for each package whose licence is not one of ours. */
export function licenceFaults(packages: readonly LockedPackage[]): string[] {
  return packages.flatMap(({ path, version, dev, optional, licence }) => {
    if (licence === undefined) return optional ? [] : [`${path} ${version}: says no licence`];
    const allowed = dev ? [...PERMISSIVE, ...ALSO_FOR_BUILDING] : PERMISSIVE;
    return isAllowed(licence, allowed) ? [] : [`${path} ${version}: ${licence}`];
  });
}
