/** How an app is loaded, hooked, refused and stopped. */
import { startFunctionsHost } from '../../../infra/local/functions-host/start-host.ts';
import { buildFixtureApp, type HostSettings } from './fixture-app.ts';
import { listen } from './said.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function run(
  fixture: string,
  { settings, env = {} }: { settings?: HostSettings; env?: Record<string, string> } = {},
) {
  const said = listen();
  const app = await buildFixtureApp(fixture, settings);
  cleanups.push(app.remove);
  const host = await startFunctionsHost({ appDir: app.dir, env, onLine: said.onLine });
  cleanups.push(host.stop);
  return { host, said };
}

it('requires an app that is no ES module, below its route prefix', async () => {
  const { host } = await run('plain.cjs', { settings: { routePrefix: 'api' } });

  const answer = await fetch(`${host.url}/api/plain`);

  expect(await answer.text()).toBe('required');
});

it('runs the hooks of an app in their order, and lets them change what happens', async () => {
  const { host, said } = await run('hooks');

  const wrapped = await (await fetch(`${host.url}/wrapped`)).text();
  const healed = await (await fetch(`${host.url}/healed`)).text();
  await host.stop();

  expect(wrapped).toBe('wrapped {"status":200}');
  expect(healed).toBe('healed');
  expect(said.lines).toEqual([
    { what: 'appStart' },
    { what: 'preInvocation', of: 'wrapped' },
    { what: 'postInvocation', of: 'wrapped', failed: false },
    { what: 'preInvocation', of: 'healed' },
    { what: 'postInvocation', of: 'healed', failed: true },
    { what: 'appTerminate', from: 'start' },
  ]);
});

it('logs what a function logs, above the level of host.json', async () => {
  const { host, said } = await run('hooks');

  await fetch(`${host.url}/healed`);
  await host.stop();

  expect(said.text).toContain('[warning] Function.healed.User: about to fail { attempt: 1 }');
  expect(said.text.join('\n')).not.toContain('too small');
});

it('finishes what runs before it stops, and takes nothing new', async () => {
  const { host, said } = await run('hooks');
  const slow = fetch(`${host.url}/slow`).then((answer) => answer.text());
  await said.first(1, ({ what }) => what === 'slow began');

  await host.stop();

  expect(await slow).toBe('finished');
  await expect(fetch(`${host.url}/wrapped`)).rejects.toThrow();
});

it('starts a killed instance again on its port', async () => {
  const { host } = await run('hooks');
  const [before] = host.pids();

  await host.kill(0);
  await expect(fetch(`${host.url}/wrapped`)).rejects.toThrow();
  await host.restart(0);

  expect((await fetch(`${host.url}/wrapped`)).status).toBe(200);
  expect(host.pids()).not.toContain(before);
});

it('runs each instance in a process and on a port of its own', async () => {
  const app = await buildFixtureApp('hooks');
  cleanups.push(app.remove);

  const host = await startFunctionsHost({ appDir: app.dir, instances: 2 });
  cleanups.push(host.stop);

  expect(new Set(host.pids()).size).toBe(2);
  for (const url of host.urls) expect((await fetch(`${url}/wrapped`)).status).toBe(200);
});

it('leaves a disabled function out', async () => {
  const { host } = await run('hooks', { env: { 'AzureWebJobs.wrapped.Disabled': 'true' } });

  expect(host.functions).not.toContain('wrapped');
  expect((await fetch(`${host.url}/wrapped`)).status).toBe(404);
});

it.each([
  ['a start hook throws', 'no-start', 'PUBLIC_URL is missing'],
  ["a route is the host's own", 'reserved-route', 'conflicts with the host'],
  ['a setting of a trigger is missing', 'queue', '"%QUEUE%" needs the setting QUEUE'],
  ['the entry file is not there', 'late', 'registers no function'],
])('does not start when %s, and says so', async (_, fixture, reason) => {
  await expect(run(fixture, { env: { AzureWebJobsStorage: 'UseDevelopmentStorage=true' } })).rejects.toThrow(reason);
});
