/** Who tokens say they are from, and where their keys are. On this machine's origin, unless other names are asked for. */

/** Issuers with `{tid}` where the tenant stands. */
export interface Issuers {
  /** In life `https://login.microsoftonline.com/{tid}/v2.0`. */
  readonly v2: string;
  /** In life `https://sts.windows.net/{tid}/`. */
  readonly v1: string;
  /** In life `https://substrate.office.com/sts/`: the older action tokens, ended on 8 June 2026. */
  readonly legacy: string;
}

/** The issuers for an origin, with what was given put over them. */
export const issuersAt = (origin: string, given: Partial<Issuers> = {}): Issuers => ({
  v2: `${origin}/{tid}/v2.0`,
  v1: `${origin}/sts.windows.net/{tid}/`,
  legacy: `${origin}/substrate/sts/`,
  ...given,
});

/** The issuer for one tenant. */
export const issuerFor = (template: string, tid: string): string => template.replace('{tid}', tid);
