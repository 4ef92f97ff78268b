/** Conditional changes: the revision that a caller saw, as `ETag` and `If-Match` carry it (RFC 9110, 13.1.1). */
import { ConnectorError } from './errors.ts';
import { InvalidRequestError } from './request-body.ts';

/** A change of what is there must say which revision it is based on. */
export class RevisionRequiredError extends ConnectorError {
  readonly code = 'revision-required';
  readonly status = 428;

  constructor() {
    super('Say which revision you changed: send its ETag in If-Match, or If-Match: * to change whatever is there.');
  }
}

/** A revision as an ETag. */
export function etagOf(revision: number): string {
  return `"${revision}"`;
}

/**
 * The revision in `If-Match`; undefined for `*`, and without the header where it is optional.
 * @throws RevisionRequiredError, or InvalidRequestError for what is no ETag of ours.
 */
export function readIfMatch(header: string | null, need: 'required' | 'optional'): number | undefined {
  if (header === null && need === 'required') throw new RevisionRequiredError();
  const text = header?.trim() ?? '*';
  if (text === '*') return undefined;
  const revision = /^"(\d{1,15})"$/.exec(text)?.[1];
  if (revision === undefined)
    throw new InvalidRequestError([{ path: 'If-Match', message: 'must be the ETag of an answer, such as "3", or *' }]);
  return Number(revision);
}
