// Preloaded into a measured process (`--import`): profiles it from start to end through node:inspector, into the file that BENCH_PROFILE names.
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';

const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.start');
process.on('exit', () => {
  // Within one process the answer comes before `post` returns.
  session.post('Profiler.stop', (error, answer) => {
    if (error === null) writeFileSync(process.env['BENCH_PROFILE'], JSON.stringify(answer.profile));
  });
});
