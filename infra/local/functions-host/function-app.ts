/** Loads a function app as the Node.js worker does: its settings, its entry file, its start hooks. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { answerCoreModule, createCoreModule, createRegistry, type HookName, type Registry } from './core-module.ts';
import type { HookContext } from './core-types.ts';
import { type HostJson, parseHostJson } from './host-json.ts';
import type { HostLog } from './host-log.ts';

const packageJson = z.object({ main: z.string(), type: z.enum(['module', 'commonjs']).default('commonjs') });

/** A loaded app. */
export interface FunctionApp {
  readonly hostJson: HostJson;
  readonly registry: Registry;
  /** What hooks share across invocations. */
  readonly appHookData: Record<string, unknown>;
  /** Runs the app's hooks of one kind in the order they were registered; a throwing one ends it. */
  runHooks(name: HookName, context: HookContext): Promise<void>;
  /** Runs the `appTerminate` hooks. */
  terminate(): Promise<void>;
}

/** Reads and checks `host.json` of the app. */
export async function readHostJson(appDir: string): Promise<HostJson> {
  return parseHostJson(await readFile(join(appDir, 'host.json'), 'utf8'));
}

/**
 * Loads the app in `appDir` into this process; one process can load one app.
 * @throws Error when the entry file or an `appStart` hook throws: then the app has not started.
 */
export async function loadFunctionApp(appDir: string, hostJson: HostJson, log: HostLog): Promise<FunctionApp> {
  const registry = createRegistry();
  answerCoreModule(createCoreModule(registry, (level, message) => log.write(level, 'worker', message)));
  const appHookData: Record<string, unknown> = {};
  const appOnly: HookContext = { hookData: {}, appHookData };
  const runHooks = async (name: HookName, context: HookContext) => {
    for (const hook of registry.hooks.get(name) ?? []) await hook(context);
  };

  await importEntry(appDir);
  if (registry.functions.size === 0)
    throw new Error(`${appDir} registers no function: is "main" of its package.json right?`);
  await runHooks('appStart', Object.assign(appOnly, { functionAppDirectory: appDir }));
  // Locks `app.setup`, as when the worker answers the host's WorkerInitRequest.
  await registry.programmingModel?.getCapabilities?.({});
  registry.started = true;
  return { hostJson, registry, appHookData, runHooks, terminate: () => runHooks('appTerminate', appOnly) };
}

/** `import` for ES modules, `require` for the rest, by the worker's rule (loadScriptFile.ts). */
async function importEntry(appDir: string): Promise<void> {
  const { main, type } = packageJson.parse(JSON.parse(await readFile(join(appDir, 'package.json'), 'utf8')));
  const file = join(appDir, main);
  const isModule = main.endsWith('.mjs') || (!main.endsWith('.cjs') && type === 'module');
  if (isModule) await import(pathToFileURL(file).href);
  else createRequire(file)(file);
}
