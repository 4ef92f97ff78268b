/** Makes tokens: good ones, and good ones with one thing changed. */
import { createLocalJWKSet, importJWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import type { Clock } from '../clock.ts';
import type { ConnectorApp } from '../world/connector-app.ts';
import type { User } from '../world/people.ts';
import { claimsOf, FLOW_AUDIENCE, type HostName, type TokenKind } from './claims.ts';
import type { Issuers } from './issuers.ts';
import type { Keys, SigningKey } from './keys.ts';

/** What to put into a token beyond what its kind says. */
export interface TokenRequest {
  readonly kind: TokenKind;
  readonly user: User;
  readonly host?: HostName | undefined;
  readonly target?: string | undefined;
  /** Claims put over the documented ones; null takes one away. */
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
  /** Header fields put over `alg`, `typ`, `kid` and `x5t`; null takes one away. */
  readonly header?: Readonly<Record<string, unknown>> | undefined;
  readonly key?: SigningKey | undefined;
}

/** What making tokens needs. */
export interface TokenParts {
  readonly clock: Clock;
  readonly app: () => ConnectorApp;
  readonly issuers: () => Issuers;
  readonly entraKeys: Keys;
  readonly substrateKeys: Keys;
}

/** Makes and checks tokens. */
export function createTokens({ clock, app, issuers, entraKeys, substrateKeys }: TokenParts) {
  const seconds = () => Math.floor(clock.now() / 1_000);
  return {
    async issue({
      kind,
      user,
      host = 'teams',
      target,
      claims = {},
      header = {},
      key = 'current',
    }: TokenRequest): Promise<string> {
      const aimed = target ?? app().targetUrls[0] ?? 'https://product.example';
      const documented = claimsOf({ kind, user, app: app(), issuers: issuers(), now: seconds(), host, target: aimed });
      const signer = await (kind === 'action-legacy' ? substrateKeys : entraKeys).signer(key);
      const fields = put({ typ: 'JWT', alg: 'RS256', kid: signer.kid, x5t: signer.kid }, header);
      return await new SignJWT(put(documented, claims))
        .setProtectedHeader({ alg: 'RS256', ...fields })
        .sign(await importJWK(signer.key, 'RS256'));
    },
    /** Who a bearer for flows is; undefined when it is none of ours, for something else, or out of time. */
    async callerOf(authorization: string | undefined): Promise<{ oid: string; tid: string } | undefined> {
      const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
      if (token === undefined) return undefined;
      const keys = createLocalJWKSet({ keys: await entraKeys.published() });
      const options = { audience: FLOW_AUDIENCE, algorithms: ['RS256'], currentDate: new Date(clock.now()) };
      const checked = await jwtVerify(token, keys, options).catch(() => undefined);
      const { oid, tid } = checked?.payload ?? {};
      return typeof oid === 'string' && typeof tid === 'string' ? { oid, tid } : undefined;
    },
  };
}

function put(documented: Readonly<Record<string, unknown>>, changes: Readonly<Record<string, unknown>>): JWTPayload {
  return Object.fromEntries(Object.entries({ ...documented, ...changes }).filter(([, value]) => value !== null));
}

/** What makes and checks tokens. */
export type Tokens = ReturnType<typeof createTokens>;
