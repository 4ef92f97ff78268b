/** The part of the Node.js worker's contract that `@azure/functions` 4 uses (azure-functions-nodejs-worker, types-core/index.d.ts). */

/** How much a log line matters. */
export type LogLevel = 'trace' | 'debug' | 'information' | 'warning' | 'error' | 'critical' | 'none';
/** Who wrote a log line: the app, or the worker and host. */
export type LogCategory = 'user' | 'system';

/** A string that may be there and empty. */
export interface RpcNullable<T> {
  readonly value?: T | null;
}

/** A cookie of an answer, as the worker hands it to the host. */
export interface RpcHttpCookie {
  readonly name?: string | null;
  readonly value?: string | null;
  readonly domain?: RpcNullable<string> | null;
  readonly path?: RpcNullable<string> | null;
  readonly expires?: RpcNullable<{ readonly seconds?: number | null; readonly nanos?: number | null }> | null;
  readonly secure?: RpcNullable<boolean> | null;
  readonly httpOnly?: RpcNullable<boolean> | null;
  readonly sameSite?: 'none' | 'lax' | 'strict' | 'explicitNone' | null;
  readonly maxAge?: RpcNullable<number> | null;
}

/** An HTTP request on its way in, or an answer on its way out. */
export interface RpcHttpData {
  readonly method?: string;
  readonly url?: string;
  readonly nullableHeaders?: Readonly<Record<string, RpcNullable<string>>>;
  readonly nullableQuery?: Readonly<Record<string, RpcNullable<string>>>;
  readonly nullableParams?: Readonly<Record<string, RpcNullable<string>>>;
  readonly statusCode?: string | null;
  readonly headers?: Readonly<Record<string, string>> | null;
  readonly cookies?: readonly RpcHttpCookie[] | null;
  readonly body?: RpcTypedData | null;
}

/** A value between host and worker: one of these is set. */
export interface RpcTypedData {
  readonly string?: string | null;
  readonly json?: string | null;
  readonly bytes?: Uint8Array | null;
  readonly int?: number | null;
  readonly double?: number | null;
  readonly http?: RpcHttpData | null;
}

/** One invocation, as the host asks for it. */
export interface RpcInvocationRequest {
  readonly invocationId: string;
  readonly functionId: string;
  readonly inputData: readonly { readonly name: string; readonly data: RpcTypedData }[];
  readonly triggerMetadata: Readonly<Record<string, RpcTypedData>>;
  readonly traceContext: { readonly traceParent: string; readonly traceState?: string };
}

/** What an invocation gave back. */
export interface RpcInvocationResponse {
  readonly invocationId?: string;
  readonly returnValue?: RpcTypedData | null;
}

/** A trigger, input or output of a function; the rest of its properties depend on `type`. */
export type RpcBindingInfo = Readonly<Record<string, unknown>> & {
  readonly type?: string;
  readonly direction?: string;
};

/** What `app.http`, `app.storageQueue`, `app.timer` and the like register. */
export interface FunctionMetadata {
  readonly name: string;
  readonly bindings: Readonly<Record<string, RpcBindingInfo>>;
}

/** The app's code: a handler of a function. */
export type FunctionCallback = (...inputs: unknown[]) => unknown;

/** What the programming model is told about an invocation. */
export interface CoreInvocationContext {
  readonly invocationId: string;
  readonly request: RpcInvocationRequest;
  readonly metadata: FunctionMetadata;
  state?: 'preInvocationHooks' | 'invocation' | 'postInvocationHooks' | undefined;
  log(level: LogLevel, category: LogCategory, message: string): void;
}

/** How `@azure/functions` runs one invocation. */
export interface InvocationModel {
  getArguments(): Promise<{ context: unknown; inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], callback: FunctionCallback): Promise<unknown>;
  getResponse(context: unknown, result: unknown): Promise<RpcInvocationResponse>;
}

/** What `@azure/functions` sets by `setProgrammingModel`. */
export interface ProgrammingModel {
  readonly name: string;
  readonly version: string;
  getInvocationModel(context: CoreInvocationContext): InvocationModel | Promise<InvocationModel>;
  getCapabilities?(capabilities: Record<string, string>): Promise<Record<string, string>>;
}

/** What a hook gets; its other properties depend on the hook. */
export interface HookContext {
  readonly hookData: Record<string, unknown>;
  readonly appHookData: Record<string, unknown>;
}

/** The app's code: a hook. */
export type HookCallback = (context: HookContext) => unknown;
