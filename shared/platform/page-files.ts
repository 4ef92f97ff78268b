/** The names under which the build left a page's scripts and styles. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const filesSchema = z.record(z.string(), z.string());

/** Finds a page's file by what its source is called: `config.js` is `pages/config.HASH.js`, below `/static/`. */
export type PageFile = (name: string) => string;

/** Reads the list that the build wrote. @throws Error when there is none: the app was not built. */
export async function readPageFiles(path: string): Promise<PageFile> {
  const files = filesSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  return (name) => {
    const file = files[name];
    if (file === undefined) throw new Error(`the build has no page file ${name}`);
    return file;
  };
}
