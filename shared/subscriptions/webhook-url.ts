/** Which addresses we may post to: an exact list of Microsoft's hosts and paths, and what each says of the webhook. Facts: docs/microsoft.md. */
import type { Webhook, WebhookKind } from './webhook.ts';
import type { WebhookRefusal } from './webhook-refusals.ts';

/** A host for local and test webhooks, from the setting WEBHOOK_HOSTS_EXTRA. */
export interface ExtraHost {
  readonly kind: WebhookKind;
  readonly origin: string;
}

/** A webhook we may call, and what its address says. */
export interface RecognisedWebhook {
  /** `url` is the text that was given: it was refused if any parser could read it in another way. */
  readonly webhook: Webhook;
  /** The Entra tenant that a connector's address names. */
  readonly tenant?: string;
  /** The same for every spelling of this webhook, for example with another signature: what may be claimed once. */
  readonly identity: string;
  /** Host as people may see it, without the part that names their organisation. */
  readonly shownHost: string;
}

interface Rule {
  readonly kind: WebhookKind;
  /** The host itself, or with a dot in front: any host under it. */
  readonly host: string;
  readonly path: RegExp;
}

const GUID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
// No percent signs, commas or semicolons in a path: no real address has them, and servers differ in reading them.
const SEGMENTS = '(?:/[A-Za-z0-9_.~=+-]+)+';
const CONNECTOR_PATH = new RegExp(`^/webhook(?:b2)?/${GUID}@(${GUID})${SEGMENTS}$`);
const RULES: readonly Rule[] = [
  { kind: 'connector', host: 'outlook.office.com', path: CONNECTOR_PATH },
  { kind: 'connector', host: 'outlook.office365.com', path: CONNECTOR_PATH },
  { kind: 'connector', host: '.webhook.office.com', path: CONNECTOR_PATH },
  { kind: 'workflow', host: '.logic.azure.com', path: new RegExp(`^/workflows${SEGMENTS}$`) },
  {
    kind: 'workflow',
    host: '.environment.api.powerplatform.com',
    path: new RegExp(`^/powerautomate/automations/direct(?:/cu/\\d+)?/workflows${SEGMENTS}$`),
  },
];

/** Real addresses stay under 500 characters. */
const MAX_URL_CHARS = 2048;
/** What RFC 3986 lets stand in an address; backslashes, quotes, tabs and other letters are read differently by different parsers. */
const URL_TEXT = /^[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+$/;
const LABELS = /^(?:(?!xn--)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*$/;

/** Says what an address is, or why we may not post to it. Trim what a person pasted before. */
export function recogniseWebhook(
  given: string,
  extraHosts: readonly ExtraHost[] = [],
): RecognisedWebhook | { readonly refused: WebhookRefusal } {
  if (given.length > MAX_URL_CHARS) return { refused: 'too-long' };
  if (!URL_TEXT.test(given)) return { refused: given === '' ? 'not-an-address' : 'strange-characters' };
  if (!URL.canParse(given)) return { refused: 'not-an-address' };
  const url = new URL(given);
  const authority = /^[^/]*\/\/([^/?#]*)/.exec(given)?.[1] ?? '';
  if (authority.includes('@') || url.username !== '' || url.password !== '') return { refused: 'user-info' };
  if (given.includes('#')) return { refused: 'fragment' };

  const extra = extraFor(url, extraHosts);
  if (extra !== undefined) return recogniseExtra(given, url, extra);
  if (url.protocol !== 'https:') return { refused: 'not-https' };
  if (url.port !== '') return { refused: 'port' };
  return recogniseMicrosoft(given, url);
}

/** True when both tenants are known and differ. Where one is not known the owner's session is all there is. */
export function isOfAnotherTenant({ tenant }: Pick<RecognisedWebhook, 'tenant'>, owners: string | undefined): boolean {
  return tenant !== undefined && owners !== undefined && owners.toLowerCase() !== tenant;
}

function recogniseMicrosoft(given: string, url: URL): RecognisedWebhook | { readonly refused: WebhookRefusal } {
  if (/^[\d.]+$|^\[/.test(url.hostname)) return { refused: 'ip-address' };
  const rule = RULES.find((each) => isUnder(url.hostname, each.host));
  if (rule === undefined) return { refused: 'host' };
  if (!isAsWritten(given, url)) return { refused: 'not-as-issued' };
  const path = rule.path.exec(url.pathname);
  if (path === null) return { refused: 'path' };
  if (rule.kind === 'connector' && url.search !== '') return { refused: 'query' };
  // Without its signature a flow answers 401, whatever is posted: the address was cut off when it was copied.
  if (rule.kind === 'workflow' && !url.searchParams.get('sig')) return { refused: 'no-signature' };
  const tenant = path[1]?.toLowerCase();
  return {
    webhook: { kind: rule.kind, url: given },
    ...(tenant === undefined ? {} : { tenant }),
    identity: `${url.hostname}${url.pathname}`.toLowerCase(),
    shownHost: rule.host.startsWith('.') ? `…${rule.host}` : rule.host,
  };
}

/** A stand-in for Microsoft has webhooks of both kinds at one origin: then the path tells, as it does in life. */
function extraFor(url: URL, extraHosts: readonly ExtraHost[]): ExtraHost | undefined {
  const here = extraHosts.filter((each) => each.origin === url.origin);
  const looksLike = RULES.find(({ path }) => path.test(url.pathname))?.kind;
  return here.find(({ kind }) => kind === looksLike) ?? here[0];
}

function recogniseExtra(
  given: string,
  url: URL,
  { kind }: ExtraHost,
): RecognisedWebhook | { readonly refused: WebhookRefusal } {
  if (!isAsWritten(given, url)) return { refused: 'not-as-issued' };
  const tenant = CONNECTOR_PATH.exec(url.pathname)?.[1]?.toLowerCase();
  return {
    webhook: { kind, url: given },
    ...(tenant === undefined || kind === 'workflow' ? {} : { tenant }),
    identity: given,
    shownHost: url.host,
  };
}

function isUnder(hostname: string, host: string): boolean {
  if (!host.startsWith('.')) return hostname === host;
  const labels = hostname.slice(0, -host.length + 1); // with the dot: "contoso."
  return hostname.endsWith(host) && labels !== '.' && LABELS.test(labels);
}

/** True when parsing changed nothing: no dot segments, capitals in the host, other ways to write a number or a port. */
function isAsWritten(given: string, url: URL): boolean {
  const defaultPort = url.protocol === 'https:' ? ':443' : ':80';
  const rest = `${url.pathname}${url.search}`;
  return given === `${url.origin}${rest}` || given === `${url.protocol}//${url.hostname}${defaultPort}${rest}`;
}
