/** The command `doctor`. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readCatalogue } from '../../../shared/events/catalogue-client.ts';
import { readEnvironment } from '../../../shared/platform/config.ts';
import { isLoopback } from '../../../shared/platform/loopback.ts';
import { createSecretsVault } from '../../../shared/platform/secrets-vault.ts';
import { createStorage } from '../../../shared/platform/storage-client.ts';
import { projectDir } from '../../build-app.ts';
import { OpsCallError } from '../call-error.ts';
import type { Ops, Terminal } from '../create-ops.ts';
import { localCertificate, localSystem } from '../local-system.ts';
import { countText, jsonText } from '../print.ts';
import { type DiagnoseDeps, diagnose } from './diagnose.ts';
import type { Finding } from './finding.ts';
import type { Given } from './place.ts';
import { readSettingsFile } from './settings.ts';

/** What the command works on: the process's own, unless a test says else. */
export interface DoctorDeps extends DiagnoseDeps {
  readonly environment: Given;
}

interface Choice {
  readonly settings?: string;
  readonly json?: boolean;
}

/** Adds it. */
export function addDoctor({ program, terminal, ended }: Ops, deps: DoctorDeps = ownDeps()): void {
  program
    .command('doctor')
    .description(
      'looks at settings, host settings, storage, roles, tables, queues, keys, clock, catalogue and the app, and says how to mend what is ill; changes nothing; exit 1 when something is ill',
    )
    .option(
      '--settings <file>',
      'the app’s settings, as "az functionapp config appsettings list" or local.settings.json has them; - reads standard input. Without it: the environment, or where that says nothing the local system',
    )
    .option('--json', 'prints the findings as one JSON object')
    .addHelpText(
      'after',
      '\nWith a function key in TIDINGS_KEY the app says itself what it reaches with its own roles.',
    )
    .action(async ({ settings, json }: Choice) => {
      const findings = await diagnose(deps, await patientOf(terminal, deps.environment, settings));
      const isWell = findings.every(({ is }) => is !== 'ill');
      terminal.out(json === true ? jsonText({ well: isWell, findings }) : textOf(findings));
      ended(isWell ? 0 : 1);
    });
}

async function patientOf(terminal: Terminal, environment: Given, file: string | undefined) {
  const key = environment['TIDINGS_KEY']?.trim() || undefined;
  if (file !== undefined) {
    const given = readSettingsFile(await readText(terminal, file));
    if (given === undefined)
      throw new OpsCallError(`${file} holds no settings: a JSON list of names and values, or local.settings.json.`);
    return { given, source: 'app settings', key } as const;
  }
  const says = ['PUBLIC_URL', 'KEY_VAULT_URL', 'AzureWebJobsStorage', 'AzureWebJobsStorage__accountName'];
  const isSet = says.some((name) => (environment[name]?.trim() ?? '') !== '');
  return { given: isSet ? environment : { ...localSystem, ...environment }, source: 'environment', key } as const;
}

async function readText({ stdin }: Terminal, file: string): Promise<string> {
  try {
    if (file !== '-') return await readFile(file, 'utf8');
  } catch {
    throw new OpsCallError(`${file} cannot be read.`);
  }
  let text = '';
  for await (const part of stdin) text += part.toString();
  return text;
}

/** A line for each finding; under what is ill, the sentence and the lines to type, which stand alone. */
function textOf(findings: readonly Finding[]): string {
  const marks = { well: 'well', ill: 'ILL ', 'not looked at': '–   ' };
  const lines = findings.flatMap((finding) => [
    `${finding.check.padEnd(13)}  ${marks[finding.is]}  ${finding.says}`,
    ...(finding.is === 'ill'
      ? ['', `  ${finding.mend.why}`, ...finding.mend.run.map((line) => `    ${line}`), '']
      : []),
  ]);
  const ills = findings.filter(({ is }) => is === 'ill').length;
  const end = ills === 0 ? 'All is well.' : `${countText(ills, 'thing')} to mend. Then look again.`;
  return `${[...lines, '', end].join('\n').replaceAll(/\n{3,}/g, '\n\n')}\n`;
}

function ownDeps(): DoctorDeps {
  return {
    environment: readEnvironment(),
    open: async (config) => {
      const ca = isLoopback(config.KEY_VAULT_URL) ? localCertificate() : undefined;
      const vault = await createSecretsVault({ url: config.KEY_VAULT_URL, ...(ca === undefined ? {} : { ca }) });
      return { vault, storage: await createStorage(config) };
    },
    hostJson: () => readFile(join(projectDir, 'host.json'), 'utf8'),
    readCatalogue,
    request: fetch,
    now: Date.now,
  };
}
