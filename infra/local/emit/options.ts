/** What `npm run emit` is asked for on its command line. */
import { parseArgs } from 'node:util';

/** The help text; docs/operations.md shows the same. */
export const HELP = `Usage: npm run emit -- [FILE ...] [options]

Puts events on the queue "events", where the app takes them.

Where they come from:
  FILE              JSON: an event, an array of events, or one event a line; - reads standard input
  --sample TYPE     the catalogue's sample of a topic, such as github.pull_request.opened; can be repeated
  --github N        the first N of the published GitHub webhooks, or all
What is sent:
  --account NAME    whose events they are (default: as written in files, acme for samples)
  --count N         each event N times, every copy an event of its own (default 1)
  --batch N         at most N events in a message (default 40)
  --keep            samples with the ids and times they were published with; within a day the same one is told once
  --raw             each FILE as one message, unchecked: shows what becomes of malformed input
Where to:
  --connection S    the storage account (default: AzureWebJobsStorage, else the one of a running npm start)
  --queue NAME      another queue (default events)
  --dry-run         prints the messages instead
  --catalogue PATH  where samples come from (default: the demonstration's catalogue)
  --help            prints this

Ends with 0 when everything was sent, 1 when storage did not take it, 2 when there was nothing that could be sent.
`;

/** One run of emit. */
export interface EmitOptions {
  readonly files: readonly string[];
  readonly samples: readonly string[];
  readonly github: number;
  readonly account: string | undefined;
  readonly count: number;
  readonly batch: number;
  readonly ids: 'fresh' | 'kept';
  readonly input: 'checked' | 'raw';
  readonly connection: string | undefined;
  readonly queue: string;
  readonly output: 'queue' | 'print';
  readonly catalogue: string | undefined;
}

/** The command line or its input cannot be used; the message says what to do. */
export class EmitInputError extends Error {
  override readonly name = 'EmitInputError';
}

/**
 * Reads the command line.
 * @throws EmitInputError that names the option.
 */
export function readOptions(args: readonly string[]): EmitOptions | 'help' {
  const { values, positionals } = parse(args);
  if (values.help === true) return 'help';
  const options: EmitOptions = {
    files: positionals,
    samples: values.sample ?? [],
    github: values.github === 'all' ? Number.MAX_SAFE_INTEGER : wholeNumber('github', values.github ?? '0', 0),
    account: values.account,
    count: wholeNumber('count', values.count ?? '1', 1),
    batch: wholeNumber('batch', values.batch ?? '40', 1),
    ids: values.keep === true ? 'kept' : 'fresh',
    input: values.raw === true ? 'raw' : 'checked',
    connection: values.connection,
    queue: values.queue ?? 'events',
    output: values['dry-run'] === true ? 'print' : 'queue',
    catalogue: values.catalogue,
  };
  if (options.files.length === 0 && options.samples.length === 0 && options.github === 0)
    throw new EmitInputError('Nothing to send: name a file, - for standard input, --sample TYPE or --github N.');
  if (options.input === 'raw' && (options.files.length === 0 || options.samples.length > 0 || options.github > 0))
    throw new EmitInputError('--raw sends files as they are: name files, and no samples.');
  return options;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        sample: { type: 'string', multiple: true },
        github: { type: 'string' },
        account: { type: 'string' },
        count: { type: 'string' },
        batch: { type: 'string' },
        keep: { type: 'boolean' },
        raw: { type: 'boolean' },
        connection: { type: 'string' },
        queue: { type: 'string' },
        'dry-run': { type: 'boolean' },
        catalogue: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new EmitInputError(`${error instanceof Error ? error.message : String(error)} See --help.`, { cause: error });
  }
}

function wholeNumber(name: string, text: string, least: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least)) throw new EmitInputError(`--${name} takes a whole number from ${least} on, not "${text}".`);
  return value;
}
