/** One process of the pacing test: the product's own sender, with a clock that the test tells it. Its parent is the queue. */
import type { DigestJob } from '../../../../shared/schedules/digest-job.ts';
import { createWorker, type FromWorker, type ToWorker } from './in-worker.ts';

const answers = new Map<number, () => void>();
let puts = 0;

const worker = createWorker({
  put(job: DigestJob, hiddenForMs: number): Promise<void> {
    puts += 1;
    const id = puts;
    say({ is: 'put', id, job, hiddenForMs });
    return new Promise((resolve) => answers.set(id, resolve));
  },
});

process.on('message', async (message: ToWorker) => {
  if (message.is === 'kept') {
    answers.get(message.id)?.();
    answers.delete(message.id);
    return;
  }
  const { handle } = await worker;
  handle(message).then(
    () => say({ is: 'done', id: message.id }),
    (error: unknown) => say({ is: 'failed', id: message.id, error: String(error) }),
  );
});

function say(message: FromWorker): void {
  process.send?.(message);
}

void worker.then(() => say({ is: 'ready' }));
