/** Preloaded into every process of a run of tests: an instance of the app, or a command, is watched. `?leaks=` names the file. */
import { createLook } from './report.ts';
import { storageHosts, watchProcess } from './watch-process.ts';

/** The functions host's bundle, a worker of the fault tests, an operator's command. */
const APP = /[\\/](functions-host-[0-9a-f]+[\\/]index\.mjs|infra[\\/]ops[\\/].*|kills[\\/]child\.ts)$/;
const leaks = new URL(import.meta.url).searchParams.get('leaks');

if (leaks !== null && APP.test(process.argv[1] ?? ''))
  watchProcess({ is: 'app', storage: storageHosts(process.env['AzureWebJobsStorage']), look: createLook(leaks) });
