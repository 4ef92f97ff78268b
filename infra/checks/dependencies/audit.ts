/** What `npm audit` says, read: known holes in what is deployed, or that the registry keeps no list of them. */
import { z } from 'zod';

const report = z.object({
  vulnerabilities: z.record(z.string(), z.object({ name: z.string(), severity: z.string(), range: z.string() })),
});
const refusal = z.object({ message: z.string(), statusCode: z.number().optional() });

/** The outcome of an audit. */
export type Audit =
  | { readonly is: 'audited'; readonly holes: readonly string[] }
  /** The registry has no audit endpoint, or did not answer: nothing is known. */
  | { readonly is: 'not-audited'; readonly why: string };

/** Reads the JSON that `npm audit --json` prints. */
export function readAudit(output: string): Audit {
  const json = parse(output);
  const audited = report.safeParse(json);
  if (audited.success) {
    const found = Object.values(audited.data.vulnerabilities);
    return { is: 'audited', holes: found.map(({ name, severity, range }) => `${name} ${range}: ${severity}`) };
  }
  const refused = refusal.safeParse(json);
  if (!refused.success) return { is: 'not-audited', why: 'npm audit printed something unknown' };
  const { statusCode } = refused.data;
  return {
    is: 'not-audited',
    why:
      statusCode === undefined
        ? 'the registry did not answer'
        : `the registry has no audit endpoint (HTTP ${statusCode})`,
  };
}

function parse(output: string): unknown {
  try {
    return JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1));
  } catch {
    return undefined;
  }
}
