/** What each kind of token says. Sources: README.md, "Entra and the action service". */
import { createHash, randomUUID } from 'node:crypto';
import type { ConnectorApp } from '../world/connector-app.ts';
import type { User } from '../world/people.ts';
import { SECRET_MARK } from '../world/secret-mark.ts';
import { type Issuers, issuerFor } from './issuers.ts';

/** `sso`: getAuthToken. `id`: signing in through the pop-up. `action-*`: what comes with a pressed button. `flow`: calling a flow that is not for *Anyone*. */
export type TokenKind = 'sso' | 'id' | 'action-v2' | 'action-v1' | 'action-legacy' | 'flow';

/** Where somebody is when a page asks for their token. */
export type HostName = 'teams' | 'outlook';

/** What a token is made from. */
export interface TokenSubject {
  readonly kind: TokenKind;
  readonly user: User;
  readonly app: ConnectorApp;
  readonly issuers: Issuers;
  /** Seconds since 1970. */
  readonly now: number;
  readonly host: HostName;
  /** Where a button leads, for the older tokens, whose audience is that site. */
  readonly target: string;
}

/** Microsoft's action service. */
export const ACTION_SERVICE = '48af08dc-f6d2-435f-b2a7-069abd99c086';

/** The hosts' own applications, as pre-authorised for single sign-on. */
export const HOST_CLIENTS: Readonly<Record<HostName, string>> = {
  teams: '5e3ce6c0-2b1f-4285-8d4b-75ee78787346',
  outlook: 'bc59ab01-8403-45c6-8796-ac3ef710b3e3',
};

/** The audience of a bearer that triggers a flow. */
export const FLOW_AUDIENCE = 'https://service.flow.microsoft.com/';

type Claims = Readonly<Record<string, string | number>>;

/** The claims of a token. */
export function claimsOf(subject: TokenSubject): Claims {
  const { kind, user, app, issuers, host, target } = subject;
  const v2 = { iss: issuerFor(issuers.v2, user.tenant), ver: '2.0' };
  const v1 = { iss: issuerFor(issuers.v1, user.tenant), ver: '1.0' };
  switch (kind) {
    case 'sso':
      return { ...v2, ...person(subject, app.clientId), scp: 'access_as_user', azp: HOST_CLIENTS[host], azpacr: '0' };
    case 'id':
      return { ...v2, ...person(subject, app.clientId) };
    case 'action-v2':
      return { ...v2, ...person(subject, app.actionClientId), scp: 'Actions.Invoke', azp: ACTION_SERVICE, azpacr: '2' };
    case 'action-v1':
      return {
        ...v1,
        ...person(subject, app.actionAudience),
        scp: 'Actions.Invoke',
        appid: ACTION_SERVICE,
        appidacr: '2',
      };
    case 'flow':
      return { ...v1, ...person(subject, FLOW_AUDIENCE), appid: randomUUID() };
    case 'action-legacy':
      return {
        ...times(subject),
        iss: issuers.legacy,
        aud: new URL(target).origin,
        appid: ACTION_SERVICE,
        appidacr: '2',
        acr: '0',
        // For connectors the object id; mail has the address here, and `sender` beside it.
        sub: user.oid,
        tid: user.tenant,
        ver: 'STI.ExternalAccessToken.V1',
        jti: `${SECRET_MARK}-${randomUUID()}`,
      };
  }
}

function times({ now }: TokenSubject): Claims {
  return { iat: now, nbf: now - 300, exp: now + 3_600 };
}

function person(subject: TokenSubject, aud: string): Claims {
  const { user } = subject;
  return {
    ...times(subject),
    aud,
    oid: user.oid,
    tid: user.tenant,
    name: user.name,
    preferred_username: user.upn,
    // Pairwise: another one for each application, and never the object id.
    sub: createHash('sha256').update(`${user.oid} ${aud}`).digest('base64url'),
    uti: `${SECRET_MARK}-${randomUUID()}`,
  };
}
