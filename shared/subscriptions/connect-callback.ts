/** What Office 365's picker sends back, parsed. Facts: docs/microsoft.md, "Connect to Office 365". */
import { z } from 'zod';
import { cleanName } from './clean-name.ts';
import { ConnectRefusedError, InvalidCallbackError } from './connect-errors.ts';
import type { Target } from './subscription.ts';

/** A channel, group or inbox that was chosen. All of it came through a browser. */
export interface ConnectCallback {
  readonly state: string;
  readonly webhookUrl: string;
  readonly appType: Target['appType'];
  readonly name: string;
  /** The Entra object id of who chose, says the browser: a hint, never an identity. */
  readonly userObjectId?: string | undefined;
}

/** An inbox has no `group_name`; a group's can be missing too. */
const NAMES: Readonly<Record<Target['appType'], string>> = {
  mail: 'Inbox',
  groups: 'Outlook group',
  teams: 'Teams channel',
};

const querySchema = z.object({
  state: z.string().min(1).max(4096),
  webhook_url: z.string().min(1).max(4096),
  app_type: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['mail', 'groups', 'teams'])), // documents have "groups" and "Groups"
  group_name: z
    .string()
    .optional()
    .transform((name) => cleanName(name ?? '')),
  user_objectId: z.guid().toLowerCase().optional().catch(undefined),
});

/** Parses the query. @throws ConnectRefusedError for an error, InvalidCallbackError for what Office 365 does not send. */
export function parseConnectCallback(query: URLSearchParams): ConnectCallback {
  const error = query.get('error');
  if (error !== null) throw new ConnectRefusedError(error.toLowerCase() === 'accessdenied' ? 'denied' : 'failed');
  for (const name of Object.keys(querySchema.shape)) {
    const values = query.getAll(name);
    // Two values, or bytes that are not UTF-8: whoever reads the other one would see something else.
    if (values.length > 1 || values[0]?.includes('\uFFFD')) throw new InvalidCallbackError(name);
  }
  const parsed = querySchema.safeParse(Object.fromEntries(query));
  if (!parsed.success) throw new InvalidCallbackError(String(parsed.error.issues[0]?.path[0]));
  const { state, webhook_url, app_type, group_name, user_objectId } = parsed.data;
  const name = group_name === '' ? NAMES[app_type] : group_name;
  return { state, webhookUrl: webhook_url, appType: app_type, name, userObjectId: user_objectId };
}
