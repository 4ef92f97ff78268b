import { InvalidSettingsError, parseConfig } from '../../../shared/platform/config.ts';
import { isLoopback } from '../../../shared/platform/loopback.ts';

const LOCAL = {
  PUBLIC_URL: 'http://127.0.0.1:7071',
  KEY_VAULT_URL: 'https://127.0.0.1:8443',
  AzureWebJobsStorage: 'UseDevelopmentStorage=true',
  CATALOGUE: 'catalogue.json',
};

function faultsOf(environment: Record<string, string | undefined>): string {
  try {
    parseConfig(environment);
    return 'none';
  } catch (error) {
    if (error instanceof InvalidSettingsError) return error.message;
    throw error;
  }
}

describe('settings', () => {
  it('have defaults for all but where things are', () => {
    const config = parseConfig(LOCAL);

    expect(config).toMatchObject({
      ACCOUNT_FROM: 'product',
      SETUP_TOKEN_ALGORITHM: 'HS256',
      CONNECT_URL: 'https://outlook.office.com/connectors/Connect',
      CARD_BUDGET_BYTES: 18_000,
      WEBHOOK_HOSTS_EXTRA: [],
      PROTOCOL_TIMES: { leaseMs: 180_000, postMs: 30_000, marginMs: 60_000, takeoverMs: 30_000 },
    });
  });

  it('say all their faults at once', () => {
    const faults = faultsOf({ CARD_BUDGET_BYTES: '99999', ACCOUNT_FROM: 'nowhere' });

    for (const name of ['PUBLIC_URL', 'KEY_VAULT_URL', 'CATALOGUE', 'CARD_BUDGET_BYTES', 'ACCOUNT_FROM'])
      expect(faults).toContain(`${name}:`);
    expect(faults).toContain('PUBLIC_URL: is missing');
  });

  it.each([
    ['ClientId=one;Authorization=AAD', { clientId: 'one' }],
    ['Authorization=AAD', { clientId: undefined }],
  ])('read %s as the Functions host does', (text, identity) => {
    const config = parseConfig({ ...LOCAL, APPLICATIONINSIGHTS_AUTHENTICATION_STRING: text });

    expect(config.APPLICATIONINSIGHTS_AUTHENTICATION_STRING).toEqual(identity);
  });

  it('refuse telemetry that nobody could send, and repeat none of it', () => {
    const faults = faultsOf({
      ...LOCAL,
      APPLICATIONINSIGHTS_CONNECTION_STRING: 'InstrumentationKey=canary',
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ApiKey=canary',
    });

    expect(faults).toContain('APPLICATIONINSIGHTS_CONNECTION_STRING: the connection string');
    expect(faults).toContain('APPLICATIONINSIGHTS_AUTHENTICATION_STRING: Authorization=AAD');
    expect(faults).not.toContain('canary');
  });

  it('that are empty are missing', () => {
    expect(faultsOf({ ...LOCAL, CATALOGUE: ' ' })).toContain('CATALOGUE: is missing');
  });

  it.each([
    ['plain http', 'http://tidings.example'],
    ['a query', 'https://tidings.example/?a=1'],
    ['a fragment', 'https://tidings.example/#a'],
    ['no address', 'tidings'],
    ['another scheme', 'ftp://tidings.example'],
  ])('refuse %s as PUBLIC_URL', (_, url) => {
    expect(faultsOf({ ...LOCAL, PUBLIC_URL: url })).toContain('PUBLIC_URL: an https address');
  });

  it.each(['http://localhost:1', 'http://127.0.0.1', 'http://[::1]:1', 'https://tidings.example/app/'])(
    'take %s as PUBLIC_URL, without a slash at its end',
    (url) => {
      expect(parseConfig({ ...LOCAL, PUBLIC_URL: url }).PUBLIC_URL).toBe(url.replace(/\/$/, ''));
    },
  );

  it('allow webhooks on this machine and a set clock only to an app on this machine', () => {
    const faults = faultsOf({
      ...LOCAL,
      PUBLIC_URL: 'https://tidings.example',
      WEBHOOK_HOSTS_EXTRA: 'connector=http://127.0.0.1:1',
      CLOCK_FILE: 'clock.json',
    });

    expect(faults).toContain('WEBHOOK_HOSTS_EXTRA:');
    expect(faults).toContain('CLOCK_FILE:');
  });

  it('read pairs of webhook hosts, and refuse what is none', () => {
    const config = parseConfig({
      ...LOCAL,
      WEBHOOK_HOSTS_EXTRA: 'connector=http://127.0.0.1:7072, workflow=http://localhost:7072',
    });

    expect(config.WEBHOOK_HOSTS_EXTRA).toEqual([
      { kind: 'connector', origin: 'http://127.0.0.1:7072' },
      { kind: 'workflow', origin: 'http://localhost:7072' },
    ]);
    expect(faultsOf({ ...LOCAL, WEBHOOK_HOSTS_EXTRA: 'teams=http://127.0.0.1' })).toContain(
      'not "teams=http://127.0.0.1"',
    );
  });

  it('scale the times of the protocol', () => {
    expect(parseConfig({ ...LOCAL, PROTOCOL_TIMES: 'lease=20,post=3' }).PROTOCOL_TIMES).toEqual({
      leaseMs: 20_000,
      postMs: 3_000,
      marginMs: 60_000,
      takeoverMs: 30_000,
    });
    expect(faultsOf({ ...LOCAL, PROTOCOL_TIMES: 'lease=fast' })).toContain('PROTOCOL_TIMES:');
  });

  it('know who may sign: Entra unless told otherwise, a stand-in on loopback only', () => {
    const standIn = 'http://localhost:7072/{tid}/v2.0';

    expect(parseConfig(LOCAL).ACTION_ISSUERS).toEqual([
      'https://login.microsoftonline.com/{tid}/v2.0',
      'https://sts.windows.net/{tid}/',
    ]);
    expect(parseConfig({ ...LOCAL, ACTION_ISSUERS: standIn }).ACTION_ISSUERS).toEqual([standIn]);
    expect(faultsOf({ ...LOCAL, ACTION_ISSUERS: 'https://evil.example/{tid}/v2.0' })).toContain('ACTION_ISSUERS:');
    expect(faultsOf({ ...LOCAL, PUBLIC_URL: 'https://tidings.example', ACTION_ISSUERS: standIn })).toContain(
      'ACTION_ISSUERS: names an issuer on loopback',
    );
  });

  it('need a place for queues and tables, and a key set for ES256', () => {
    const faults = faultsOf({ ...LOCAL, AzureWebJobsStorage: undefined, SETUP_TOKEN_ALGORITHM: 'ES256' });

    expect(faults).toContain('AzureWebJobsStorage:');
    expect(faults).toContain('SETUP_TOKEN_JWKS:');
  });

  it('never say a value that may be a secret', () => {
    expect(faultsOf({ AzureWebJobsStorage: 'AccountKey=canary', KEY_VAULT_URL: 'canary' })).not.toContain('canary');
  });
});

describe('loopback', () => {
  it.each([
    ['http://127.0.0.1', true],
    ['http://127.1.2.3', true],
    ['http://localhost:7071', true],
    ['http://[::1]', true],
    ['http://127.0.0.1.evil.example', false],
    ['http://localhost.evil.example', false],
    ['http://10.0.0.1', false],
  ])('%s: %s', (url, expected) => {
    expect(isLoopback(url)).toBe(expected);
  });
});
