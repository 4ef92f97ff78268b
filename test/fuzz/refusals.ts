/** Refusals that are right: the product's own errors with a 4xx, or rows that do not parse. Whatever else is thrown is a crash. */
import { ZodError } from 'zod';
import { ConnectorError } from '../../shared/platform/errors.ts';
import { must } from './target.ts';

/** Runs what may refuse; the refusal's code, or what `run` gave. */
export async function orRefused(run: () => string | Promise<string>): Promise<string> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    must(error.status < 500, `answers ${error.status} ${error.code}`);
    must(error.message.trim() !== '', 'refuses without a reason');
    return `refused: ${error.code}`;
  }
}

/** Runs what reads a stored row; one that cannot be read is said to be so by its schema. */
export async function orUnreadable(run: () => string | Promise<string>): Promise<string> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof ZodError) return 'unreadable: schema';
    if (error instanceof SyntaxError) return 'unreadable: JSON';
    throw error;
  }
}
