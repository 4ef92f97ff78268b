/** Reads the catalogue from where the settings say: a file beside the app, or an https address of the product. */
import { createReadStream } from 'node:fs';
import { ConnectorError } from '../platform/errors.ts';
import { isLoopback } from '../platform/loopback.ts';
import { type Catalogue, parseCatalogue } from './catalogue.ts';

/** A thousand topics with samples in ten languages fit; a mistaken address does not fill the memory. */
const MAX_BYTES = 4 * 1024 * 1024;
/** The app waits for it at start; a product that is slower than this is taken for down. */
const TIMEOUT_MS = 10_000;

/** The catalogue cannot be read. The message says from where and why. */
export class UnreadableCatalogueError extends ConnectorError {
  readonly code = 'unavailable';
  readonly status = 503;
  override readonly retryable = true;
}

/**
 * Reads and checks the catalogue at a path or https address (http on loopback only). No redirect is followed.
 * @throws UnreadableCatalogueError, or InvalidCatalogueError with every fault.
 */
export async function readCatalogue(source: string, { timeoutMs = TIMEOUT_MS } = {}): Promise<Catalogue> {
  const bytes = await (/^https?:/i.test(source) ? download(source, timeoutMs) : readBounded(source));
  return parseCatalogue(parseJson(source, bytes));
}

async function download(source: string, timeoutMs: number): Promise<Uint8Array> {
  if (!URL.canParse(source) || (new URL(source).protocol !== 'https:' && !isLoopback(source)))
    throw unreadable(source, 'it must be an https address');
  try {
    const response = await fetch(source, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) throw unreadable(source, `the answer was HTTP ${response.status}`);
    return await collect(source, response.body ?? []);
  } catch (error) {
    if (error instanceof ConnectorError) throw error;
    throw unreadable(
      source,
      wordOf(error, 'name') === 'TimeoutError' ? `no answer within ${timeoutMs / 1e3} s` : 'the connection failed',
      error,
    );
  }
}

async function readBounded(path: string): Promise<Uint8Array> {
  try {
    return await collect(path, createReadStream(path));
  } catch (error) {
    if (error instanceof ConnectorError) throw error;
    const code = wordOf(error, 'code');
    throw unreadable(path, code === 'ENOENT' ? 'there is no such file' : (code ?? 'it cannot be opened'), error);
  }
}

async function collect(source: string, chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) throw unreadable(source, `it is over ${MAX_BYTES / 1024 / 1024} MiB`);
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}

function parseJson(source: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw unreadable(source, 'it is not JSON in UTF-8', error);
  }
}

function wordOf(error: unknown, field: 'name' | 'code'): string | undefined {
  const word: unknown = error !== null && typeof error === 'object' ? Reflect.get(error, field) : undefined;
  return typeof word === 'string' ? word : undefined;
}

function unreadable(source: string, why: string, cause?: unknown): UnreadableCatalogueError {
  // An address may carry a key of the product's in its query.
  return new UnreadableCatalogueError(`The catalogue at ${source.replace(/[?#].*$/, '')} cannot be read: ${why}.`, {
    cause,
  });
}
