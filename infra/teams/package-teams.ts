/** `npm run package:teams -- --url URL --connector-id GUID`: makes the Teams app package of the catalogue's brand. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Command } from 'commander';
import { readCatalogue } from '../../shared/events/catalogue-client.ts';
import { projectDir } from '../build-app.ts';
import { stepsByHand } from './by-hand.ts';
import { makePackage } from './make-package.ts';
import { readLogo } from './read-logo.ts';

interface Options {
  readonly url: string;
  readonly connectorId: string;
  readonly entraClientId?: string;
  readonly catalogue: string;
  readonly appVersion: string;
  readonly out: string;
}

const program = new Command('npm run package:teams --')
  .description('Makes the Teams app package of the catalogue’s brand, and says what to register by hand.')
  .requiredOption('--url <address>', 'PUBLIC_URL of the deployed app: https, without query')
  .requiredOption('--connector-id <guid>', 'the connector’s id, from its registration')
  .option('--entra-client-id <guid>', 'the app’s id in Entra, for single sign-on')
  .option(
    '--catalogue <path or address>',
    'the product’s catalogue',
    join(projectDir, 'infra', 'local', 'catalogue.json'),
  )
  .option('--app-version <x.y.z>', 'version of the package: raise it with every upload', '1.0.0')
  .option('--out <file>', 'where it goes', join(projectDir, 'dist', 'teams', 'tidings.zip'))
  .parse();
const { catalogue: source, appVersion, out, ...given } = program.opts<Options>();
try {
  if (!URL.canParse(given.url) || new URL(given.url).protocol !== 'https:')
    throw new Error('--url must be an https address.');
  const catalogue = await readCatalogue(source);
  const input = { ...given, url: given.url.replace(/\/+$/, ''), catalogue, version: appVersion };
  const zip = makePackage(input, await readLogo(catalogue.product.logo, join(projectDir, 'static')));
  await mkdir(dirname(resolve(out)), { recursive: true });
  await writeFile(out, zip);
  console.log(`${resolve(out)}: ${zip.length} bytes, manifest 1.29, valid`);
  console.log(stepsByHand(input));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
