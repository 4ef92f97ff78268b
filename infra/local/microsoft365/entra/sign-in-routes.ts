/** Signing in at Entra: the page on which somebody says who they are and agrees, and the exchange of codes for tokens. */
import { readForm } from '../http/body.ts';
import { html } from '../http/html.ts';
import { page } from '../http/page.ts';
import { type Call, json, type Reply, type Route, reply, route } from '../http/router.ts';
import type { World } from '../world/world.ts';
import type { Codes } from './codes.ts';
import type { Tokens } from './tokens.ts';

/** What signing in needs. */
export interface SignInParts {
  readonly world: World;
  readonly tokens: Tokens;
  readonly codes: Codes;
}

/** The routes of signing in; the form works without a browser. */
export function signInRoutes(parts: SignInParts): Route[] {
  const cors = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'content-type' };
  return [
    route('GET', '/:tenant/oauth2/v2.0/authorize', ({ url, params }) =>
      ask(parts, params['tenant'] ?? '', url.searchParams),
    ),
    route('POST', '/:tenant/oauth2/v2.0/authorize', (call) => decide(parts, call)),
    route('OPTIONS', '/:tenant/oauth2/v2.0/token', () => ({ status: 204, headers: cors })),
    route('POST', '/:tenant/oauth2/v2.0/token', (call) => exchange(parts, call, cors)),
  ];
}

const asked = [
  'client_id',
  'redirect_uri',
  'response_type',
  'response_mode',
  'state',
  'nonce',
  'scope',
  'code_challenge',
];

function ask({ world }: SignInParts, tenant: string, query: URLSearchParams): Reply {
  const fault = whyRefused(world, query);
  if (fault !== undefined) return signInPage(400, html`<h1>Sign in</h1><p class="notice">${fault}</p>`);
  const hint = query.get('login_hint');
  const users = world.users.filter((user) => ['common', 'organizations', user.tenant].includes(tenant));
  return signInPage(
    200,
    html`<h1>Sign in to ${world.app.name}</h1>
      <form method="post">
        ${asked.map((name) => html`<input type="hidden" name="${name}" value="${query.get(name) ?? ''}">`)}
        <fieldset><legend>Pick an account</legend>${users.map(
          ({ oid, name, upn }, at) => html`<label class="choice">
            <input type="radio" name="user" value="${oid}" ${(hint === null ? at === 0 : hint === upn) ? html`checked` : undefined}>
            <span>${name}</span><small>${upn}</small></label>`,
        )}</fieldset>
        <p>${world.app.name} wants to sign you in and to read your name.</p>
        <p class="buttons"><button name="decision" value="accept" class="primary">Accept</button>
          <button name="decision" value="cancel">Cancel</button></p>
      </form>`,
  );
}

const signInPage = (status: number, content: ReturnType<typeof html>): Reply =>
  reply(status, 'text/html', page({ title: 'Sign in', body: html`<main class="card narrow">${content}</main>` }).html, {
    // Entra refuses to be framed: sign-in pages need a window of their own.
    'content-security-policy': "frame-ancestors 'none'",
    'x-frame-options': 'DENY',
  });

function whyRefused({ app }: World, query: URLSearchParams): string | undefined {
  if (query.get('client_id') !== app.clientId) return 'AADSTS700016: the application was not found in the directory.';
  const redirect = query.get('redirect_uri') ?? '';
  const registered = new URL(app.configurationUrl).origin;
  if (!URL.canParse(redirect) || new URL(redirect).origin !== registered)
    return 'AADSTS50011: the redirect address is not one that was registered.';
  return undefined;
}

async function decide({ world, tokens, codes }: SignInParts, call: Call): Promise<Reply> {
  const form = await readForm(call);
  const fault = whyRefused(world, form);
  if (fault !== undefined) return json(400, { error: 'invalid_request', error_description: fault });
  const redirectUri = form.get('redirect_uri') ?? '';
  const user = world.user(form.get('user') ?? undefined);
  const nonce = form.get('nonce') || null;
  const state = form.get('state') || null;
  const answer = new URLSearchParams(state === null ? {} : { state });
  const byIdToken = (form.get('response_type') ?? 'code').includes('id_token');
  if (form.get('decision') !== 'accept' || user.consent === 'refused') {
    answer.append('error', 'access_denied');
    answer.append('error_description', 'AADSTS65004: the person declined to consent.');
  } else if (byIdToken) {
    answer.append('id_token', await tokens.issue({ kind: 'id', user, claims: nonce === null ? {} : { nonce } }));
  } else {
    const clientId = form.get('client_id') ?? '';
    answer.append(
      'code',
      codes.issue({ user, clientId, redirectUri, nonce, challenge: form.get('code_challenge') || null }),
    );
  }
  if (form.get('response_mode') === 'form_post') return postBack(redirectUri, answer);
  const separator = byIdToken || form.get('response_mode') === 'fragment' ? '#' : '?';
  return reply(302, 'text/plain', '', { location: `${redirectUri}${separator}${answer}` });
}

/** Entra posts its answer through the browser, with a script, or with a button where there is none. */
function postBack(redirectUri: string, answer: URLSearchParams): Reply {
  const inputs = [...answer].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);
  return signInPage(
    200,
    html`<form method="post" action="${redirectUri}">${inputs}<p><button class="primary">Continue</button></p></form>
      <script>document.forms[0].submit();</script>`,
  );
}

async function exchange(
  { tokens, codes, world }: SignInParts,
  call: Call,
  cors: Record<string, string>,
): Promise<Reply> {
  const form = await readForm(call);
  const grant = form.get('grant_type') === 'authorization_code' ? codes.redeem(form) : undefined;
  if (grant === undefined)
    return json(400, { error: 'invalid_grant', error_description: 'AADSTS70008: the code is not valid.' }, cors);
  const claims = grant.nonce === null ? {} : { nonce: grant.nonce };
  return json(
    200,
    {
      token_type: 'Bearer',
      expires_in: 3_600,
      scope: 'openid profile access_as_user',
      access_token: await tokens.issue({ kind: 'sso', user: grant.user, claims: { azp: world.app.clientId } }),
      id_token: await tokens.issue({ kind: 'id', user: grant.user, claims }),
    },
    cors,
  );
}
