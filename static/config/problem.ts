/** What went wrong with a call, by a name that the words have a sentence for. */

interface ProblemBody {
  readonly title?: string | undefined;
  readonly signInUrl?: string | undefined;
  readonly personProof?: string | undefined;
}

/** A call that failed. `code` is the API's, or `offline` when there was no answer. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  /** Where to link an account, on `account-link-required`. */
  readonly signInUrl: string | undefined;
  /** Who they are, on the same, for somebody who has no token of Microsoft's. */
  readonly personProof: string | undefined;

  constructor(of: { status: number; code: string } & ProblemBody) {
    super(of.title ?? of.code);
    this.personProof = of.personProof;
    this.status = of.status;
    this.code = of.code;
    this.signInUrl = of.signInUrl;
  }
}

/** The problem in an answer that is not a success. */
export async function readProblem(answer: Response): Promise<Problem> {
  const body = (await answer.json().catch(() => ({}))) as ProblemBody & { code?: string };
  const code = body.code ?? (answer.status >= 500 ? 'unavailable' : 'unknown');
  return new Problem({ ...body, status: answer.status, code });
}

/** True when signing in again would help. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof Problem && error.status === 401;
}

/** True when somebody else's change came first. */
export function isConflict(error: unknown): boolean {
  return error instanceof Problem && error.status === 412;
}

/** Which sentence of the words says it. */
export type Sentence =
  | 'offline'
  | 'unavailable'
  | 'session-ended'
  | 'webhook-not-allowed'
  | 'webhook-taken'
  | 'webhook-of-another-tenant'
  | 'tenant-not-allowed'
  | 'not-found'
  | 'too-many'
  | 'channel-busy'
  | 'no-webhook'
  | 'no-host'
  | 'unknown';

const SAME_AS_CODE: readonly Sentence[] = [
  'offline',
  'webhook-not-allowed',
  'webhook-taken',
  'webhook-of-another-tenant',
  'tenant-not-allowed',
  'not-found',
  'channel-busy',
  'no-webhook',
];

/** The sentence for a failure. */
export function sentenceFor(error: unknown): Sentence {
  if (!(error instanceof Problem)) return 'unknown';
  const { code, status } = error;
  const same = SAME_AS_CODE.find((name) => name === code);
  if (same !== undefined) return same;
  if (status === 401) return 'session-ended';
  if (status === 404) return 'not-found';
  if (status === 429) return 'too-many';
  return status >= 500 ? 'unavailable' : 'unknown';
}
