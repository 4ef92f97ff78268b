/** Probes of tables and queues, on Azurite, and by what Azure answers where Azurite cannot. */
import { randomBytes } from 'node:crypto';
import { type Probed, probe, probeQueue, probeTable } from '../../../shared/platform/probe-storage.ts';
import { createStorage } from '../../../shared/platform/storage-client.ts';
import { freshStorage, testStorage } from '../../world/storage.ts';

const patient = () => AbortSignal.timeout(20_000);
const away = { maxRetries: 0, maxTries: 1 };

const elsewhere = () =>
  createStorage(
    { KEY_VAULT_URL: 'https://vault.invalid', AzureWebJobsStorage: testStorage().replaceAll(/:\d{4,5}\//g, ':1/') },
    { tableOptions: { retryOptions: away }, queueOptions: { retryOptions: away } },
  );

it('finds a table and a queue that are there, and those that are not', async () => {
  const storage = await freshStorage({ prefix: `p${randomBytes(4).toString('hex')}` });
  await storage.queue('digests').create();

  const found = await Promise.all([
    probeTable(storage.table('due'), patient()),
    probeQueue(storage.queue('digests'), patient()),
    probeQueue(storage.queue('events'), patient()),
  ]);
  await storage.table('due').deleteTable();
  const gone = await probeTable(storage.table('due'), patient());

  expect([...found, gone].map(({ is }) => is)).toEqual(['there', 'there', 'missing', 'missing']);
});

it('says that nobody answered', async () => {
  const storage = await elsewhere();

  const found = await Promise.all([
    probeTable(storage.table('due'), patient()),
    probeQueue(storage.queue('events'), patient()),
  ]);

  expect(found).toEqual([expect.objectContaining({ is: 'silent' }), expect.objectContaining({ is: 'silent' })]);
});

it.each<[string, object, Probed]>([
  [
    'a table',
    { statusCode: 403, details: { odataError: { code: 'AuthorizationPermissionMismatch' } } },
    { is: 'refused', status: 403, code: 'AuthorizationPermissionMismatch' },
  ],
  [
    'a queue',
    { statusCode: 403, code: 'AuthorizationPermissionMismatch', details: {} },
    { is: 'refused', status: 403, code: 'AuthorizationPermissionMismatch' },
  ],
  ['an account that is busy', { statusCode: 503, code: 'ServerBusy' }, { is: 'silent', reason: 'HTTP 503 ServerBusy' }],
  ['a signal', { name: 'AbortError' }, { is: 'silent', reason: 'no answer in time' }],
])('reads what %s answers', async (_, error, says) => {
  const found = await probe(() => Promise.reject(error), []);

  expect(found).toEqual(says);
});
