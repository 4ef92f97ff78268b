/** Puts together the keys by which issuers sign people's tokens: one set for each address, whoever asks. */
import { createEntraKeys, type EntraKeys } from '../../shared/identity/entra-keys-client.ts';
import * as parts from './parts.ts';

const known = new Map<string, EntraKeys>();

/** The keys at an address of our settings; fetched before the first token comes where tokens are expected at all. */
export async function issuerKeys(url: string): Promise<EntraKeys> {
  const [{ ENTRA_CLIENT_ID }, { elapsed }] = await Promise.all([parts.config(), parts.clock()]);
  const keys = known.get(url) ?? createEntraKeys({ url, elapsed, log: parts.log });
  if (!known.has(url) && ENTRA_CLIENT_ID !== undefined) void keys.start();
  known.set(url, keys);
  return keys;
}
