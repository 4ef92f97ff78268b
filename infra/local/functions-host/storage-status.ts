/** The HTTP status of a failed storage call. */

/** The status; undefined when no answer came. */
export function statusOf(error: unknown): unknown {
  return error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
}
