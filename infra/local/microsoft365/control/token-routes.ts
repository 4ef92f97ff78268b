/** `/_control` for tokens: any of them, good or with one thing changed, and the rotation of the keys. */
import type { HostName, TokenKind } from '../entra/claims.ts';
import type { SigningKey } from '../entra/keys.ts';
import { isRecord, readJson } from '../http/body.ts';
import { json, type Route, route } from '../http/router.ts';
import type { Control } from './control.ts';
import { oneOf, textOf } from './parse.ts';

const kinds: readonly TokenKind[] = ['sso', 'id', 'action-v2', 'action-v1', 'action-legacy', 'flow'];
const hosts: readonly HostName[] = ['teams', 'outlook'];
const keys: readonly SigningKey[] = ['current', 'unknown', 'impostor'];

/** The routes of tokens and keys. */
export function tokenRoutes({ tokens, rotateKeys, world }: Control): Route[] {
  return [
    route('POST', '/_control/tokens', async (call) => {
      const fields = await readJson(call);
      const { claims, header } = fields;
      const token = await tokens.issue({
        kind: oneOf(fields, 'kind', kinds) ?? 'sso',
        user: world.user(textOf(fields, 'user')),
        host: oneOf(fields, 'host', hosts),
        target: textOf(fields, 'target'),
        key: oneOf(fields, 'key', keys),
        claims: isRecord(claims) ? claims : undefined,
        header: isRecord(header) ? header : undefined,
      });
      return json(201, { token });
    }),
    route('POST', '/_control/keys/rotate', async (call) => {
      await rotateKeys((await readJson(call))['drop'] === true ? 'drop-old' : 'keep-old');
      return json(200, {});
    }),
  ];
}
