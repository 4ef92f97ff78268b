/** The vault's TLS certificate: made at the first start, kept beside its data, never committed. */
import { X509Certificate } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';

const DAY_MS = 86_400_000;
const VALID_DAYS = 365;

/** What the server shows and what clients trust: it signs itself, so both are one. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
  readonly caPath: string;
}

/** The certificate kept in `dir`, or a new one when there is none or it ends within a day. */
export async function openCertificate(dir: string): Promise<Certificate> {
  const caPath = join(dir, 'ca.pem');
  const keyPath = join(dir, 'key.pem');
  const kept = await readBoth(caPath, keyPath);
  if (kept !== undefined && Date.parse(new X509Certificate(kept.cert).validTo) > Date.now() + DAY_MS) {
    return { ...kept, caPath };
  }
  const made = await generate([{ name: 'commonName', value: 'Tidings local Key Vault' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + VALID_DAYS * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 7, ip: '127.0.0.1' },
          { type: 2, value: 'localhost' },
        ],
      },
    ],
  });
  await writeFile(keyPath, made.private, { mode: 0o600 });
  await writeFile(caPath, made.cert);
  return { key: made.private, cert: made.cert, caPath };
}

async function readBoth(caPath: string, keyPath: string): Promise<{ key: string; cert: string } | undefined> {
  try {
    const [cert, key] = await Promise.all([readFile(caPath, 'utf8'), readFile(keyPath, 'utf8')]);
    return { cert, key };
  } catch {
    return undefined;
  }
}
