/** Which addresses are webhooks: every real shape, and a table of hostile ones. */
import { parse as legacyParse } from 'node:url';
import fc from 'fast-check';
import { WebhookNotAllowedError } from '../../../shared/subscriptions/webhook-errors.ts';
import type { WebhookRefusal } from '../../../shared/subscriptions/webhook-refusals.ts';
import { type ExtraHost, recogniseWebhook } from '../../../shared/subscriptions/webhook-url.ts';

const G1 = '7a2c1c5e-3a51-4f3c-9f0d-0c9c5b1f2e3d';
const TENANT = '72f988bf-86f1-41af-91ab-2d7cd011db47';
const HEX = '0123456789abcdef0123456789abcdef';
const G2 = '11111111-2222-4333-8444-555555555555';
const CONNECTOR_TAIL = `${G1}@${TENANT}/IncomingWebhook/${HEX}/${G2}`;
const OUTLOOK = `https://outlook.office.com/webhook/${CONNECTOR_TAIL}`;
const TEAMS = `https://contoso.webhook.office.com/webhookb2/${CONNECTOR_TAIL}`;
const SIG = 'sig=AbC-dEf_0123456789~x';
const LOGIC = `https://prod-12.westeurope.logic.azure.com/workflows/${HEX}/triggers/manual/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&${SIG}`;
const POWER = `https://default72f988bf86f141af91ab2d7cd011db.47.environment.api.powerplatform.com/powerautomate/automations/direct/workflows/${HEX}/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&${SIG}`;

describe('real addresses', () => {
  it.each([
    ['outlook.office.com, the oldest', OUTLOOK, 'connector', 'outlook.office.com'],
    ['of a connector’s own id', OUTLOOK.replace('IncomingWebhook', G2), 'connector', 'outlook.office.com'],
    ['outlook.office365.com', OUTLOOK.replace('office.com', 'office365.com'), 'connector', 'outlook.office365.com'],
    ['webhook.office.com', TEAMS, 'connector', '….webhook.office.com'],
    ['webhook.office.com, refreshed', `${TEAMS}/V2Abc_-0123`, 'connector', '….webhook.office.com'],
    ['webhook.office.com with its port', TEAMS.replace('.com/', '.com:443/'), 'connector', '….webhook.office.com'],
    ['logic.azure.com', LOGIC, 'workflow', '….logic.azure.com'],
    ['logic.azure.com with its port', LOGIC.replace('.com/', '.com:443/'), 'workflow', '….logic.azure.com'],
    ['powerplatform.com', POWER, 'workflow', '….environment.api.powerplatform.com'],
    [
      'powerplatform.com with its port',
      POWER.replace('.com/', '.com:443/'),
      'workflow',
      '….environment.api.powerplatform.com',
    ],
    [
      'powerplatform.com with its unit',
      POWER.replace('/workflows', '/cu/17/workflows'),
      'workflow',
      '….environment.api.powerplatform.com',
    ],
  ])('%s', (_what, url, kind, shownHost) => {
    const recognised = recogniseWebhook(url);

    expect(recognised).toMatchObject({ webhook: { kind, url }, shownHost });
    expect('tenant' in recognised).toBe(kind === 'connector');
  });

  it('keeps the query to the letter, percent signs and all', () => {
    const odd = `${POWER}&x=%2f%2F%41+%20(a)!*;:,$`;

    const recognised = recogniseWebhook(odd);

    expect(recognised).toHaveProperty('webhook.url', odd);
  });

  it('gives the tenant in small letters, however it is written', () => {
    const recognised = recogniseWebhook(OUTLOOK.replace(TENANT, TENANT.toUpperCase()));

    expect(recognised).toHaveProperty('tenant', TENANT);
  });
});

describe('hostile and broken addresses', () => {
  const on = (host: string) => OUTLOOK.replace('outlook.office.com', host);
  const flowOn = (host: string) => POWER.replace(/\/\/[^/]+/, `//${host}`);

  it.each<[string, string, WebhookRefusal]>([
    // other hosts that look alike
    ['a host under another domain', on('outlook.office.com.evil.example'), 'host'],
    ['the host as a suffix of a label', on('evil-outlook.office.com'), 'host'],
    ['no dot before webhook', on('evilwebhook.office.com'), 'host'],
    ['webhook.office.com itself', on('webhook.office.com'), 'host'],
    ['an empty label before it', on('.webhook.office.com'), 'host'],
    ['two dots', on('contoso..webhook.office.com'), 'host'],
    ['another host of Microsoft’s', on('login.microsoftonline.com'), 'host'],
    ['the path of another domain', 'https://evil.example/outlook.office.com/webhook/x', 'host'],
    ['the query of another domain', 'https://evil.example/?https://outlook.office.com/webhook/', 'host'],
    ['a trailing dot', on('outlook.office.com.'), 'host'],
    ['a trailing dot after a suffix', on('contoso.webhook.office.com.'), 'host'],
    ['a digit for a letter', on('outl00k.office.com'), 'host'],
    ['another top-level domain', on('outlook.office.co'), 'host'],
    ['punycode before the suffix', on('xn--contoso-1ya.webhook.office.com'), 'host'],
    ['an underscore in a label', on('con_toso.webhook.office.com'), 'host'],
    ['localhost', 'https://localhost/webhook/x', 'host'],
    ['a name without dots', 'https://outlook/webhook/x', 'host'],
    ['logic.azure.com itself', flowOn('logic.azure.com'), 'host'],
    ['a look-alike of powerplatform', flowOn('x.environment.api.powerplatform.com.evil.example'), 'host'],
    ['powerplatform without environment', flowOn('x.api.powerplatform.com'), 'host'],
    // who the address pretends to be
    ['user info', 'https://outlook.office.com@evil.example/webhook/x', 'user-info'],
    ['user info on the right host', on('user@outlook.office.com'), 'user-info'],
    ['user and password', on('outlook.office.com:443@evil.example'), 'user-info'],
    ['an empty user', on('@outlook.office.com'), 'user-info'],
    ['an escaped user', on('%40@outlook.office.com'), 'user-info'],
    ['a fragment', `${OUTLOOK}#x`, 'fragment'],
    ['an empty fragment', `${OUTLOOK}#`, 'fragment'],
    ['a fragment for a host', 'https://evil.example#@outlook.office.com/webhook/x', 'fragment'],
    // other ports, schemes and numbers
    ['another port', on('outlook.office.com:8443'), 'port'],
    ['port 80', on('outlook.office.com:80'), 'port'],
    ['http', OUTLOOK.replace('https', 'http'), 'not-https'],
    ['http on 443', on('outlook.office.com:443').replace('https', 'http'), 'not-https'],
    ['ftp', OUTLOOK.replace('https', 'ftp'), 'not-https'],
    ['javascript', 'javascript:alert(1)//outlook.office.com/webhook/', 'not-https'],
    ['data', 'data:text/plain,https://outlook.office.com', 'not-https'],
    ['file', 'file:///etc/passwd', 'not-https'],
    ['an IPv4 address', 'https://127.0.0.1/webhook/x', 'ip-address'],
    ['the metadata service', 'https://169.254.169.254/latest/meta-data', 'ip-address'],
    ['IPv4 as one number', 'https://2130706433/webhook/x', 'ip-address'],
    ['IPv4 in hexadecimal', 'https://0x7f.0.0.1/webhook/x', 'ip-address'],
    ['IPv4 in octal', 'https://0177.0.0.1/webhook/x', 'ip-address'],
    ['IPv4 cut short', 'https://127.1/webhook/x', 'ip-address'],
    ['an IPv6 address', 'https://[::1]/webhook/x', 'ip-address'],
    ['IPv4 inside IPv6', 'https://[::ffff:127.0.0.1]/webhook/x', 'ip-address'],
    // characters that parsers read differently
    ['a backslash for a slash', 'https://evil.example\\@outlook.office.com/webhook/x', 'strange-characters'],
    ['backslashes for both', OUTLOOK.replace('//', '\\\\'), 'strange-characters'],
    ['a tab inside the host', on('outlook.off\tice.com'), 'strange-characters'],
    ['a line break inside', OUTLOOK.replace('/IncomingWebhook', '\n/IncomingWebhook'), 'strange-characters'],
    ['a carriage return and a header', `${OUTLOOK}\r\nHost: evil.example`, 'strange-characters'],
    ['a space before', ` ${OUTLOOK}`, 'strange-characters'],
    ['a space after', `${OUTLOOK} `, 'strange-characters'],
    ['a null byte', `${OUTLOOK}\0.evil.example`, 'strange-characters'],
    ['a full-width dot', on('outlook．office.com'), 'strange-characters'],
    ['an ideographic full stop', on('outlook。office.com'), 'strange-characters'],
    ['a Cyrillic letter', on('оutlook.office.com'), 'strange-characters'],
    ['a soft hyphen', on('out\u00ADlook.office.com'), 'strange-characters'],
    ['a zero-width space', on('outlook\u200B.office.com'), 'strange-characters'],
    ['a text direction override', `${OUTLOOK}\u202E`, 'strange-characters'],
    ['a full-width slash', 'https://outlook.office.com／webhook/x', 'strange-characters'],
    ['quotes', `"${OUTLOOK}"`, 'strange-characters'],
    ['angle brackets', `<${OUTLOOK}>`, 'strange-characters'],
    // the right host, written as nobody writes it
    ['capitals in the host', on('OUTLOOK.OFFICE.COM'), 'not-as-issued'],
    ['capitals in the scheme', OUTLOOK.replace('https', 'HTTPS'), 'not-as-issued'],
    ['an escaped letter in the host', on('%6Futlook.office.com'), 'not-as-issued'],
    ['one slash after the scheme', OUTLOOK.replace('//', '/'), 'not-as-issued'],
    ['three slashes', OUTLOOK.replace('//', '///'), 'not-as-issued'],
    ['no slashes', OUTLOOK.replace('//', ''), 'not-as-issued'],
    ['a port with a zero before it', on('outlook.office.com:0443'), 'not-as-issued'],
    ['an empty port', on('outlook.office.com:'), 'not-as-issued'],
    ['dots that go up', OUTLOOK.replace('/webhook/', '/webhook/../webhook/'), 'not-as-issued'],
    ['escaped dots that go up', OUTLOOK.replace('/webhook/', '/webhook/%2e%2E/webhook/'), 'not-as-issued'],
    ['a dot that stays', OUTLOOK.replace('/webhook/', '/./webhook/'), 'not-as-issued'],
    ['an apostrophe in the query', `${POWER}&x='`, 'not-as-issued'],
    // the right host, and not a webhook
    ['only the host', 'https://outlook.office.com', 'not-as-issued'],
    ['the start page', 'https://outlook.office.com/', 'path'],
    ['another path', 'https://outlook.office.com/mail/inbox', 'path'],
    ['a prefix that only looks like one', OUTLOOK.replace('/webhook/', '/webhooks/'), 'path'],
    ['a connector’s address cut off', OUTLOOK.slice(0, OUTLOOK.indexOf('@')), 'path'],
    ['no tenant', OUTLOOK.replace(`@${TENANT}`, ''), 'path'],
    ['two tenants', OUTLOOK.replace(TENANT, `${TENANT}@${TENANT}`), 'path'],
    ['an empty part', OUTLOOK.replace('/IncomingWebhook', '//IncomingWebhook'), 'path'],
    ['an escaped slash', OUTLOOK.replace('/IncomingWebhook', '%2FIncomingWebhook'), 'path'],
    ['an escaped null in the path', `${OUTLOOK}%00`, 'path'],
    ['two addresses joined', `${OUTLOOK},${OUTLOOK}`, 'path'],
    ['a flow’s path on a connector’s host', LOGIC.replace(/\/\/[^/]+/, '//outlook.office.com'), 'path'],
    ['a connector’s path on a flow’s host', OUTLOOK.replace('outlook.office.com', 'x.logic.azure.com'), 'path'],
    ['another unit', POWER.replace('/workflows', '/cu/x/workflows'), 'path'],
    ['a query on a connector', `${OUTLOOK}?x=1`, 'query'],
    ['a flow without its signature', POWER.slice(0, POWER.indexOf('&sig')), 'no-signature'],
    ['a flow with an empty signature', POWER.replace(SIG, 'sig='), 'no-signature'],
    ['a flow cut off at its query', LOGIC.slice(0, LOGIC.indexOf('?')), 'no-signature'],
    // not an address
    ['nothing', '', 'not-an-address'],
    ['a word', 'webhook', 'not-an-address'],
    ['no scheme', OUTLOOK.replace('https://', ''), 'not-an-address'],
    ['a relative address', '//outlook.office.com/webhook/x', 'not-an-address'],
    ['a port out of range', on('outlook.office.com:99999'), 'not-an-address'],
    ['an unclosed bracket', 'https://[::1/webhook/x', 'not-an-address'],
    ['far too long', `${OUTLOOK}/${'a'.repeat(2048)}`, 'too-long'],
  ])('refuses %s', (_what, url, refused) => {
    const recognised = recogniseWebhook(url);

    expect(recognised).toEqual({ refused });
  });

  it('says why in words, without the address', () => {
    const error = new WebhookNotAllowedError('host');

    expect(error).toMatchObject({ code: 'webhook-not-allowed', status: 400 });
    expect(error.message).toMatch(/^The address does not lead to Microsoft 365\./);
  });
});

describe('extra hosts', () => {
  const EXTRA: ExtraHost[] = [
    { kind: 'connector', origin: 'http://127.0.0.1:7072' },
    { kind: 'workflow', origin: 'http://localhost:7073' },
  ];

  it.each([
    [`http://127.0.0.1:7072/webhookb2/${CONNECTOR_TAIL}`, 'connector', TENANT],
    ['http://127.0.0.1:7072/any/path?query=%2F', 'connector', undefined],
    [`http://localhost:7073/powerautomate/x?${SIG}`, 'workflow', undefined],
  ])('takes %s', (url, kind, tenant) => {
    const recognised = recogniseWebhook(url, EXTRA);

    expect(recognised).toMatchObject({ webhook: { kind, url } });
    expect('tenant' in recognised ? recognised.tenant : undefined).toBe(tenant);
  });

  it.each([
    [`http://127.0.0.1:7072/webhookb2/${CONNECTOR_TAIL}`, 'connector'],
    [`http://127.0.0.1:7072/workflows/abc/triggers/manual/paths/invoke?${SIG}`, 'workflow'],
    ['http://127.0.0.1:7072/any/path', 'workflow'],
  ])('tells by its path what %s is, where one origin has both', (url, kind) => {
    const both: ExtraHost[] = [
      { kind: 'workflow', origin: 'http://127.0.0.1:7072' },
      { kind: 'connector', origin: 'http://127.0.0.1:7072' },
    ];

    expect(recogniseWebhook(url, both)).toMatchObject({ webhook: { kind } });
  });

  it.each<[string, string, WebhookRefusal]>([
    ['another port', 'http://127.0.0.1:7074/webhook/x', 'not-https'],
    ['another way to write the host', 'http://127.1:7072/webhook/x', 'not-as-issued'],
    ['https in place of http', 'https://127.0.0.1:7072/webhook/x', 'port'],
    ['user info', 'http://a@127.0.0.1:7072/webhook/x', 'user-info'],
    ['a fragment', 'http://127.0.0.1:7072/webhook/x#y', 'fragment'],
    ['a host that begins with it', 'http://127.0.0.1:7072.evil.example/webhook/x', 'not-an-address'],
    ['the list left out', 'http://10.0.0.1:7072/webhook/x', 'not-https'],
  ])('refuses %s', (_what, url, refused) => {
    const recognised = recogniseWebhook(url, EXTRA);

    expect(recognised).toEqual({ refused });
  });
});

describe('what may be claimed once', () => {
  const identityOf = (url: string) => {
    const recognised = recogniseWebhook(url);
    return 'identity' in recognised ? recognised.identity : recognised;
  };

  it.each([
    ['its port', TEAMS, TEAMS.replace('.com/', '.com:443/')],
    ['capitals in its ids', TEAMS, TEAMS.replace(TENANT, TENANT.toUpperCase())],
    ['another signature', POWER, POWER.replace(SIG, 'sig=another')],
    ['the order of its query', LOGIC, LOGIC.replace(`&${SIG}`, '').replace('?', `?${SIG}&`)],
  ])('is the same webhook with %s', (_what, one, other) => {
    const identities = [identityOf(one), identityOf(other)];

    expect(identities[0]).toEqual(expect.any(String));
    expect(identities[1]).toBe(identities[0]);
  });

  it('is another one for another id', () => {
    const identities = [identityOf(TEAMS), identityOf(TEAMS.replace(G2, G1))];

    expect(identities[0]).not.toBe(identities[1]);
  });
});

describe('parsers', () => {
  /** Appendix B of RFC 3986, as a client that is no browser would have it. */
  const RFC_3986 = /^(([^:/?#]+):)?(\/\/([^/?#]*))?([^?#]*)(\?([^#]*))?(#(.*))?/;
  const pieces = fc.constantFrom(
    ...[
      'https://',
      'http://',
      'outlook.office.com',
      'contoso.webhook.office.com',
      'evil.example',
      '@',
      ':443',
      ':80',
      ':',
    ],
    ...[
      '/webhook/',
      '/webhookb2/',
      CONNECTOR_TAIL,
      '/..',
      '/.',
      '%2e',
      '%2F',
      '\\',
      '//',
      '#',
      '?',
      '?sig=1',
      '&',
      "'",
      '\t',
      '.',
      'é',
      ' ',
    ],
  );
  const mutated = fc
    .tuple(fc.constantFrom(OUTLOOK, TEAMS, LOGIC, POWER), fc.nat(), fc.nat(20), pieces)
    .map(([url, at, drop, piece]) => url.slice(0, at % url.length) + piece + url.slice((at % url.length) + drop));
  const anything = fc.oneof(
    mutated,
    fc.array(pieces, { maxLength: 8 }).map((all) => all.join('')),
  );

  it('agree on host, port, path and query of every address that is taken', () => {
    let taken = 0;
    fc.assert(
      fc.property(anything, (url) => {
        const recognised = recogniseWebhook(url);
        if ('refused' in recognised) return;
        taken += 1;
        const [, , scheme, , authority = '', path, query = ''] = RFC_3986.exec(url) ?? [];
        const whatwg = new URL(url);
        const legacy = legacyParse(url);

        expect([scheme, authority.replace(/:443$/, ''), path, query]).toEqual([
          'https',
          whatwg.hostname,
          whatwg.pathname,
          whatwg.search,
        ]);
        expect([legacy.hostname, legacy.pathname, legacy.search ?? '']).toEqual([
          whatwg.hostname,
          whatwg.pathname,
          whatwg.search,
        ]);
        expect(whatwg.hostname).toMatch(
          /^(outlook\.office(365)?\.com|.+\.(webhook\.office|logic\.azure|environment\.api\.powerplatform)\.com)$/,
        );
      }),
      { numRuns: 5_000, seed: 20261121 },
    );
    expect(taken).toBeGreaterThan(50);
  });
});
