/** What a host tells a framed page about itself, the place and the person: the answer to `getContext`. */
import type { HostName } from '../entra/claims.ts';
import type { World } from '../world/world.ts';
import type { ConfigurationDialog } from './connectors.ts';

/** What the person chose in the host. */
export interface HostLook {
  readonly host: HostName;
  readonly theme: string;
  readonly locale: string;
}

/** The context, in the flat form that the library takes apart. Source: `app.getContext` of @microsoft/teams-js. */
export function hostContext(world: World, { place, user, connector, purpose }: ConfigurationDialog, look: HostLook) {
  const teamId = `19:${world.app.appId.slice(0, 8)}-${place.team ?? place.id}@thread.tacv2`;
  return {
    hostName: look.host === 'teams' ? 'Teams' : 'Outlook',
    hostClientType: 'web',
    theme: look.theme,
    locale: look.locale,
    sessionId: crypto.randomUUID(),
    appSessionId: crypto.randomUUID(),
    frameContext: purpose === 'remove' ? 'remove' : 'settings',
    entityId: connector?.config.entityId ?? '',
    userObjectId: user.oid,
    userPrincipalName: user.upn,
    loginHint: user.upn,
    userDisplayName: user.name,
    tid: user.tenant,
    ...(place.kind === 'channel'
      ? {
          channelId: place.id,
          channelName: place.name,
          channelType: 'Regular',
          teamId,
          teamName: place.team,
          groupId: place.id,
        }
      : {}),
    ...(place.kind === 'group' ? { groupId: place.id } : {}),
  };
}
