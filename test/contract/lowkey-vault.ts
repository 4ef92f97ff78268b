/** Lowkey Vault, an emulator of Key Vault by others (https://github.com/nagyesta/lowkey-vault), as a process of its own. */
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'node:tls';
import { findFreePort } from '../../infra/local/ports.ts';

/** A running one. */
export interface LowkeyVault {
  readonly url: string;
  /** Its certificate, which signs itself, as PEM. */
  readonly ca: string;
  stop(): Promise<void>;
}

const START_LIMIT_MS = 150_000;
const LOOK_MS = 500;

/** Starts it from its jar. @throws Error with what it said when it does not listen in time. */
export async function startLowkeyVault(jar: string): Promise<LowkeyVault> {
  const port = await findFreePort();
  const said: string[] = [];
  const java = spawn('java', ['-jar', jar, `--server.port=${port}`], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => java.once('close', resolve).once('error', resolve));
  for (const output of [java.stdout, java.stderr]) output.on('data', (chunk) => said.push(String(chunk)));
  const stop = async () => {
    java.kill();
    await ended;
  };
  for (const end = performance.now() + START_LIMIT_MS; ; await sleep(LOOK_MS)) {
    const ca = await readCertificate(port).catch(() => undefined);
    if (ca !== undefined) return { url: `https://localhost:${port}`, ca, stop };
    if (java.exitCode === null && performance.now() < end) continue;
    await stop();
    throw new Error(`Lowkey Vault did not start. It said:\n${said.join('').slice(-2_000)}`);
  }
}

/** What it shows to whoever connects: made by itself, so there is nobody else to ask. */
function readCertificate(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: 'localhost', port, rejectUnauthorized: false }, () => {
      const { raw } = socket.getPeerCertificate();
      socket.destroy();
      const lines = raw.toString('base64').match(/.{1,64}/g) ?? [];
      resolve(`-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`);
    });
    socket.once('error', reject);
  });
}
