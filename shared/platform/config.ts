/** Settings: the only reader of the environment. Each is explained in docs/configuration.md, which a check compares with this file. */
import { z } from 'zod';
import { ConnectorError } from './errors.ts';
import { ENTRA_ISSUERS, issuerRule, OWNER_ISSUER } from './issuers.ts';
import { isLoopback } from './loopback.ts';

const origin = z.string().refine((url) => {
  if (!URL.canParse(url)) return false;
  const { protocol, search, hash } = new URL(url);
  return search === '' && hash === '' && (protocol === 'https:' || (protocol === 'http:' && isLoopback(url)));
}, 'an https address without query or fragment (http on loopback only)');
const list = z.string().transform((text) => text.split(/[\s,]+/).filter((part) => part !== ''));
const issuers = list.transform((names, context) => {
  for (const name of names) {
    if (issuerRule(name) === undefined)
      context.addIssue(`issuers such as ${ENTRA_ISSUERS[0]}, with {tid} for the tenant; not "${name}"`);
  }
  return names;
});
const number = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

const webhookHosts = z.string().transform((text, context) =>
  text
    .split(/[\s,]+/)
    .filter(Boolean)
    .flatMap((pair) => {
      const [, kind, url] = /^(connector|workflow)=(https?:\/\/[^/?#]+)$/.exec(pair) ?? [];
      if ((kind === 'connector' || kind === 'workflow') && url !== undefined && URL.canParse(url)) {
        return [{ kind, origin: new URL(url).origin } as const];
      }
      context.addIssue(`pairs such as connector=http://127.0.0.1:7072, separated by commas; not "${pair}"`);
      return [];
    }),
);

/** The protocol's times, in seconds: `lease=180,post=30,margin=60,takeover=30`. Scaled down by endurance tests only. */
const protocolTimes = z.string().transform((text, context) => {
  const times = { lease: 180, post: 30, margin: 60, takeover: 30 };
  for (const pair of text.split(',').filter(Boolean)) {
    const [, name, seconds] = /^(lease|post|margin|takeover)=(\d{1,4})$/.exec(pair.trim()) ?? [];
    if (name === undefined) context.addIssue(`pairs such as lease=20, separated by commas; not "${pair}"`);
    else times[name as keyof typeof times] = Number(seconds);
  }
  return {
    leaseMs: times.lease * 1e3,
    postMs: times.post * 1e3,
    marginMs: times.margin * 1e3,
    takeoverMs: times.takeover * 1e3,
  };
});

const insightsConnection = z
  .string()
  .refine(
    (text) => /(?:^|;)InstrumentationKey=[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:;|$)/i.test(text),
    'the connection string of an Application Insights resource: InstrumentationKey=…;IngestionEndpoint=…',
  );

/** As the Functions host reads it: `Authorization=AAD`, with `ClientId=…` for a user-assigned identity. */
const insightsIdentity = z.string().transform((text, context) => {
  const pairs = new Map(text.split(';').map((pair) => [pair.split('=')[0]?.trim(), pair.split('=')[1]?.trim()]));
  if (pairs.get('Authorization') !== 'AAD') context.addIssue('Authorization=AAD, with ClientId=… before it');
  return { clientId: pairs.get('ClientId') };
});

/** Every setting, by its name in the environment. */
export const settings = {
  PUBLIC_URL: origin.transform((url) => url.replace(/\/+$/, '')),
  KEY_VAULT_URL: origin,
  AzureWebJobsStorage: z.string().optional(),
  AzureWebJobsStorage__accountName: z.string().optional(),
  AzureWebJobsStorage__queueServiceUri: z.url().optional(),
  AzureWebJobsStorage__tableServiceUri: z.url().optional(),
  CATALOGUE: z.string(),
  ACCOUNT_FROM: z.enum(['tenant', 'product']).default('product'),
  ALLOWED_TENANTS: list.default([]),
  SIGN_IN_URL: origin.optional(),
  SETUP_TOKEN_ISSUER: z.string().optional(),
  SETUP_TOKEN_ALGORITHM: z.enum(['HS256', 'ES256']).default('HS256'),
  SETUP_TOKEN_JWKS: z.string().optional(),
  CONNECTOR_APP_ID: z.string().optional(),
  CONNECT_URL: origin.default('https://outlook.office.com/connectors/Connect'),
  ENTRA_CLIENT_ID: z.string().optional(),
  ENTRA_ISSUER: z
    .string()
    .refine((name) => issuerRule(name)?.form === 'v2', 'the v2 issuer of Entra, with {tid} for the tenant')
    .default(OWNER_ISSUER),
  ACTION_ISSUERS: issuers.default(ENTRA_ISSUERS),
  ACTION_AUDIENCE: z.string().optional(),
  FRAME_ANCESTORS_EXTRA: list.default([]),
  WEBHOOK_HOSTS_EXTRA: webhookHosts.default([]),
  CARD_BUDGET_BYTES: number(4_000, 28_000).default(18_000),
  APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnection.optional(),
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: insightsIdentity.optional(),
  TRACES_PER_SECOND: number(0, 1_000).default(5),
  CLOCK_FILE: z.string().optional(),
  PROTOCOL_TIMES: protocolTimes.prefault(''),
};

const schema = z.object(settings);

/** What must hold between settings, looked at even where some have faults of their own. */
function faultsBetween(given: Readonly<Record<string, string | undefined>>): [name: string, message: string][] {
  const faults: [string, string][] = [];
  const publicUrl = given['PUBLIC_URL'] ?? '';
  const isPublic = URL.canParse(publicUrl) && !isLoopback(publicUrl);
  for (const name of ['WEBHOOK_HOSTS_EXTRA', 'ENTRA_ISSUER', 'CLOCK_FILE', 'PROTOCOL_TIMES']) {
    if (isPublic && given[name] !== undefined)
      faults.push([name, 'is for development and tests: allowed only while PUBLIC_URL is on loopback']);
  }
  const issuers = (given['ACTION_ISSUERS'] ?? '').split(/[\s,]+/);
  if (isPublic && issuers.some((name) => URL.canParse(name) && isLoopback(name)))
    faults.push(['ACTION_ISSUERS', 'names an issuer on loopback: allowed only while PUBLIC_URL is there too']);
  const storage = ['AzureWebJobsStorage', 'AzureWebJobsStorage__accountName', 'AzureWebJobsStorage__tableServiceUri'];
  if (storage.every((name) => given[name] === undefined)) {
    faults.push(['AzureWebJobsStorage', 'or AzureWebJobsStorage__accountName must say where queues and tables are']);
  }
  if (given['SETUP_TOKEN_ALGORITHM'] === 'ES256' && given['SETUP_TOKEN_JWKS'] === undefined) {
    faults.push(['SETUP_TOKEN_JWKS', 'is needed with SETUP_TOKEN_ALGORITHM=ES256: the https address of the key set']);
  }
  return faults;
}

/** The settings, checked. */
export type Config = z.infer<typeof schema>;

/** Settings do not parse; the message lists every fault, never a value. */
export class InvalidSettingsError extends ConnectorError {
  readonly code = 'unavailable';
  readonly status = 503;
}

/** What is wrong with one setting; the message never repeats its value. */
export interface SettingFault {
  readonly name: string;
  readonly message: string;
}

/** The environment as it is, the host's settings among it: for who looks at more than the app's own. */
export function readEnvironment(): Readonly<Record<string, string | undefined>> {
  return { ...process.env };
}

/** Every fault of the app's settings; none: `parseConfig` takes them. */
export function settingFaults(environment: Readonly<Record<string, string | undefined>>): readonly SettingFault[] {
  return judge(environment).faults;
}

/**
 * Parses the settings once, at start; empty means missing.
 * @throws InvalidSettingsError that names every fault at once.
 */
export function parseConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const { parsed, faults } = judge(environment);
  if (parsed !== undefined && faults.length === 0) return parsed;
  const lines = faults.map(({ name, message }) => `  ${name}: ${message}`);
  throw new InvalidSettingsError(`The settings are not usable:\n${lines.join('\n')}\nSee docs/configuration.md.`);
}

function judge(environment: Readonly<Record<string, string | undefined>>) {
  const given = Object.fromEntries(Object.keys(settings).map((name) => [name, environment[name]?.trim() || undefined]));
  const parsed = schema.safeParse(given);
  const faults: SettingFault[] = [
    ...(parsed.error?.issues ?? []).map(({ path: [name = 'settings'], code, message }) => {
      const missing = given[String(name)] === undefined && code === 'invalid_type';
      return { name: String(name), message: missing ? 'is missing' : message };
    }),
    ...faultsBetween(given).map(([name, message]) => ({ name, message })),
  ];
  return { parsed: parsed.data, faults };
}

const STORE_SETTINGS = [
  'KEY_VAULT_URL',
  'AzureWebJobsStorage',
  'AzureWebJobsStorage__accountName',
  'AzureWebJobsStorage__queueServiceUri',
  'AzureWebJobsStorage__tableServiceUri',
] as const;

/** Where storage and vault are: all that the operator's commands need. */
export type StoreConfig = Pick<Config, (typeof STORE_SETTINGS)[number]>;

/** What the operator's commands know of the app besides: `PUBLIC_URL` only where it is set, since most commands need none. */
export type OperatorConfig = StoreConfig &
  Pick<Config, 'WEBHOOK_HOSTS_EXTRA' | 'CLOCK_FILE'> & {
    readonly PUBLIC_URL: string | undefined;
    readonly isLocal: boolean;
  };

/**
 * Parses these. Where the environment says nothing of storage and vault, `local` is taken: the system that `npm start` runs.
 * @throws InvalidSettingsError that names every fault at once.
 */
export function parseOperatorConfig(
  local: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): OperatorConfig {
  const isLocal = STORE_SETTINGS.every((name) => (environment[name]?.trim() ?? '') === '');
  const names = [...STORE_SETTINGS, 'PUBLIC_URL', 'WEBHOOK_HOSTS_EXTRA', 'CLOCK_FILE'] as const;
  const given = isLocal
    ? local
    : Object.fromEntries(names.map((name) => [name, environment[name]?.trim() || undefined]));
  const parsed = parseConfig({
    CATALOGUE: 'not used',
    ...given,
    PUBLIC_URL: given['PUBLIC_URL'] ?? 'https://not-used.invalid',
  });
  return { ...parsed, PUBLIC_URL: given['PUBLIC_URL'] === undefined ? undefined : parsed.PUBLIC_URL, isLocal };
}
