/** What `require('@azure/functions-core')` answers, made at run time as the real Node.js worker does it. */
import Module from 'node:module';
import type { FunctionCallback, FunctionMetadata, HookCallback, LogLevel, ProgrammingModel } from './core-types.ts';

const HOOKS = ['appStart', 'appTerminate', 'preInvocation', 'postInvocation', 'log'] as const;
/** The moments at which an app may hook in. */
export type HookName = (typeof HOOKS)[number];

/** A function that the app registered. */
export interface RegisteredFunction {
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
}

/** What an app registered while its entry file was read. */
export interface Registry {
  readonly functions: Map<string, RegisteredFunction>;
  readonly hooks: ReadonlyMap<HookName, HookCallback[]>;
  programmingModel: ProgrammingModel | undefined;
  /** After start nothing more can be registered. */
  started: boolean;
}

/** A registry in which nothing is registered yet. */
export function createRegistry(): Registry {
  return {
    functions: new Map(),
    hooks: new Map(HOOKS.map((name) => [name, []])),
    programmingModel: undefined,
    started: false,
  };
}

/** Something to be undone by `dispose`, as the worker's own. */
class Disposable {
  static from(...parts: { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const part of parts.splice(0)) part.dispose();
    });
  }
  #undo: (() => unknown) | undefined;
  constructor(undo: () => unknown) {
    this.#undo = undo;
  }
  dispose(): void {
    this.#undo?.();
    this.#undo = undefined;
  }
}

/** What the core module does with log lines of the library itself. */
export type WriteSystemLog = (level: LogLevel, message: string) => void;

/** The core module over `registry`. */
export function createCoreModule(registry: Registry, log: WriteSystemLog) {
  return {
    version: '3.13.0', // a version of the worker that has all of this
    hostVersion: '4.1046.100',
    Disposable,
    registerFunction(metadata: FunctionMetadata, callback: FunctionCallback): Disposable {
      if (registry.started) throw new Error('A function can only be registered during app startup.');
      const { name } = metadata;
      if (registry.functions.has(name)) throw new Error(`A function named "${name}" is already registered.`);
      registry.functions.set(name, { metadata, callback });
      return new Disposable(() => registry.functions.delete(name));
    },
    registerHook(name: string, callback: HookCallback): Disposable {
      const hooks = registry.hooks.get(name as HookName);
      if (hooks === undefined) {
        throw Object.assign(new RangeError(`Unrecognized hook "${name}"`), { isAzureFunctionsSystemError: true });
      }
      hooks.push(callback);
      return new Disposable(() => hooks.splice(hooks.indexOf(callback), hooks.includes(callback) ? 1 : 0));
    },
    setProgrammingModel(model: ProgrammingModel): void {
      registry.programmingModel = model;
    },
    getProgrammingModel: () => registry.programmingModel,
    log: (level: LogLevel, _category: string, message: string) => log(level, message),
  };
}

/**
 * Lets every `require('@azure/functions-core')` in this process, also one by `createRequire`, answer `core`.
 * The real worker patches the same method (src/setupCoreModule.ts); an `import` of that name cannot be answered.
 */
export function answerCoreModule(core: object): void {
  const original = Module.prototype.require;
  const answering = function (this: Module, id: string): unknown {
    return id === '@azure/functions-core' ? core : original.call(this, id);
  };
  Module.prototype.require = Object.assign(answering, original);
}
