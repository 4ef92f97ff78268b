/** The brand's logo as bytes: a file of this app, or one on the product's site. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The store takes no logo of 60 KB or more (connectors' submission checklist). */
export const MAX_LOGO_BYTES = 60_000;

/** @throws Error that says what is wrong with the logo. `staticDir`: what `/static/` of the app is. */
export async function readLogo(logo: string, staticDir: string): Promise<Buffer> {
  const bytes = logo.startsWith('/static/')
    ? await readFile(join(staticDir, ...logo.split('/').slice(2)))
    : await download(logo);
  if (bytes.length >= MAX_LOGO_BYTES)
    throw new Error(`The logo ${logo} has ${bytes.length} bytes: it must have fewer than ${MAX_LOGO_BYTES}.`);
  return bytes;
}

async function download(logo: string): Promise<Buffer> {
  if (!logo.startsWith('https://')) throw new Error(`The logo ${logo} is neither under /static/ nor an https address.`);
  const response = await fetch(logo, { redirect: 'error', signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(`The logo ${logo} cannot be read: HTTP ${response.status}.`);
  return Buffer.from(await response.arrayBuffer());
}
