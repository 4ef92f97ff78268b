/** The watch over secrets: it must see a leak, wherever a process lets one out, and nothing else. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CANARY, findSecret } from '../../canary/marks.ts';
import { buildPreload, readLeaks } from '../../canary/whole-run.ts';

const run = promisify(execFile);
const TOKEN = `eyJhbGciOiJIUzI1NiJ9.${Buffer.from('{"sub":"ada"}').toString('base64url')}.${'s'.repeat(43)}`;
const marked = (claims: object) =>
  `eyJhbGciOiJIUzI1NiJ9.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;

let dir: string;
let app: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tidings-watched-'));
  app = join(dir, 'functions-host-0123456789abcdef');
  await mkdir(app);
}, 30_000);
afterAll(() => rm(dir, { recursive: true, force: true }));

/** Runs an app that does something with a secret, preloaded as in a run of tests; gives what was written down. */
async function leaksOf(what: string, secret: string, name = 'index.mjs'): Promise<string[]> {
  const leaks = join(dir, `leaks-${Math.random()}.jsonl`);
  const script = join(app, name);
  await writeFile(script, `import http from 'node:http';\nconst secret = ${JSON.stringify(secret)};\n${what}`);
  const env = { ...process.env, NODE_OPTIONS: '', AzureWebJobsStorage: 'TableEndpoint=http://127.0.0.1:9/account' };
  await run(process.execPath, [`--import=${await buildPreload(dir, leaks)}`, script], { env });
  return readLeaks(leaks).map((line) => (JSON.parse(line) as { place: string }).place);
}

const SERVED = (answer: string) => `const server = http.createServer((request, response) => { ${answer} });
server.listen(0, '127.0.0.1', () => http.get({ port: server.address().port }, (got) => got.resume().on('end', () => server.close())));`;
const SENT = (
  host: string,
) => `const request = http.request({ method: 'POST', host: '127.0.0.1', port: 9, path: '/x', headers: { host: '${host}' } });
request.on('error', () => {});
request.end(secret);`;

describe('of a webhook’s address', () => {
  it.each([
    ['a line that it printed', 'console.log("posting failed: " + secret);'],
    ['a line that it printed', 'console.error(new Error(secret));'],
    ['an answer', SERVED('response.end(JSON.stringify({ secret }));')],
    ['an answer', SERVED('response.setHeader("location", secret); response.end();')],
    ['headers of an answer', SERVED('response.writeHead(302, { location: secret }).end();')],
    ['what it stored: POST /x', SENT('127.0.0.1:9')],
    ['what it posted', SENT('elsewhere.example')],
  ])('sees %s: %s', async (place, what) => {
    const found = await leaksOf(what, `https://x.example/workflows/${CANARY}00?sig=${CANARY}`);

    expect(found).toContain(place);
  });
});

it('sees no leak where none is, and only in the app', async () => {
  expect(await leaksOf('console.log(new URL(secret).host);', `https://x.example/${CANARY}`)).toEqual([]);
  expect(await leaksOf('console.log(secret);', `https://x.example/${CANARY}`, 'other.mjs')).toEqual([]);
});

it.each([[{ uti: CANARY }], [{ a: 1, uti: `x${CANARY}` }], [{ ab: 12, uti: `xy${CANARY}` }]])(
  'knows a marked token by its claims, wherever the mark stands: %j',
  (claims) => {
    expect(findSecret(`got ${marked(claims)}`, 'marked')).toBeDefined();
  },
);

it('knows any signed token in logs and storage; answers may carry ours', () => {
  expect(findSecret(`{"token":"${TOKEN}"}`, 'any-token')).toBeDefined();
  expect(findSecret(`{"token":"${TOKEN}"}`, 'marked')).toBeUndefined();
  expect(findSecret(marked({ sub: 'ada' }), 'marked')).toBeUndefined();
});
