/** The manifest of the Teams app: a connector, and nothing else. Sources: docs/microsoft.md; schema/. */
import type { Catalogue } from '../../shared/events/catalogue.ts';

/** What a manifest is made from. */
export interface ManifestInput {
  readonly catalogue: Catalogue;
  /** Address of the app, without a slash at its end. */
  readonly url: string;
  /** The connector's GUID, from its registration: the app's id too. */
  readonly connectorId: string;
  readonly version: string;
  /** The app's id in Entra, for single sign-on. */
  readonly entraClientId?: string | undefined;
}

const SCHEMA_VERSION = '1.29';

/** Shortens to `most` characters, at a word where there is one. */
function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  return `${cut.replace(/\s+\S*$/, '') || cut}…`;
}

/** The manifest as an object. Lengths are the schema's. */
export function teamsManifest({ catalogue, url, connectorId, version, entraClientId }: ManifestInput) {
  const { product, topics } = catalogue;
  const { name, supportUrl, privacyUrl, termsUrl, colour } = product;
  const names = topics.map((topic) => topic.name['en'] ?? topic.type);
  const { host } = new URL(url);
  return {
    $schema: `https://developer.microsoft.com/json-schemas/teams/v${SCHEMA_VERSION}/MicrosoftTeams.schema.json`,
    manifestVersion: SCHEMA_VERSION,
    version,
    id: connectorId,
    developer: { name: shorten(name, 32), websiteUrl: supportUrl, privacyUrl, termsOfUseUrl: termsUrl },
    name: { short: shorten(name, 30), full: shorten(`${name} for channels and groups`, 100) },
    description: {
      short: shorten(`${name} in your channels: what you choose, when you choose.`, 80),
      full: shorten(
        `Choose what ${name} tells a channel, how important it must be, and when: at once, or as a digest every hour, day, week or month in your time zone. ` +
          `Pause, change and remove it at any time. Topics: ${names.join(', ')}.`,
        4000,
      ),
    },
    icons: { color: 'color.png', outline: 'outline.png', color32x32: 'color32x32.png' },
    accentColor: colour,
    connectors: [{ connectorId, configurationUrl: `${url}/config`, scopes: ['team'] }],
    permissions: ['identity', 'messageTeamMembers'],
    validDomains: [host],
    ...(entraClientId === undefined
      ? {}
      : { webApplicationInfo: { id: entraClientId, resource: `api://${host}/${entraClientId}` } }),
  };
}
