/** The Teams app package: manifest and icons in a zip, the same bytes for the same input. */
import { strToU8, zipSync } from 'fflate';
import { manifestFaults } from './check-manifest.ts';
import { drawIcons } from './icons.ts';
import { type ManifestInput, teamsManifest } from './manifest.ts';

/** The manifest does not hold to Microsoft's schema; the message lists every fault. */
export class InvalidManifestError extends Error {
  override readonly name = 'InvalidManifestError';
}

const EPOCH = new Date('1980-01-01T12:00:00Z'); // a zip's times begin in 1980

/** The bytes of the zip. @throws InvalidManifestError, or an Error about the logo. */
export function makePackage(input: ManifestInput, logoPng: Buffer): Uint8Array {
  const manifest = teamsManifest(input);
  const faults = manifestFaults(manifest);
  if (faults.length > 0) throw new InvalidManifestError(`The manifest is not valid:\n  ${faults.join('\n  ')}`);
  const { color, outline, color32x32 } = drawIcons(logoPng, input.catalogue.product.colour);
  const files = {
    'manifest.json': strToU8(`${JSON.stringify(manifest, null, 2)}\n`),
    'color.png': color,
    'outline.png': outline,
    'color32x32.png': color32x32,
  };
  return zipSync(files, { mtime: EPOCH });
}
