/** Runs one function once: arguments, hooks, handler and response by the steps of the Node.js worker (InvocationHandler.ts). */
import { randomBytes, randomUUID } from 'node:crypto';
import type { RegisteredFunction } from './core-module.ts';
import type { CoreInvocationContext, RpcInvocationResponse, RpcTypedData } from './core-types.ts';
import type { FunctionApp } from './function-app.ts';
import { describeError, type HostLog } from './host-log.ts';

/** What a trigger hands to a function. */
export interface TriggerInput {
  readonly data: RpcTypedData;
  readonly metadata?: Readonly<Record<string, RpcTypedData>>;
  /** W3C trace context of the caller, when it sent one. */
  readonly traceParent?: string | undefined;
  readonly traceState?: string | undefined;
}

/** Runs a function and gives what it returned; rejects with what it threw. */
export type Invoke = (fn: RegisteredFunction, input: TriggerInput) => Promise<RpcInvocationResponse>;

/** The trigger of a function: the name and properties of its one binding whose type ends in "Trigger". */
export function triggerOf(fn: RegisteredFunction) {
  const found = Object.entries(fn.metadata.bindings).find(([, binding]) => /trigger$/i.test(binding.type ?? ''));
  if (found === undefined) throw new Error(`Function "${fn.metadata.name}" has no trigger`);
  const [name, binding] = found;
  return { name, binding, type: String(binding.type).toLowerCase() };
}

/** Runs the functions of `app`; failures are logged here, with their stack. */
export function createInvoke(app: FunctionApp, log: HostLog): Invoke {
  return async function invoke(fn, input) {
    const { name } = fn.metadata;
    const invocationId = randomUUID();
    const from = performance.now();
    try {
      const response = await runInvocation(app, fn, input, invocationId, log);
      log.write('debug', `Host.${name}`, `Executed (Succeeded, Id=${invocationId}, Duration=${msSince(from)}ms)`);
      return response;
    } catch (error) {
      const outcome = `Executed (Failed, Id=${invocationId}, Duration=${msSince(from)}ms)`;
      log.write('error', `Host.${name}`, `${outcome}\n${describeError(error)}`);
      throw error;
    }
  };
}

async function runInvocation(
  app: FunctionApp,
  fn: RegisteredFunction,
  input: TriggerInput,
  invocationId: string,
  log: HostLog,
) {
  const { programmingModel } = app.registry;
  if (programmingModel === undefined) throw new Error('@azure/functions has not set its programming model');
  const core = coreContextOf(app, fn, input, invocationId, log);
  const model = await programmingModel.getInvocationModel(core);
  const { context, inputs } = await model.getArguments();

  const scope = { hookData: {}, appHookData: app.appHookData, invocationContext: context };
  const before = { ...scope, inputs, functionCallback: fn.callback };
  core.state = 'preInvocationHooks';
  await app.runHooks('preInvocation', before);

  const after: { inputs: unknown[]; result: unknown; error: unknown } & typeof scope = {
    ...scope,
    inputs: before.inputs,
    result: null,
    error: null,
  };
  core.state = 'invocation';
  try {
    after.result = await model.invokeFunction(context, before.inputs, before.functionCallback);
  } catch (error) {
    after.error = error ?? new Error('Unknown error');
  }
  core.state = 'postInvocationHooks';
  await app.runHooks('postInvocation', after);
  core.state = undefined;
  // A hook may have taken the error away, or put one there.
  if (after.error !== null && after.error !== undefined) throw after.error;
  return model.getResponse(context, after.result);
}

function coreContextOf(
  app: FunctionApp,
  fn: RegisteredFunction,
  input: TriggerInput,
  invocationId: string,
  log: HostLog,
): CoreInvocationContext {
  const { name } = fn.metadata;
  return {
    invocationId,
    metadata: fn.metadata,
    state: undefined,
    request: {
      invocationId,
      functionId: name,
      inputData: [{ name: triggerOf(fn).name, data: input.data }],
      triggerMetadata: input.metadata ?? {},
      traceContext: traceContextOf(input),
    },
    log(level, category, message) {
      const entry = { level, message, category, hookData: {}, appHookData: app.appHookData };
      for (const hook of app.registry.hooks.get('log') ?? []) hook(entry);
      log.write(entry.level, category === 'user' ? `Function.${name}.User` : `Function.${name}`, entry.message);
    },
  };
}

/** The caller's trace goes on, in a span of the host's; without one a trace begins. */
function traceContextOf({ traceParent, traceState }: TriggerInput) {
  const [, traceId = randomBytes(16).toString('hex'), flags = '00'] =
    /^00-([0-9a-f]{32})-[0-9a-f]{16}-([0-9a-f]{2})$/.exec(traceParent ?? '') ?? [];
  const span = randomBytes(8).toString('hex');
  return { traceParent: `00-${traceId}-${span}-${flags}`, ...(traceState === undefined ? {} : { traceState }) };
}

function msSince(from: number): number {
  return Math.round(performance.now() - from);
}
