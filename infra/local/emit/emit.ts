/** The command `npm run emit`: gathers events, packs them into messages, puts them on the queue. */
import { QueueClient, RestError } from '@azure/storage-queue';
import { ConnectorError } from '../../../shared/platform/errors.ts';
import { type GatherFrom, gatherEvents, readText } from './gather-events.ts';
import { EmitInputError, type EmitOptions, HELP, readOptions } from './options.ts';
import { packMessages } from './pack-messages.ts';

/** The process around the command. */
export interface EmitWorld extends GatherFrom {
  readonly environment: Readonly<Record<string, string | undefined>>;
  print(text: string): void;
  complain(text: string): void;
  /** Opens a queue with the caller's own roles; absent, or undefined: by connection string. */
  openQueue?(name: string): Promise<QueueClient | undefined>;
}

const PARALLEL_PUTS = 8;
/** A person waits for it: storage that does not answer soon is taken for down. */
const PATIENCE = { maxTries: 3, tryTimeoutInMs: 10_000, retryDelayInMs: 200, maxRetryDelayInMs: 1_000 };

/** Runs the command; answers the exit code. */
export async function emit(args: readonly string[], world: EmitWorld): Promise<0 | 1 | 2> {
  try {
    const options = readOptions(args);
    if (options === 'help') {
      world.print(HELP.trimEnd());
      return 0;
    }
    const { messages, events } = await gatherMessages(options, world);
    if (options.output === 'print') for (const message of messages) world.print(message);
    else await send(messages, options, world);
    if (options.output === 'queue')
      world.print(`sent ${events} in ${count(messages.length, 'message')} to ${options.queue}`);
    return 0;
  } catch (error) {
    if (error instanceof EmitInputError || error instanceof ConnectorError) {
      world.complain(error.message);
      return 2;
    }
    world.complain(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

async function gatherMessages(options: EmitOptions, world: EmitWorld): Promise<{ messages: string[]; events: string }> {
  if (options.input === 'raw') {
    const messages = await Promise.all(options.files.map((file) => readText(file, world.stdin)));
    return { messages, events: `${count(messages.length, 'file')} unchecked` };
  }
  const events = await gatherEvents(options, world);
  return { messages: packMessages(events, options.batch), events: count(events.length, 'event') };
}

async function send(messages: readonly string[], options: EmitOptions, world: EmitWorld): Promise<void> {
  const connection = options.connection ?? world.environment['AzureWebJobsStorage'] ?? 'UseDevelopmentStorage=true';
  const opened = options.connection === undefined ? await world.openQueue?.(options.queue) : undefined;
  const queue = opened ?? connect(connection, options.queue);
  const waiting = messages.values(); // shared: each message is taken once
  let sent = 0;
  const puts = Array.from({ length: PARALLEL_PUTS }, async () => {
    for (const message of waiting) {
      await queue.sendMessage(message, { messageTimeToLive: -1 });
      sent += 1;
    }
  });
  const failed = (await Promise.allSettled(puts)).find(({ status }) => status === 'rejected');
  if (failed?.status !== 'rejected') return;
  const progress = sent === 0 ? 'Nothing was sent.' : `${sent} of ${messages.length} messages were sent.`;
  throw new Error(`${explain(failed.reason)} ${progress}`, { cause: failed.reason });
}

function connect(connection: string, queue: string): QueueClient {
  try {
    return new QueueClient(connection, queue, { retryOptions: PATIENCE });
  } catch {
    // Not as the cause: the SDK's message can repeat a part of the string, which holds the account's key.
    throw new EmitInputError(
      'The connection string is not one of a storage account: see --connection and AzureWebJobsStorage.',
    );
  }
}

/** What storage said, in words that say what to do; never the connection string. */
function explain(error: unknown): string {
  if (!(error instanceof RestError)) return error instanceof Error ? error.message : String(error);
  if (error.code === 'ECONNREFUSED') return 'Nothing answers where the storage should be: is npm start running?';
  if (error.statusCode === 404) return 'There is no such queue: start the app once with npm start, which makes it.';
  if (error.statusCode === 403) return 'The storage account does not accept this connection string.';
  return `Storage did not take everything: ${error.code ?? error.statusCode ?? 'no answer'}.`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
