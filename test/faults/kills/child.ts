/** The process that is killed: does one thing, and stops at the call it was told; what it says is one line of JSON. */
import { z } from 'zod';
import { createWire } from '../wire.ts';
import { createWorker, OPERATIONS } from './worker.ts';

const toldSchema = z.object({
  worker: z.object({ connection: z.string(), prefix: z.string(), origin: z.string(), processId: z.string() }),
  operation: z.enum(OPERATIONS),
  plan: z.object({ at: z.int(), fault: z.enum(['before', 'after']) }).optional(),
});

const { worker, operation, plan } = toldSchema.parse(JSON.parse(process.argv[2] ?? ''));
const wire = createWire(plan);
const { operate } = await createWorker(worker, wire);
const came = await Promise.race([operate(operation).then(() => 'done'), wire.died]);
process.stdout.write(`${JSON.stringify({ came, calls: wire.calls })}\n`, () => {
  if (came === 'done') process.exit(0);
  setInterval(() => {}, 60_000); // alive, and waiting for its end
  process.send?.(came);
});
