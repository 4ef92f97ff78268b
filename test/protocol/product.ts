/** The product's own code, loaded a second time: with a nonce that can be repeated, and, where a test wants it, with a rule taken out. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as dataTables from '@azure/data-tables';
import { transformSync } from '@swc/core';
import * as temporal from 'temporal-polyfill';
import * as zod from 'zod';

/** A change of one place in one file: `from` must stand there exactly once, or the change no longer means what it did. */
export interface Patch {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** One shard of due rows does what sixteen do, and a tick asks them side by side, in an order of no importance. */
const SMALLER: readonly Patch[] = [
  { file: 'shared/schedules/due-row.ts', from: 'export const SHARDS = 16;', to: 'export const SHARDS = 1;' },
  // A channel's minute is no less exact for it: which part of it a channel gets is of no importance to one channel alone.
  { file: 'shared/schedules/due-row.ts', from: 'export const SPREAD_MS = 60_000;', to: 'export const SPREAD_MS = 0;' },
];

/** What the search runs. */
export type Product = ReturnType<typeof loadProduct>;

type Module = Record<string, unknown>;

/** Loads the product with patches. `nonces` gives what `randomBytes` would. */
export function loadProduct(mutations: readonly Patch[] = []) {
  const patches = [...SMALLER, ...mutations];
  const source = { nonce: (): string => 'none' };
  const packages: Record<string, Module> = {
    '@azure/data-tables': dataTables,
    zod,
    'temporal-polyfill': temporal,
    'node:crypto': { createHash, randomBytes: () => ({ toString: () => source.nonce() }) },
  };
  const loaded = new Map<string, Module>();

  function load<T>(file: string): T {
    const there = loaded.get(file);
    if (there !== undefined) return there as T;
    const exports: Module = {};
    loaded.set(file, exports);
    const require = (name: string) => {
      if (name.startsWith('.')) return load(join(dirname(file), name));
      const known = packages[name];
      if (known === undefined)
        throw new Error(`${file} uses ${name}: tell test/protocol/product.ts what stands for it`);
      return known;
    };
    const body = compiled(file, patches);
    // A timer of four minutes for every page would outlive the search; how long writes take is its own to say.
    new Function('exports', 'require', 'AbortSignal', body)(exports, require, { timeout: () => undefined });
    return exports as T;
  }

  const product = {
    source,
    ...load<typeof import('../../shared/delivery/send-digest.ts')>('shared/delivery/send-digest.ts'),
    ...load<typeof import('../../shared/delivery/reconcile.ts')>('shared/delivery/reconcile.ts'),
    ...load<typeof import('../../shared/digests/digests-table.ts')>('shared/digests/digests-table.ts'),
    ...load<typeof import('../../shared/digests/head-table.ts')>('shared/digests/head-table.ts'),
    ...load<typeof import('../../shared/events/inbox-table.ts')>('shared/events/inbox-table.ts'),
    ...load<typeof import('../../shared/events/inbox-writer.ts')>('shared/events/inbox-writer.ts'),
    ...load<typeof import('../../shared/events/receive-events.ts')>('shared/events/receive-events.ts'),
    ...load<typeof import('../../shared/schedules/digest-job.ts')>('shared/schedules/digest-job.ts'),
    ...load<typeof import('../../shared/schedules/digests-queue.ts')>('shared/schedules/digests-queue.ts'),
    ...load<typeof import('../../shared/schedules/dispatch-due.ts')>('shared/schedules/dispatch-due.ts'),
    ...load<typeof import('../../shared/schedules/due-row.ts')>('shared/schedules/due-row.ts'),
    ...load<typeof import('../../shared/schedules/due-table.ts')>('shared/schedules/due-table.ts'),
    ...load<typeof import('../../shared/schedules/wake-channel.ts')>('shared/schedules/wake-channel.ts'),
    ...load<typeof import('../../shared/subscriptions/due-of-subscription.ts')>(
      'shared/subscriptions/due-of-subscription.ts',
    ),
    ...load<typeof import('../../shared/subscriptions/matching-cache.ts')>('shared/subscriptions/matching-cache.ts'),
    ...load<typeof import('../../shared/subscriptions/edit-subscription.ts')>(
      'shared/subscriptions/edit-subscription.ts',
    ),
    ...load<typeof import('../../shared/subscriptions/pause-subscription.ts')>(
      'shared/subscriptions/pause-subscription.ts',
    ),
    ...load<typeof import('../../shared/subscriptions/resume-subscription.ts')>(
      'shared/subscriptions/resume-subscription.ts',
    ),
    ...load<typeof import('../../shared/subscriptions/send-now.ts')>('shared/subscriptions/send-now.ts'),
    ...load<typeof import('../../shared/subscriptions/remove-subscription.ts')>(
      'shared/subscriptions/remove-subscription.ts',
    ),
    ...load<typeof import('../../shared/subscriptions/subscriptions-table.ts')>(
      'shared/subscriptions/subscriptions-table.ts',
    ),
  };
  const unused = patches.filter(({ file }) => !loaded.has(file));
  if (unused.length > 0) throw new Error(`not part of the search: ${unused.map(({ file }) => file).join(', ')}`);
  return product;
}

const compiledFiles = new Map<string, string>();

function compiled(file: string, patches: readonly Patch[]): string {
  const mine = patches.filter((patch) => patch.file === file);
  const there = mine.length === 0 ? compiledFiles.get(file) : undefined;
  if (there !== undefined) return there;
  const text = mine.reduce(patched, readFileSync(join(process.cwd(), file), 'utf8'));
  const { code } = transformSync(text, {
    filename: file,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  if (mine.length === 0) compiledFiles.set(file, code);
  return code;
}

function patched(text: string, { file, from, to }: Patch): string {
  const found = text.split(from).length - 1;
  if (found !== 1)
    throw new Error(`${file} has ${found} places where a patch of the search expects one; update the patch:\n${from}`);
  return text.replace(from, () => to);
}
