/** Where Entra and the older token service publish who they are and which keys they sign with. */
import { json, type Reply, type Route, route } from '../http/router.ts';
import type { Tenant } from '../world/people.ts';
import { type Issuers, issuerFor } from './issuers.ts';
import type { Keys } from './keys.ts';

/** What the documents are made from. */
export interface MetadataParts {
  readonly origin: () => string;
  readonly issuers: () => Issuers;
  readonly tenants: readonly Tenant[];
  readonly entraKeys: Keys;
  readonly substrateKeys: Keys;
}

/** The routes of the documents and key sets. */
export function metadataRoutes(parts: MetadataParts): Route[] {
  const { entraKeys, substrateKeys, origin } = parts;
  const keySet = async (keys: Keys): Promise<Reply> => json(200, { keys: await keys.published() });
  const ofTenant =
    (answer: (tenant: string) => Reply | Promise<Reply>) =>
    ({ params }: { params: Readonly<Record<string, string>> }) => {
      const tenant = params['tenant'] ?? '';
      const known = ['common', 'organizations'].includes(tenant) || parts.tenants.some(({ id }) => id === tenant);
      return known ? answer(tenant) : noSuchTenant(tenant);
    };
  return [
    route(
      'GET',
      '/:tenant/v2.0/.well-known/openid-configuration',
      ofTenant((tenant) => document(parts, tenant, 'v2')),
    ),
    route(
      'GET',
      '/:tenant/.well-known/openid-configuration',
      ofTenant((tenant) => document(parts, tenant, 'v1')),
    ),
    route(
      'GET',
      '/:tenant/discovery/v2.0/keys',
      ofTenant(() => keySet(entraKeys)),
    ),
    route(
      'GET',
      '/:tenant/discovery/keys',
      ofTenant(() => keySet(entraKeys)),
    ),
    route('GET', '/substrate/sts/common/.well-known/openid-configuration', () =>
      json(200, {
        // Without the slash that its tokens' `iss` ends with: compare with the constant, not with this.
        issuer: parts.issuers().legacy.replace(/\/$/, ''),
        jwks_uri: `${origin()}/substrate/sts/common/discovery/keys`,
        id_token_signing_alg_values_supported: ['RS256'],
      }),
    ),
    route('GET', '/substrate/sts/common/discovery/keys', () => keySet(substrateKeys)),
  ];
}

function document({ origin, issuers }: MetadataParts, tenant: string, version: 'v1' | 'v2'): Reply {
  const base = `${origin()}/${tenant}`;
  const [oauth, keys] = version === 'v2' ? ['oauth2/v2.0', 'discovery/v2.0/keys'] : ['oauth2', 'discovery/keys'];
  // `common` names no tenant: its issuer holds a placeholder that no token's does.
  const tid = ['common', 'organizations'].includes(tenant) ? '{tenantid}' : tenant;
  return json(200, {
    issuer: issuerFor(issuers()[version], tid),
    authorization_endpoint: `${base}/${oauth}/authorize`,
    token_endpoint: `${base}/${oauth}/token`,
    jwks_uri: `${base}/${keys}`,
    response_types_supported: ['code', 'id_token'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
  });
}

const noSuchTenant = (tenant: string): Reply =>
  json(400, { error: 'invalid_tenant', error_description: `AADSTS90002: Tenant '${tenant}' not found.` });
