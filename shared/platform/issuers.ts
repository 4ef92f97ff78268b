/** Who may sign people's tokens, and where their keys are: known issuers with fixed addresses, so that no token names one. */
import { isLoopback } from './loopback.ts';

/** Entra's two forms of token, and the older action tokens, which ended on 8 June 2026 (docs/microsoft.md). */
export type IssuerForm = 'v2' | 'v1' | 'legacy';

/** An issuer. `{tid}` in `issuer` stands for the tenant. */
export interface IssuerRule {
  readonly form: IssuerForm;
  readonly issuer: string;
  readonly keysUrl: string;
}

const LOGIN = 'https://login.microsoftonline.com';

/** Microsoft's own. The `common` keys are those of every tenant. */
const MICROSOFT: readonly IssuerRule[] = [
  { form: 'v2', issuer: `${LOGIN}/{tid}/v2.0`, keysUrl: `${LOGIN}/common/discovery/v2.0/keys` },
  { form: 'v1', issuer: 'https://sts.windows.net/{tid}/', keysUrl: `${LOGIN}/common/discovery/keys` },
  {
    form: 'legacy',
    issuer: 'https://substrate.office.com/sts/',
    keysUrl: 'https://substrate.office.com/sts/common/discovery/keys',
  },
];

/** Who signs unless the settings say otherwise: Entra, in both forms; not the older service. */
export const ENTRA_ISSUERS = MICROSOFT.flatMap(({ form, issuer }) => (form === 'legacy' ? [] : [issuer]));

/** Who signs owners' tokens: Entra in its v2 form. */
export const OWNER_ISSUER = `${LOGIN}/{tid}/v2.0`;

/** The rule of an issuer; undefined for one that we do not know. A stand-in on loopback has the same paths under its own origin. */
export function issuerRule(issuer: string): IssuerRule | undefined {
  const known = MICROSOFT.find((rule) => rule.issuer === issuer);
  if (known !== undefined) return known;
  const [, origin, path] = /^(https?:\/\/[^/?#]+)(\/.*)$/.exec(issuer) ?? [];
  if (origin === undefined || !URL.canParse(origin) || !isLoopback(origin)) return undefined;
  switch (path) {
    case '/{tid}/v2.0':
      return { form: 'v2', issuer, keysUrl: `${origin}/common/discovery/v2.0/keys` };
    case '/sts.windows.net/{tid}/':
      return { form: 'v1', issuer, keysUrl: `${origin}/common/discovery/keys` };
    case '/substrate/sts/':
      return { form: 'legacy', issuer, keysUrl: `${origin}/substrate/sts/common/discovery/keys` };
    default:
      return undefined;
  }
}
