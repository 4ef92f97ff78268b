/** `npm run emit -- …`: puts events on the queue. `--help` says how. */
import { randomUUID } from 'node:crypto';
import { emit } from './emit/emit.ts';

process.exitCode = await emit(process.argv.slice(2), {
  stdin: process.stdin,
  environment: process.env,
  now: Date.now,
  newId: randomUUID,
  print: (text) => console.log(text),
  complain: (text) => console.error(text),
});
