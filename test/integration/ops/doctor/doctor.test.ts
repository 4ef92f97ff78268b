/** Each check of `doctor` with that thing alone broken: it is found, nothing else is, and what is said to type, typed word for word, mends it. */
import { rm, writeFile } from 'node:fs/promises';
import { APP_SETTINGS, AZURE, BY_KEY, type Condition, FUNCTION_KEY, LOCAL } from './condition.ts';
import { aPatient } from './patient.ts';

type Patient = Awaited<ReturnType<typeof aPatient>>;
let patient: Patient;
beforeAll(async () => {
  patient = await aPatient();
}, 120_000);
afterAll(() => patient?.stop());
beforeEach(() => {
  patient.reset();
});

const YEAR = 400 * 24 * 3_600_000;
const key = (bytes: number) => Buffer.alloc(bytes, 7).toString('base64url');
const inShell = (change: object) => (one: Patient) => Object.assign(one.is, { given: { ...AZURE, ...change } });
const onThisMachine = (change: object) => (one: Patient) => Object.assign(one.is, { given: { ...LOCAL, ...change } });
const ofTheApp = (change: object) => (one: Patient) =>
  Object.assign(one.is, { appSettings: { ...APP_SETTINGS, ...change } });
const when = (change: Partial<Condition>) => (one: Patient) => Object.assign(one.is, change);
const hostJson = (path: string, value: unknown) => (one: Patient) =>
  one.editHostJson((json) => {
    const parts = path.split('.');
    const last = parts.pop() ?? '';
    const at = parts.reduce<Record<string, unknown>>((value, part) => value[part] as Record<string, unknown>, json);
    at[last] = value;
  });

type Case = readonly [name: string, check: string, breakIt: (one: Patient) => unknown];

const SETTINGS: readonly Case[] = [
  ['PUBLIC_URL is missing', 'settings', inShell({ PUBLIC_URL: '' })],
  ['CATALOGUE is missing', 'settings', inShell({ CATALOGUE: undefined })],
  ['KEY_VAULT_URL is missing', 'settings', inShell({ KEY_VAULT_URL: '' })],
  ['KEY_VAULT_URL is missing on this machine', 'settings', onThisMachine({ KEY_VAULT_URL: '' })],
  ['nothing says where storage is', 'settings', inShell({ AzureWebJobsStorage__accountName: '' })],
  ['nothing says where storage is on this machine', 'settings', onThisMachine({ AzureWebJobsStorage: '' })],
  ['PUBLIC_URL is none', 'settings', inShell({ PUBLIC_URL: 'tidings' })],
  ['a number is out of range', 'settings', inShell({ CARD_BUDGET_BYTES: '99' })],
  ['a word is none of the two', 'settings', inShell({ ACCOUNT_FROM: 'heaven' })],
  ['an issuer is none', 'settings', inShell({ ACTION_ISSUERS: 'https://elsewhere.example' })],
  [
    'webhooks of tests are allowed in public',
    'settings',
    inShell({ WEBHOOK_HOSTS_EXTRA: 'connector=http://127.0.0.1:1' }),
  ],
  ['a clock file is set in public', 'settings', inShell({ CLOCK_FILE: '/tmp/clock' })],
  ['ES256 has no key set', 'settings', inShell({ SETUP_TOKEN_ALGORITHM: 'ES256' })],
  ['the app has no PUBLIC_URL', 'settings', ofTheApp({ PUBLIC_URL: '' })],
  ['the app has a bad number', 'settings', ofTheApp({ CARD_BUDGET_BYTES: 'many' })],
  ['an empty connection string stands beside the identity', 'settings', ofTheApp({ AzureWebJobsStorage: '' })],
  ['the host answers the landing page', 'settings', ofTheApp({ AzureWebJobsDisableHomepage: 'false' })],
  ['the host does not know to sign in', 'settings', ofTheApp({ AzureWebJobsStorage__credential: '' })],
  ['the host does not know as whom', 'settings', ofTheApp({ AzureWebJobsStorage__clientId: '' })],
  ['the app does not know as whom', 'settings', ofTheApp({ AZURE_CLIENT_ID: '' })],
];

const HOST: readonly Case[] = [
  ...(
    [
      ['version', '3.0'],
      ['functionTimeout', '00:10:00'],
      ['extensionBundle', undefined],
      ['extensionBundle.version', '[2.*, 3.0.0)'],
      ['extensions.http.routePrefix', 'api'],
      ['extensions.queues.messageEncoding', 'base64'],
      ['extensions.queues.batchSize', 16],
      ['extensions.queues.newBatchThreshold', 8],
      ['extensions.queues.maxPollingInterval', '00:01:00'],
      ['extensions.queues.maxDequeueCount', 1],
      ['extensions.queues.visibilityTimeout', undefined],
    ] as const
  ).map(([path, value]): Case => [`${path} is ${value}`, 'host settings', hostJson(path, value)]),
  ['host.json is no JSON', 'host settings', ({ dir }) => writeFile(`${dir}/host.json`, '{')],
  [
    'a setting goes over host.json',
    'host settings',
    inShell({ AzureFunctionsJobHost__extensions__queues__batchSize: '1' }),
  ],
  [
    'one of the app does',
    'host settings',
    ofTheApp({ azurefunctionsjobhost__extensions__queues__messageencoding: 'base64' }),
  ],
];

const REACH: readonly Case[] = [
  ['the storage account is another', 'reachability', inShell({ AzureWebJobsStorage__accountName: 'stother' })],
  ['the vault is another', 'reachability', inShell({ KEY_VAULT_URL: 'https://kv-other.vault.azure.net' })],
  ['the app’s storage account is another', 'reachability', ofTheApp({ AzureWebJobsStorage__accountName: 'stother' })],
  ['storage’s network keeps you out', 'reachability', when({ tables: 'no way in', queues: 'no way in' })],
  [
    'the vault’s network keeps you out',
    'reachability',
    ({ keyVault }) => keyVault.faults.add({ fault: { is: 'forbidden', because: 'ForbiddenByConnection' } }),
  ],
  [
    'nothing runs on this machine',
    'reachability',
    (one) => {
      onThisMachine({})(one);
      Object.assign(one.is, { isUp: false });
    },
  ],
];

const ROLES: readonly Case[] = [
  ['tables may not be read', 'roles', when({ tables: 'no role' })],
  ['tables may not be written', 'roles', when({ tables: 'read' })],
  ['queues may not be read', 'roles', when({ queues: 'no role' })],
  ['queues may not be written', 'roles', when({ queues: 'read' })],
  [
    'secrets may not be read',
    'roles',
    ({ keyVault }) => keyVault.faults.add({ fault: { is: 'forbidden', because: 'ForbiddenByRbac' } }),
  ],
  [
    'secrets may not be removed',
    'roles',
    ({ keyVault }) => keyVault.faults.add({ fault: { is: 'forbidden', because: 'ForbiddenByRbac' }, method: 'DELETE' }),
  ],
  [
    'the account takes no keys',
    'settings',
    (one) => {
      inShell({ AzureWebJobsStorage__accountName: undefined, AzureWebJobsStorage: BY_KEY })(one);
      when({ takesKeys: false })(one);
    },
  ],
  ['nobody is signed in', 'roles', when({ signedIn: false })],
];

const STORED: readonly Case[] = [
  ['a queue is not there', 'queues', ({ storage }) => storage.queue('digests').delete()],
  [
    'two queues are not there',
    'queues',
    ({ storage }) => Promise.all([storage.queue('connector-events').delete(), storage.queue('events-poison').delete()]),
  ],
  ['a table is not there', 'tables', ({ storage }) => storage.table('due').deleteTable()],
  [
    'a table is not there on this machine',
    'tables',
    async (one) => {
      onThisMachine({})(one);
      await one.storage.table('once').deleteTable();
    },
  ],
];

const KEYS: readonly Case[] = [
  ['a key is not there', 'keys', ({ forget }) => forget('signing-key')],
  ['a key was deleted', 'keys', ({ vault }) => vault.remove('signing-key')],
  [
    'a key was deleted on this machine',
    'keys',
    async (one) => {
      onThisMachine({})(one);
      await one.vault.remove('setup-key');
    },
  ],
  [
    'a key is not there on this machine',
    'keys',
    async (one) => {
      onThisMachine({})(one);
      await one.forget('sealing-key');
    },
  ],
  [
    'the only version of a key is none',
    'keys',
    async ({ vault, forget }) => {
      await forget('signing-key');
      await vault.write('signing-key', key(16));
    },
  ],
  ['a version beside good ones is none', 'keys', ({ vault }) => vault.write('sealing-key', 'short')],
  [
    'the product’s key is too short',
    'keys',
    async ({ vault, forget }) => {
      await forget('setup-key');
      await vault.write('setup-key', 'a-password');
    },
  ],
  [
    'a key is older than a year',
    'keys',
    async (one) => {
      await one.forget('signing-key');
      one.ageSecrets(YEAR);
      await one.vault.write('signing-key', key(32));
      one.ageSecrets(0);
    },
  ],
];

const REST: readonly Case[] = [
  ['the clock is ahead', 'clock', when({ clockAheadMs: 90_000 })],
  ['the clock is behind', 'clock', when({ clockAheadMs: -90_000 })],
  ['the catalogue was not built', 'catalogue', ({ catalogue }) => rm(catalogue)],
  ['the catalogue is elsewhere', 'catalogue', inShell({ CATALOGUE: 'nowhere.json' })],
  [
    'the catalogue is none',
    'catalogue',
    async (one) => {
      await writeFile(`${one.dir}/mine.json`, '{"product":{}}');
      inShell({ CATALOGUE: 'mine.json' })(one);
    },
  ],
  ['the app’s catalogue is elsewhere', 'catalogue', ofTheApp({ CATALOGUE: 'nowhere.json' })],
  ['the app does not answer', 'app', when({ app: 'down' })],
  ['something else answers', 'app', when({ app: 'another' })],
  ['the app does not start', 'app', when({ app: 'stuck' })],
  ['the function key is another', 'app', inShell({ TIDINGS_KEY: 'old' })],
  [
    'the app lacks a role',
    'app',
    (one) => {
      inShell({ TIDINGS_KEY: FUNCTION_KEY })(one);
      one.is.app = 'lacks a role';
    },
  ],
  [
    'the app does not reach what you reach',
    'app',
    (one) => {
      inShell({ TIDINGS_KEY: FUNCTION_KEY })(one);
      one.is.app = 'cannot reach storage';
    },
  ],
];

it.each<[string, (one: Patient) => unknown]>([
  ['of Azure by its settings in the shell', inShell({})],
  ['of Azure by the app’s own settings', ofTheApp({})],
  ['on this machine', onThisMachine({})],
  ['whose app says itself that it is well', inShell({ TIDINGS_KEY: FUNCTION_KEY })],
  [
    'whose product signs with keys of its own',
    inShell({ SETUP_TOKEN_ALGORITHM: 'ES256', SETUP_TOKEN_JWKS: 'https://product.example/keys' }),
  ],
])('finds nothing in a system %s', async (_, make) => {
  await make(patient);

  const { out, exitCode, findings } = await patient.doctor();

  expect(out).toMatch(/All is well\.\n$/);
  expect(exitCode).toBe(0);
  expect(findings.map(({ is }) => is)).toEqual(findings.map(() => 'well'));
});

it.each([...SETTINGS, ...HOST, ...REACH, ...ROLES, ...STORED, ...KEYS, ...REST])(
  'when %s: it is found under %s, and typing what is said mends it',
  async (_, check, breakIt) => {
    await breakIt(patient);

    const before = await patient.doctor();
    await patient.follow(before.out);
    const after = await patient.doctor();

    expect([...new Set(before.ills.map((one) => one.check))]).toEqual([check]);
    expect(before.exitCode).toBe(1);
    expect(after.ills).toEqual([]);
    expect(after.exitCode).toBe(0);
  },
);

it('says all of it as JSON too', async () => {
  patient.is.clockAheadMs = 90_000;

  const { out, exitCode } = await patient.doctor('--json');
  const { well, findings } = JSON.parse(out);

  expect([well, exitCode]).toEqual([false, 1]);
  expect(findings).toContainEqual({
    check: 'clock',
    is: 'ill',
    says: expect.stringMatching(/^this machine is \d+ s ahead of storage; 60 s are allowed$/),
    mend: { why: expect.any(String), run: ['sudo timedatectl set-ntp true'] },
  });
});

it('leaves out what it cannot know, and does not call it ill', async () => {
  patient.is.given = { ...AZURE, PUBLIC_URL: undefined, CATALOGUE: undefined };

  const { findings, exitCode } = await patient.doctor();

  expect(exitCode).toBe(0);
  expect(findings.filter(({ is }) => is === '–').map(({ check }) => check)).toEqual(['settings', 'catalogue', 'app']);
});

it('repeats no secret of the settings', async () => {
  const secret = 'c2VjcmV0LWtleQ';
  patient.is.given = {
    ...AZURE,
    AzureWebJobsStorage: `AccountName=stother;AccountKey=${secret}`,
    CARD_BUDGET_BYTES: secret,
    TIDINGS_KEY: secret,
  };

  const { out } = await patient.doctor();

  expect(out).toContain('CARD_BUDGET_BYTES');
  expect(out).not.toContain(secret);
});
