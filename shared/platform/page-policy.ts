/** The headers of pages that run our own script: what may load, who may frame them, what is told to others. */
import { createHash } from 'node:crypto';

/**
 * Hosts that frame a connector's page: Teams, Outlook, Microsoft 365.
 * Source: Microsoft's "Tab requirements", the table of Content-Security-Policy headers.
 */
const MICROSOFT_HOSTS = [
  'https://*.cloud.microsoft',
  'https://teams.microsoft.com',
  'https://*.teams.microsoft.com',
  'https://*.microsoft365.com',
  'https://*.office.com',
  'https://outlook.office.com',
  'https://outlook.office365.com',
  'https://outlook-sdf.office.com',
  'https://outlook-sdf.office365.com',
];
/** TeamsJS reads the list of hosts it may speak to from here. Source: its `validOrigins.ts`. */
const TEAMS_JS_HOSTS = 'https://res.cdn.office.net';

/** What a page may do beyond its own site. */
export interface PagePolicy {
  /** `microsoft`: Teams and Outlook may frame it, and these origins. */
  readonly framedBy: { readonly microsoft: true; readonly extra: readonly string[] } | 'nobody';
  /** A style sheet that stands in the page itself. */
  readonly style?: string;
  /** Anyone may keep the page for so long; none: nobody may. */
  readonly cacheSeconds?: number;
}

/** The headers. Scripts and styles are files of ours only; pictures may be anyone's, since cards have pictures. */
export function pageHeaders({ framedBy, style, cacheSeconds }: PagePolicy): Readonly<Record<string, string>> {
  const ancestors = framedBy === 'nobody' ? ["'none'"] : [...MICROSOFT_HOSTS, ...framedBy.extra];
  const styles = style === undefined ? [] : [`'sha256-${createHash('sha256').update(style).digest('base64')}'`];
  const policy = {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'", ...styles],
    'img-src': ["'self'", 'https:', 'data:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'", TEAMS_JS_HOSTS],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ancestors,
  };
  const directives = Object.entries(policy).map(([name, values]) => `${name} ${values.join(' ')}`);
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': directives.join('; '),
    'cache-control': cacheSeconds === undefined ? 'no-store' : `public, max-age=${cacheSeconds}`,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    // Browsers heed it over https only: on loopback it does nothing.
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
  };
}
