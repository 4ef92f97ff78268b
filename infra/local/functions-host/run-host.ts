/** Runs a function app in this process: loads it, starts its triggers, stops them gracefully. */
import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { type Clock, systemClock } from '../../../shared/platform/clock.ts';
import { createAdmin, createRunNow, type RunNow } from './admin.ts';
import type { AppSettings } from './app-settings.ts';
import type { RegisteredFunction } from './core-module.ts';
import { loadFunctionApp, readHostJson } from './function-app.ts';
import type { FunctionKeys } from './function-keys.ts';
import { createHostLog } from './host-log.ts';
import { createHttpListener } from './http-listener.ts';
import { startHttpServer } from './http-server.ts';
import { createInvoke, triggerOf } from './invoke.ts';
import type { Listener } from './listener.ts';

/** What the host is told. */
export interface RunHostOptions {
  readonly appDir: string;
  /** 0 for a free one. */
  readonly port: number;
  readonly keys: FunctionKeys;
  /** How long a message that is being worked on is hidden: ten minutes in Azure. */
  readonly runningMessageHiddenMs: number;
  /** How long the lock of a timer outlives its process: 60 s in Azure; at least 15. */
  readonly timerLockSeconds: number;
  /** The clock of the timers; the machine's unless given. */
  readonly clock?: Pick<Clock, 'now' | 'rate'>;
  readonly appSettings?: AppSettings;
  /** Gets each line of the log. */
  readonly write: (line: string) => void;
}

/** A running host. */
export interface RunningHost {
  readonly port: number;
  readonly functions: readonly string[];
  readonly runNow: RunNow;
  /** Starts nothing new, lets what runs finish for at most `graceMs`, then runs the `appTerminate` hooks. */
  stop(graceMs: number): Promise<void>;
}

/**
 * Loads the app and starts all its triggers.
 * @throws Error when the app does not load or a trigger cannot be started.
 */
export async function runFunctionsHost(options: RunHostOptions): Promise<RunningHost> {
  const { appDir, port, keys, clock = systemClock, appSettings = process.env } = options;
  const hostJson = await readHostJson(appDir);
  const log = createHostLog(hostJson.logLevel, options.write);
  const app = await loadFunctionApp(appDir, hostJson, log);
  const functions = [...app.registry.functions.values()].filter((fn) => !isDisabled(fn, appSettings));
  const ofType = (type: string) => functions.filter((fn) => triggerOf(fn).type === type);
  const unknown = functions.find((fn) => !KNOWN.includes(triggerOf(fn).type));
  if (unknown) throw new Error(`Function "${unknown.metadata.name}": this host has no ${triggerOf(unknown).type}`);

  const invoke = createInvoke(app, log);
  const runNow = createRunNow(app.registry.functions, invoke);
  const { routePrefix } = hostJson;
  const admin = createAdmin(app.registry.functions, runNow);
  const answer = createHttpListener({ functions: ofType('httptrigger'), routePrefix, keys, invoke, admin });
  const server = await startHttpServer(port, answer);

  const listeners: Listener[] = [server];
  const common = { appSettings, invoke, log };
  const [queues, timers] = [ofType('queuetrigger'), ofType('timertrigger')];
  if (queues.length > 0) {
    const { startQueueTrigger } = await import('./queue-trigger.ts');
    const { queues: settings } = hostJson;
    const hiddenMs = options.runningMessageHiddenMs;
    for (const fn of queues) listeners.push(startQueueTrigger({ fn, settings, hiddenMs, ...common }));
  }
  if (timers.length > 0) {
    const { startTimerTrigger } = await import('./timer-trigger.ts');
    const [hostId, lockSeconds] = [hostIdOf(appDir, appSettings), options.timerLockSeconds];
    for (const fn of timers) listeners.push(startTimerTrigger({ fn, hostId, lockSeconds, clock, ...common }));
  }

  return {
    port: server.port,
    functions: functions.map((fn) => fn.metadata.name),
    runNow,
    async stop(graceMs) {
      const finished = Promise.all(listeners.map((listener) => listener.stop()));
      await Promise.race([finished, setTimeout(graceMs, undefined, { ref: false })]);
      await app.terminate();
    },
  };
}

const KNOWN = ['httptrigger', 'queuetrigger', 'timertrigger'];

/** https://learn.microsoft.com/azure/azure-functions/disable-function */
function isDisabled(fn: RegisteredFunction, settings: AppSettings): boolean {
  const { name } = fn.metadata;
  const value =
    settings[`AzureWebJobs.${name}.Disabled`] ?? settings[`AzureWebJobs_${name.replaceAll('-', '_')}_Disabled`];
  return value === '1' || value?.toLowerCase() === 'true';
}

function hostIdOf(appDir: string, settings: AppSettings): string {
  return settings['AzureFunctionsWebHost__hostid'] ?? createHash('sha256').update(appDir).digest('hex').slice(0, 32);
}
