/** Puts together the pages of the site. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { HttpHandler } from '@azure/functions';
import { z } from 'zod';
import { readPageFiles } from '../../shared/platform/page-files.ts';
import { createConfigPageHandler } from '../config-page.ts';
import { createHelpPageHandler } from '../help-page.ts';
import { createLandingPageHandler } from '../landing-page.ts';
import { createSignedInPageHandler } from '../signed-in-page.ts';
import { ownersEntra, sessions } from './identity.ts';
import * as parts from './parts.ts';

/** The bundle lies flat in `dist/functions`, what the build made for browsers in `dist/static`. */
const built = (name: string) => fileURLToPath(new URL(`../static/${name}`, import.meta.url));
const helpSchema = z.record(z.string(), z.object({ title: z.string(), markup: z.string() }));

const common = parts.once(async () => {
  const [{ product }, file] = await Promise.all([parts.catalogue(), readPageFiles(built('page-files.json'))]);
  return { brand: product, file };
});

/** `GET /config`. */
export async function configPageHandler(): Promise<HttpHandler> {
  const { FRAME_ANCESTORS_EXTRA, SIGN_IN_URL, CONNECTOR_APP_ID } = await parts.config();
  return createConfigPageHandler({
    ...(await common()),
    sessions: await sessions(),
    hosts: FRAME_ANCESTORS_EXTRA,
    signInUrl: SIGN_IN_URL,
    canConnect: CONNECTOR_APP_ID !== undefined,
    withMicrosoft: (await ownersEntra()) !== undefined,
  });
}

/** `GET /signed-in`. */
export async function signedInPageHandler(): Promise<HttpHandler> {
  const { FRAME_ANCESTORS_EXTRA, PUBLIC_URL } = await parts.config();
  return createSignedInPageHandler({
    ...(await common()),
    hosts: FRAME_ANCESTORS_EXTRA,
    entra: await ownersEntra(),
    publicUrl: PUBLIC_URL,
  });
}

/** `GET /`. */
export async function landingPageHandler(): Promise<HttpHandler> {
  return createLandingPageHandler(await common());
}

/** `GET /help/{page?}`. */
export async function helpPageHandler(): Promise<HttpHandler> {
  const pages = helpSchema.parse(JSON.parse(await readFile(built('help-pages.json'), 'utf8')));
  return createHelpPageHandler({
    ...(await common()),
    read: (name) => (Object.hasOwn(pages, name) ? pages[name] : undefined),
  });
}
