/** Run before each file of tests: what its worlds store is looked at. */
import { createLook } from './report.ts';
import { storageHosts, watchProcess } from './watch-process.ts';

const leaks = process.env['CANARY_LEAKS'];
if (leaks !== undefined)
  watchProcess({ is: 'tests', storage: storageHosts(process.env['TEST_STORAGE']), look: createLook(leaks) });
