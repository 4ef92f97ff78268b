/** Loaded first into every child process: when the parent is gone, even by SIGKILL, its end of the IPC channel closes. */

const LAST_WORDS_MS = 10_000;

process.on('disconnect', () => {
  process.emit('SIGTERM', 'SIGTERM'); // what the child does on SIGTERM, on Windows too
  setTimeout(() => process.exit(1), LAST_WORDS_MS).unref();
});
// A child that has nothing left to do may end although the channel is open.
process.channel?.unref();
