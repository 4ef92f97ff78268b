/** `npm start`: the whole system on this machine, until Ctrl-C. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectDir } from '../build-app.ts';
import { type EmbeddedAzure, startEmbeddedAzure } from './embedded-azure.ts';
import { eraseData } from './local-data.ts';

const HELP = `npm start -- [flags]

  --fresh                  empties the data first
  --instances N            runs N processes of the function app on the same storage
  --dir DIR                where the data is kept (.local)
  --port N                 the function app (7071)
  --microsoft365-port N    the local Microsoft 365 (7072)
  --product-port N         the make-believe product that signs people in (7073)
  --key-vault-port N       the Key Vault (8443)
  --blob-port N  --queue-port N  --table-port N    Azurite (10000, 10001, 10002)
  --telemetry              collects what the app sends of itself
  --telemetry-port N       the collector (7074)
  --quiet                  does not show what the app writes
`;

const { values: flags } = parseArgs({
  options: {
    fresh: { type: 'boolean', default: false },
    instances: { type: 'string', default: '1' },
    dir: { type: 'string', default: join(projectDir, '.local') },
    port: { type: 'string', default: '7071' },
    'microsoft365-port': { type: 'string', default: '7072' },
    'product-port': { type: 'string', default: '7073' },
    'key-vault-port': { type: 'string', default: '8443' },
    'blob-port': { type: 'string', default: '10000' },
    'queue-port': { type: 'string', default: '10001' },
    'table-port': { type: 'string', default: '10002' },
    telemetry: { type: 'boolean', default: false },
    'telemetry-port': { type: 'string', default: '7074' },
    quiet: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

function numberOf(flag: 'instances' | 'port' | `${string}-port`): number {
  const text = String(flags[flag as keyof typeof flags]);
  const number = Number(text);
  const most = flag === 'instances' ? 16 : 65_535;
  if (Number.isInteger(number) && number >= 1 && number <= most) return number;
  throw new Error(`--${flag} takes a number from 1 to ${most}, not "${text}"`);
}

async function start(): Promise<EmbeddedAzure> {
  if (flags.fresh) await eraseData(flags.dir);
  const instances = numberOf('instances');
  return startEmbeddedAzure({
    dir: flags.dir,
    instances,
    telemetry: flags.telemetry ? 'collected' : 'off',
    ports: {
      ...(flags.telemetry ? { telemetry: numberOf('telemetry-port') } : {}),
      functions: numberOf('port'),
      microsoft365: numberOf('microsoft365-port'),
      product: numberOf('product-port'),
      keyVault: numberOf('key-vault-port'),
      azurite: { blob: numberOf('blob-port'), queue: numberOf('queue-port'), table: numberOf('table-port') },
    },
    onLine(line, instance) {
      if (!flags.quiet) console.log(instances > 1 ? `${instance}| ${line}` : line);
    },
  });
}

/** Signals may come at any time, also while starting, and more than once; a parent on Windows sends the word instead. */
function whenAsked(stop: () => Promise<void>): void {
  let asked = false;
  const ask = () => {
    if (asked) return;
    asked = true;
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
  process.on('message', (message) => message === 'shutdown' && ask());
}

async function main(): Promise<void> {
  const starting = start();
  whenAsked(async () => (await starting).stop());
  try {
    const { functions, microsoft365, product, collector } = await starting;
    console.log(`functions: ${functions.url}, data and function keys: ${flags.dir}`);
    console.log(`the make-believe product, whose users set channels up: ${product.url}`);
    if (collector !== undefined) console.log(`telemetry, table by table: ${collector.url}`);
    // performance.now() counts from the start of the process.
    console.log(`ready in ${Math.round(performance.now())} ms: open ${microsoft365.url}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

if (flags.help) console.log(HELP);
else await main();
