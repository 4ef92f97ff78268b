// Loads a function app as the Node.js worker does, with as little else as can be: no TypeScript loader, no host.
// Prints two times in milliseconds from the start of the process: until every function is registered, and until the start
// hooks, which follow, have run too.
import Module from 'node:module';
import { pathToFileURL } from 'node:url';

const hooks = [];
let functions = 0;
const core = {
  version: '3.13.0',
  hostVersion: '4.1046.100',
  Disposable: class {},
  registerFunction: () => {
    functions += 1;
  },
  registerHook: (name, callback) => {
    if (name === 'appStart') hooks.push(callback);
  },
  setProgrammingModel: () => {},
  getProgrammingModel: () => undefined,
  log: () => {},
};
const original = Module.prototype.require;
Module.prototype.require = function (id) {
  return id === '@azure/functions-core' ? core : original.call(this, id);
};

await import(pathToFileURL(process.argv[2]).href);
const registered = performance.now();
for (const hook of hooks) await hook({ appHookData: {}, hookData: {} });
const ready = performance.now();
if (functions === 0) throw new Error('the app registered no function');
process.stdout.write(JSON.stringify({ registered, ready }));
