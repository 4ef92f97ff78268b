/** The shapes of webhook addresses, as Microsoft has handed them out over the years, on this machine's origin. */
import { randomBytes, randomUUID } from 'node:crypto';
import { SECRET_MARK } from '../world/secret-mark.ts';

/**
 * `webhookb2`: 2021 to 2024. `refreshed`: the same with a token at the end, since 31 January 2025.
 * `outlook`: the oldest, still that of groups and inboxes. `powerplatform`: flows since 30 November 2025;
 * `powerplatform-cu`: the same with its compute unit. `logic`: flows before.
 */
export type UrlShape = 'webhookb2' | 'refreshed' | 'outlook' | 'powerplatform' | 'powerplatform-cu' | 'logic';

/** The shapes of each kind; the first is the usual one. */
export const shapes = {
  connector: ['webhookb2', 'refreshed', 'outlook'],
  workflow: ['powerplatform', 'powerplatform-cu', 'logic'],
} as const;

/** What an address is made of. */
export interface AddressParts {
  readonly shape: UrlShape;
  readonly tenant: string;
  readonly provider: string;
}

/** An address: what identifies the webhook (`path`), the whole of it, and the signature of a flow's. */
export interface Address {
  readonly path: string;
  readonly query: string;
  readonly sig: string | null;
}

const hex32 = () => `${SECRET_MARK}${randomBytes(10).toString('hex')}`;

/** 43 characters of base64url, as of 32 bytes. */
const signature = () => `${SECRET_MARK}${randomBytes(32).toString('base64url').slice(SECRET_MARK.length)}`;

/** A fresh address. It is a credential: whoever has it may post. */
export function createAddress({ shape, tenant, provider }: AddressParts): Address {
  const tail = `${randomUUID()}@${tenant}/${provider}/${hex32()}/${randomUUID()}`;
  switch (shape) {
    case 'webhookb2':
      return { path: `/webhookb2/${tail}`, query: '', sig: null };
    case 'refreshed':
      return {
        path: `/webhookb2/${tail}/V2${signature()}`,
        query: '',
        sig: null,
      };
    case 'outlook':
      return { path: `/webhook/${tail}`, query: '', sig: null };
    case 'powerplatform':
      return flow(`/powerautomate/automations/direct/workflows/${hex32()}`, '1');
    case 'powerplatform-cu':
      return flow(`/powerautomate/automations/direct/cu/17/workflows/${hex32()}`, '1');
    case 'logic':
      return flow(`/workflows/${hex32()}`, '2016-06-01');
  }
}

function flow(path: string, version: string): Address {
  const sig = signature();
  const query = `?api-version=${version}&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${sig}`;
  return { path: `${path}/triggers/manual/paths/invoke`, query, sig };
}
