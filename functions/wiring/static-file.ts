/** Puts together the static files. */
import { fileURLToPath } from 'node:url';
import type { HttpHandler } from '@azure/functions';
import { createStaticFileHandler } from '../static-file.ts';

/** `GET /static/{*path}`. The bundle lies flat in `dist/functions`, the files in `dist/static`. */
export async function staticFileHandler(): Promise<HttpHandler> {
  return createStaticFileHandler(fileURLToPath(new URL('../static', import.meta.url)));
}
