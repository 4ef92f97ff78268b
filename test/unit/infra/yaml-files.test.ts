/** Files for tools that are not here: azd, GitHub, Kubernetes, Docker. They parse, and name what is there. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { projectDir } from '../../../infra/build-app.ts';
import { settings } from '../../../shared/platform/config.ts';
import { QUEUES } from '../../../shared/platform/storage-client.ts';

const read = (path: string) => readFileSync(join(projectDir, path), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const hostJson = JSON.parse(read('host.json'));

interface Job {
  readonly strategy?: { readonly matrix: { readonly node: number[] } };
  readonly env?: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly run?: string; readonly uses?: string }[];
}
interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const workflow = (name: string) => parse(read(`.github/workflows/${name}`)) as Workflow;
const commandsOf = ({ jobs }: Workflow) =>
  Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => (run === undefined ? [] : [run])));

describe.each(readdirSync(join(projectDir, '.github/workflows')))('the workflow %s', (name) => {
  it('runs commands that a shell reads, and scripts that there are', () => {
    const commands = commandsOf(workflow(name)).map((command) => command.replaceAll(/\$\{\{.*?\}\}/g, 'X'));
    const named = commands.flatMap((command) =>
      [...command.matchAll(/npm run ([\w:-]+)/g)].map(([, script = '']) => script),
    );

    expect(commands.map((command) => spawnSync('bash', ['-n', '-c', command]).status)).toEqual(commands.map(() => 0));
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });

  it('holds no secret, and may do no more than it must', () => {
    expect(read(`.github/workflows/${name}`)).not.toMatch(/secrets\./);
    expect(workflow(name).permissions).toEqual(
      name === 'deploy.yml' ? { contents: 'read', 'id-token': 'write' } : { contents: 'read' },
    );
  });
});

it('is built and tested on Node.js 20, 22 and 24', () => {
  const { jobs } = workflow('ci.yml');

  expect(jobs['test']?.strategy?.matrix.node).toEqual([20, 22, 24]);
  expect(commandsOf(workflow('ci.yml'))).toContain('bash .ci/run');
});

it('deploys with every setting that an operator chooses', () => {
  const parameters = JSON.parse(read('infra/azure/main.parameters.json'));
  const chosen = Object.keys(parameters.parameters.settings.value);
  const { env = {} } = workflow('deploy.yml').jobs['deploy'] ?? { steps: [] };

  expect(chosen.filter((name) => env[name] !== `\${{ vars.${name} }}`)).toEqual([]);
});

describe('azure.yaml', () => {
  const azure = parse(read('azure.yaml'));

  it('deploys this folder, built here, to the app that carries its tag', () => {
    expect(azure.services.api).toMatchObject({ project: '.', host: 'function', remoteBuild: false });
    expect(read('infra/azure/app/function-app.bicep')).toContain("'azd-service-name': 'api'");
    expect(existsSync(join(projectDir, azure.infra.path, `${azure.infra.module}.bicep`))).toBe(true);
  });

  it('makes the keys afterwards, from an address that the template gives out', () => {
    const { posix, windows } = azure.hooks.postprovision;

    expect(spawnSync('bash', ['-n', '-c', posix.run]).status).toBe(0);
    expect(
      [posix.run, windows.run].every(
        (run: string) => run.includes('npm run --silent azure:keys') && run.includes('KEY_VAULT_URL'),
      ),
    ).toBe(true);
    expect(read('infra/azure/main.bicep')).toContain('output KEY_VAULT_URL string');
  });
});

describe('the container', () => {
  it('is scaled by queues that there are, as many messages as an instance takes at once', () => {
    const documents = parseAllDocuments(read('infra/kubernetes/tidings.yaml')).map((document) => document.toJS());
    const scaled = documents.find(({ kind }) => kind === 'ScaledObject');
    const triggers: { metadata: { queueName: string; queueLength: string } }[] = scaled.spec.triggers;
    const { batchSize, newBatchThreshold } = hostJson.extensions.queues;

    expect(triggers.map(({ metadata }) => metadata.queueName)).toEqual(['events', 'digests']);
    expect(triggers.every(({ metadata }) => QUEUES.some((name) => name === metadata.queueName))).toBe(true);
    expect(new Set(triggers.map(({ metadata }) => metadata.queueLength))).toEqual(
      new Set([String(batchSize + newBatchThreshold)]),
    );
    expect(scaled.spec.minReplicaCount).toBe(1);
  });

  it('is given settings that there are', () => {
    const documents = parseAllDocuments(read('infra/kubernetes/tidings.yaml')).map((document) => document.toJS());
    const env: { name: string }[] = documents.find(({ kind }) => kind === 'Deployment').spec.template.spec.containers[0]
      .env;

    expect(env.map(({ name }) => name).filter((name) => !(name in settings))).toEqual([]);
  });

  it('copies what a deployment copies', () => {
    const copied = [...read('Dockerfile').matchAll(/^COPY --from=build (.+) \S+$/gm)].flatMap(([, paths = '']) =>
      paths.split(' '),
    );

    expect(copied).toEqual(['/app/host.json', '/app/package.json', '/app/dist']);
  });
});

it('offers local settings that the app reads', () => {
  const { Values } = JSON.parse(read('local.settings.example.json')) as { Values: Record<string, string> };
  const hostsOwn = ['FUNCTIONS_WORKER_RUNTIME', 'AzureWebJobsDisableHomepage'];

  expect(Object.keys(Values).filter((name) => !(name in settings) && !hostsOwn.includes(name))).toEqual([]);
});
