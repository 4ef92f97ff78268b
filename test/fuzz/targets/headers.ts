/** Headers of requests: CloudEvents in binary mode, sessions, ETags, origins, bearers, cookies. */
import fc from 'fast-check';
import { readBearer } from '../../../shared/actions/card-answer.ts';
import { readHttpEvents } from '../../../shared/events/http-events.ts';
import { createSessions } from '../../../shared/identity/session.ts';
import { requireKnownOrigin } from '../../../shared/identity/session-request.ts';
import { createSignedTokens } from '../../../shared/identity/signed-token.ts';
import { readCookie } from '../../../shared/platform/cookies.ts';
import { readIfMatch } from '../../../shared/platform/if-match.ts';
import { nearlyText, text } from '../inputs.ts';
import { orRefused } from '../refusals.ts';
import type { Target } from '../target.ts';
import { toHeader } from './http-bodies.ts';
import { EVENT } from './right.ts';
import { ring } from './ring.ts';

const NOW = Date.parse('2026-11-21T09:00:00Z');
const tokens = createSignedTokens({ keys: ring, now: () => NOW });
const sessions = createSessions(tokens);
const CLAIMS = { account: 'acme', person: { sub: 'ada' } };
const BEARER = tokens.signNow({ purpose: 'bearer', claims: CLAIMS, lifetimeSeconds: 900 });
const COOKIE = tokens.signNow({ purpose: 'cookie', claims: CLAIMS, lifetimeSeconds: 900 });

const RIGHT: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'content-type': [
    'application/json',
    'application/cloudevents+json; charset=utf-8',
    'application/json;charset=utf-16',
  ],
  'ce-specversion': ['1.0'],
  'ce-id': ['8f2c', 'a%20b', '%E2%82%AC'],
  'ce-source': ['https://builds.example/acme'],
  'ce-type': ['build.failed'],
  'ce-time': ['2026-11-21T09:00:00Z'],
  'ce-account': ['acme'],
  'ce-severity': ['error'],
  authorization: [`Bearer ${BEARER}`, 'Bearer', 'bearer a.b.c'],
  cookie: [`__Host-tidings-session=${COOKIE}; other=1`, '=; =; a'],
  'x-requested-with': ['tidings'],
  'if-match': ['"3"', '*', 'W/"3"'],
  origin: ['https://builds.example', 'null'],
};

/** The target. */
export const headers: Target = {
  name: 'headers',
  inputs: fc.record({
    method: fc.constantFrom('GET', 'POST', 'PATCH'),
    headers: fc
      .tuple(
        ...Object.entries(RIGHT).map(([name, right]) =>
          fc.option(
            fc
              .oneof(
                { weight: 4, arbitrary: fc.constantFrom(...right) },
                { weight: 1, arbitrary: nearlyText(...right) },
              )
              .map((value) => [name, value]),
            { freq: 4 },
          ),
        ),
      )
      .map((pairs) => Object.fromEntries(pairs.filter((pair) => pair !== null))),
    body: fc.oneof(fc.constant(JSON.stringify(EVENT.data)), text),
  }),
  async run(input) {
    const { method, headers: given, body } = input as { method: string; headers: Record<string, string>; body: string };
    const headers = new Headers(
      Object.entries(given).map(([name, value]): [string, string] => [name, toHeader(value)]),
    );
    const events = await orRefused(() => `${readHttpEvents(headers, body).length}`);
    const session = await orRefused(async () =>
      (await sessions.read({ method, headers })).account === 'acme' ? 'in' : 'odd',
    );
    const match = await orRefused(() => String(typeof readIfMatch(headers.get('if-match'), 'required')));
    const origin = await orRefused(() => String(requireKnownOrigin({ headers } as never, ['https://builds.example'])));
    const bearer = await orRefused(() => (readBearer(headers) === '' ? 'empty' : 'some'));
    const cookie = readCookie(headers.get('cookie'), 'other') === undefined ? 'none' : 'some';
    return [events, session, match, origin, bearer, cookie].join(' | ');
  },
};
