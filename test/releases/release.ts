/** What a fixture of a release holds: its tables, its vault, and when it was. Nothing in it is, or was, a secret of anybody's. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Key, KeyRing } from '../../shared/platform/key-ring.ts';
import type { ExportedTables } from './rows.ts';

/** Data as a release left it. */
export interface Release {
  readonly version: string;
  readonly at: string;
  /** Secrets by name: `sealing-key` in base64url under the version `keyId`, webhooks as they stand. */
  readonly vault: Readonly<Record<string, string>>;
  readonly keyId: string;
  readonly tables: ExportedTables;
}

/** Reads the fixture of a release. */
export function readRelease(version: string): Release {
  return JSON.parse(readFileSync(join(__dirname, '../fixtures/releases', `${version}.json`), 'utf8')) as Release;
}

/** A ring with one key. */
export function ringOf(id: string, base64url: string): KeyRing {
  const key: Key = { id, bytes: new Uint8Array(Buffer.from(base64url, 'base64url')), createdAt: 0 };
  return { current: () => key, find: (other) => (other === id ? key : undefined), all: () => [key] };
}
